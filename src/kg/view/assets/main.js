// The page begins: what scripts may ask of it, and the first look.
import { byClaim, byIri, edges, nodes } from "./graph.js";
import { pathsAsJson } from "./paths.js";
import { correct } from "./correction.js";
import { pointAt } from "./shapes.js";
import { downstream, hidden, upstream } from "./state.js";
import { home, network, redraw } from "./map.js";
import { pips, shapeOf } from "./rows.js";
import { clear, select } from "./selection.js";
import "./acts.js";
import "./pointing.js";
import "./search.js";
import "./keys.js";
import { filter } from "./filters.js";
import { rememberWidth, setTheme } from "./controls.js";
import { fillPrint } from "./save.js";
import { markPrinted } from "./table.js";
import { restore } from "./restore.js";

window.kgView = {
  nodes: () => nodes.map((node) => ({ id: node.iri, label: node.label, kind: node.kind })),
  edges: () =>
    edges.map((edge) => ({
      id: edge.id,
      from: edge.cause.iri,
      to: edge.effect.iri,
      relation: edge.relation,
      status: edge.status,
      ...(edge.beside ? { causal: false } : {}),
    })),
  select,
  clear,
  filter,
  correct,
  paths: pathsAsJson,
  highlighted: () => ({
    upstream: [...upstream.keys()].map((node) => node.iri),
    downstream: [...downstream.keys()].map((node) => node.iri),
  }),
  shown: () => nodes.filter((node) => node.shown && !hidden(node)).map((node) => node.iri),
  at: (id) => {
    /** @type {any} */
    const item = byIri.get(id) || byClaim.get(id),
      [x, y] = item.points ? pointAt(item.points, 0.5) : [item.x, item.y];
    return network.canvasToDOM({ x, y });
  },
  scale: () => network.getScale(),
};

/** @type {NodeListOf<HTMLElement>} */
const shapes = document.querySelectorAll("[data-shape]");
/** @type {NodeListOf<HTMLElement>} */
const pictures = document.querySelectorAll("[data-pips]");
for (const picture of shapes) picture.replaceChildren(shapeOf(picture.dataset.shape));
for (const picture of pictures) picture.replaceChildren(pips(Number(picture.dataset.pips)));
setTheme(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.body.classList.toggle("framed", window.self !== window.top);
rememberWidth();
restore();
home();
fillPrint();
markPrinted();
window.addEventListener("hashchange", restore);
network.once("afterDrawing", () => {
  document.documentElement.dataset.ready = "true";
});
redraw();
