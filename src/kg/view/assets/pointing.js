// What the pointer does on the map: what lies below it, a click, and the tip beside it.
import { $ } from "./elements.js";
import { byIri, edges } from "./graph.js";
import { container, hidden, narrow } from "./state.js";
import { network } from "./map.js";
import { judged, kindName, sentence } from "./words.js";
import { clear, selectEdge, selectNode } from "./selection.js";

/** What lies at a point of the map: a state before an arrow. @param {number} x @param {number} y @returns {any} */
function hit(x, y) {
  const node = byIri.get(network.getNodeAt(network.canvasToDOM({ x, y })));
  if (node && Math.abs(node.x - x) <= node.w / 2 && Math.abs(node.y - y) <= node.h / 2) return node;
  let best = null,
    least = (narrow() ? 16 : 9) / network.getScale();
  for (const edge of edges) {
    if (!edge.shown || hidden(edge)) continue;
    for (let at = 1; at < edge.points.length; at += 1) {
      const away = distanceTo(edge.points[at - 1], edge.points[at], x, y);
      if (away < least) {
        least = away;
        best = edge;
      }
    }
  }
  return best;
}
/** @param {number[]} from @param {number[]} to @param {number} x @param {number} y */
function distanceTo(from, to, x, y) {
  const [x0, y0] = from,
    [x1, y1] = to;
  const long = (x1 - x0) ** 2 + (y1 - y0) ** 2,
    t = long ? Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long)) : 0;
  return Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0));
}
network.on("click", ({ pointer }) => {
  const found = hit(pointer.canvas.x, pointer.canvas.y);
  if (!found) {
    if (!narrow()) clear();
  } else if (found.cause) selectEdge(found);
  else selectNode(found);
});

const tip = $("tip");
container.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  const own = container.getBoundingClientRect(),
    x = event.clientX - own.left,
    y = event.clientY - own.top,
    at = network.DOMtoCanvas({ x, y });
  const found = hit(at.x, at.y);
  container.style.cursor = found ? "pointer" : "grab";
  tip.hidden = !found;
  if (!found) return;
  tip.textContent = found.cause
    ? `${sentence(found)} · ${judged(found)}`
    : `${kindName(found.kind)}${found.definition ? ": " + found.definition : ""}`;
  const top = container.offsetTop;
  tip.style.left = `${Math.min(x + 14, own.width - 290)}px`;
  tip.style.top = `${top + (y + 18 > own.height - 90 ? y - 20 - tip.offsetHeight : y + 18)}px`;
});
container.addEventListener("pointerleave", () => {
  tip.hidden = true;
});

// A tap changes the page below the finger: the click that a browser makes of it afterwards would land on another thing.
container.addEventListener("touchend", (event) => event.cancelable && event.preventDefault(), { passive: false });
for (const event of ["pointerdown", "keydown"])
  document.addEventListener(
    event,
    () => {
      tip.hidden = true;
    },
    true,
  );
