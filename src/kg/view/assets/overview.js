// A small picture of the whole map, beside it, where the map is larger than the window on it.
import { $ } from "./elements.js";
import { nodes } from "./graph.js";
import { colours, theme } from "./shapes.js";
import { bounds } from "./scene.js";
import { atOverview, container, hidden, narrow, nodeRole } from "./state.js";

const small = $("overview", HTMLCanvasElement),
  smallCtx = small.getContext("2d");
/** Draw it, if it is wanted. @param {any} network what moves the map */
export function overview(network) {
  const box = bounds(),
    scale = network.getScale(),
    wide = container.clientWidth,
    high = container.clientHeight;
  const fits = (box.right - box.left) * scale <= wide + 2 && (box.bottom - box.top) * scale <= high + 2;
  small.hidden = fits || narrow() || atOverview();
  if (small.hidden) return;
  const ratio = Math.min(250 / (box.right - box.left), 110 / (box.bottom - box.top));
  small.width = (box.right - box.left) * ratio + 8;
  small.height = (box.bottom - box.top) * ratio + 8;
  const x = (at) => (at - box.left) * ratio + 4,
    y = (at) => (at - box.top) * ratio + 4;
  for (const node of nodes) {
    if (!node.shown || hidden(node)) continue;
    const role = nodeRole(node);
    smallCtx.globalAlpha = role === "aside" ? 0.3 : 1;
    smallCtx.fillStyle = role === "chosen" ? theme.ink : colours(node.kind)[1];
    smallCtx.fillRect(x(node.x - node.w / 2), y(node.y - node.h / 2), node.w * ratio, Math.max(2, node.h * ratio));
  }
  const view = network.getViewPosition();
  smallCtx.globalAlpha = 1;
  smallCtx.strokeStyle = theme.ink;
  smallCtx.lineWidth = 1.5;
  smallCtx.strokeRect(
    x(view.x - wide / scale / 2),
    y(view.y - high / scale / 2),
    (wide / scale) * ratio,
    (high / scale) * ratio,
  );
  small.dataset.ratio = String(ratio);
}
/** A press on it brings the map there. @param {any} network what moves the map */
export function followPresses(network) {
  small.addEventListener("pointerdown", (event) => {
    const box = bounds(),
      ratio = Number(small.dataset.ratio),
      own = small.getBoundingClientRect();
    network.moveTo({
      position: {
        x: box.left + (event.clientX - own.left - 4) / ratio,
        y: box.top + (event.clientY - own.top - 4) / ratio,
      },
    });
  });
}
