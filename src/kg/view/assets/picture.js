// The map as a picture that can stand in a paper: always light, with title and legend.
import { data, edges } from "./graph.js";
import { FONT, PALETTE, along, colours, kindDash, outline, setColours, theme } from "./shapes.js";
import { straight } from "./layout.js";
import { bounds, scene } from "./scene.js";
import { edgePieces, moved, pieces, svgPiece } from "./painter.js";
import { svgElement, textWidth } from "./text.js";

function legendPieces(left, top, width) {
  const list = [],
    row = 24;
  let x = left,
    y = top;
  const entry = (wide, draw, words) => {
    const needs = wide + 8 + textWidth(words, 12) + 22;
    if (x + needs > left + width && x > left) {
      x = left;
      y += row;
    }
    list.push(...draw(x + wide / 2, y), {
      text: words,
      x: x + wide + 8,
      y,
      size: 12,
      colour: theme.ink,
      align: "left",
    });
    x += needs;
  };
  for (const [kind, name] of data.kinds) {
    const [fill, line] = colours(kind);
    entry(
      28,
      (cx, cy) => [
        { d: moved(outline(kind, 28, 16), cx, cy), fill, line, width: 1.4, dash: kindDash(kind).length ? [4, 2] : [] },
      ],
      name,
    );
  }
  x = left;
  y += row;
  const sample = (facts) => (cx, cy) => {
    const edge = {
      relation: "promotes",
      status: "probable",
      rank: 2,
      line: straight(cx - 22, cy, cx + 22, cy),
      ...facts,
    };
    edge.points = along(edge.line);
    return edgePieces(edge, "plain");
  };
  entry(44, sample({}), "promotes");
  entry(44, sample({ relation: "inhibits" }), "inhibits");
  for (const rank of [0, 1, 2, 3]) entry(44, sample({ rank }), `${data.certainties[rank]} certainty`);
  entry(44, sample({ status: "unverified", rank: 3 }), "no good source");
  entry(44, sample({ status: "contested", rank: 3 }), "contested");
  if (edges.some((edge) => edge.beside))
    entry(44, sample({ beside: true, relation: "" }), "another relation, not causal");
  if (edges.some((edge) => edge.status === "refuted")) entry(44, sample({ status: "refuted", rank: 3 }), "refuted");
  return [list, y + row / 2];
}

// An arrow between two states of one column leaves it on the right, farther than any box.
function withArrows(box) {
  const xs = edges.filter((edge) => edge.shown).flatMap((edge) => edge.points.map(([x]) => x));
  return {
    ...box,
    left: Math.min(box.left, ...xs.map((x) => x + 8)),
    right: Math.max(box.right, ...xs.map((x) => x - 8)),
  };
}

export function svg(titled = true) {
  const now = theme;
  setColours(PALETTE.light);
  const box = withArrows(bounds()),
    pad = 30,
    width = Math.max(box.right - box.left, 560) + 2 * pad,
    left = (box.left + box.right - width) / 2,
    top = box.top - (scene.bands.length ? 96 : 66) + (titled ? 0 : 36);
  const [legend, bottom] = legendPieces(left + pad, box.bottom + 52, width - 2 * pad),
    height = bottom + (data.command ? 52 : 34) - top;
  const root = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `${left} ${top} ${width} ${height}`,
    width,
    height,
    role: "img",
    "font-family": FONT,
  });
  root.append(
    svgElement("title", {}, data.title),
    svgElement("rect", { x: left, y: top, width, height, fill: theme.ground }),
  );
  const words = [
    {
      text: titled ? data.title : "",
      x: left + pad,
      y: top + 26,
      size: 19,
      bold: true,
      colour: theme.ink,
      align: "left",
      max: width - 2 * pad,
    },
    {
      text: `Information, not medical advice. ${data.credit}`,
      x: left + pad,
      y: bottom + 14,
      size: 12,
      colour: theme.quiet,
      align: "left",
    },
    {
      text: data.command ? `Made by ${data.command}` : "",
      x: left + pad,
      y: bottom + 32,
      size: 12,
      colour: theme.quiet,
      align: "left",
      max: width - 2 * pad,
    },
  ];
  const map = pieces();
  setColours(now);
  root.append(...[...words, ...map, ...legend].map(svgPiece));
  return root;
}
