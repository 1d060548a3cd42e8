// The columns of a map and their heads.
import { theme } from "./shapes.js";
import { bounds, scene } from "./scene.js";
import { narrow } from "./state.js";
import { textWidth } from "./text.js";

/** @returns {Piece[]} */
export function bandPieces() {
  const box = bounds();
  return scene.bands.flatMap(([name, left, right]) => [
    { d: `M${left - 11},${box.top - 38}H${right + 11}V${box.bottom + 14}H${left - 11}Z`, fill: theme.soft },
    {
      text: textWidth(name, 13, true) > right - left + 10 ? name.split(" ")[0] : name,
      x: left - 2,
      y: box.top - 23,
      size: 13,
      bold: true,
      colour: theme.quiet,
      align: "left",
      max: right - left + 6,
    },
  ]);
}

// The heads of the columns where the map was moved so far down that its own are out of sight.
/** @param {number} top @returns {Piece[]} */
export function bandHeads(top) {
  if (!scene.bands.length || narrow() || top <= bounds().top - 38) return [];
  return scene.bands.flatMap(([name, left, right]) => [
    { d: `M${left - 11},${top}H${right + 11}V${top + 28}H${left - 11}Z`, fill: theme.soft, alpha: 0.94 },
    {
      text: textWidth(name, 13, true) > right - left + 10 ? name.split(" ")[0] : name,
      x: left - 2,
      y: top + 15,
      size: 13,
      bold: true,
      colour: theme.quiet,
      align: "left",
      max: right - left + 6,
    },
  ]);
}
