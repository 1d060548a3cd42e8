// The map: vis-network holds the nodes and edges of the page's pyvis network, draws the states in shapes of our own,
// finds what lies under the pointer, zooms and pans. Arrows are painted below the states: vis-network has no line that
// goes around others.
import { $ } from "./elements.js";
import "./library.js";
import { byIri, data, edges, inThousands, nodes, plural } from "./graph.js";
import { along } from "./shapes.js";
import {
  LARGE,
  LARGEST,
  READABLE,
  SMALLEST,
  atOverview,
  container,
  hidden,
  narrow,
  nodeRole,
  state,
  stepsTo,
} from "./state.js";
import { bounds, scene, sceneNow, setPieces, setScene, shownPieces } from "./scene.js";
import { bandHeads } from "./bands.js";
import { nodePieces, paint, piecesAbove, piecesBelow } from "./painter.js";
import { followPresses, overview } from "./overview.js";

const states = new vis.DataSet([]);
const claims = new vis.DataSet([]);
export const network = new vis.Network(container, { nodes: states, edges: claims }, data.options);
const drawNode = ({ ctx, id }) => {
  const node = byIri.get(id);
  return {
    drawNode: () => paint(ctx, (node.pieces ||= nodePieces(node, nodeRole(node), stepsTo(node)))),
    nodeDimensions: { width: node.w, height: node.h },
  };
};
// Bring the nodes of vis-network to where the scene has them, and take out what is not shown.
function place() {
  const shown = nodes.filter((node) => node.shown && !hidden(node)),
    kept = new Set(shown.map((node) => node.iri));
  // Only the claims that are drawn: vis-network looks at each that it has whenever a state comes or goes.
  const drawn = edges.filter((edge) => edge.shown && kept.has(edge.cause.iri) && kept.has(edge.effect.iri)),
    ids = new Set(drawn.map((edge) => edge.id));
  claims.remove(claims.getIds().filter((id) => !ids.has(id)));
  states.remove(states.getIds().filter((id) => !kept.has(id)));
  states.update(
    shown.map((node) => ({
      id: node.iri,
      x: node.x,
      y: node.y,
      shape: "custom",
      ctxRenderer: drawNode,
      size: Math.max(node.w, node.h) / 2,
    })),
  );
  claims.add(
    drawn
      .filter((edge) => !claims.get(edge.id))
      .map((edge) => ({ id: edge.id, from: edge.cause.iri, to: edge.effect.iri, hidden: true, physics: false })),
  );
}
// The map itself takes the keys: one stop for the Tab key, not two.
/** @type {HTMLElement} */ (container.firstElementChild).tabIndex = -1;
// vis-network keeps what was seen when its window changes size, and the scale with it; a narrow screen keeps the width
// instead, and a map that nobody touched begins again: a notebook gives its frame a size when all else is laid out.
let touched = false;
for (const kind of ["pointerdown", "wheel", "keydown"])
  document.addEventListener(kind, () => (touched = true), { capture: true, passive: true });
network.on("resize", () => {
  if (narrow() || !(touched || location.hash)) requestAnimationFrame(home);
});
network.on("beforeDrawing", (ctx) => {
  if (!shownPieces) setPieces(piecesBelow());
  paint(ctx, shownPieces);
});
network.on("afterDrawing", (ctx) => {
  paint(ctx, piecesAbove());
  paint(ctx, bandHeads(network.DOMtoCanvas({ x: 0, y: 0 }).y));
  overview(network);
});

followPresses(network);

export function redraw() {
  setPieces(null);
  for (const node of nodes) node.pieces = null;
  place();
  network.redraw();
}

// Take the scene that the state asks for, and bring what is chosen into view.
export function arrange({ keepView = false } = {}) {
  const before = scene;
  setScene(sceneNow());
  if (scene !== before) {
    for (const node of nodes) {
      const place = scene.places.get(node);
      node.shown = Boolean(place);
      if (place) Object.assign(node, place);
    }
    for (const edge of edges) {
      const line = scene.lines.get(edge);
      edge.shown = Boolean(line);
      if (line) {
        edge.line = line;
        edge.points = along(line);
      }
    }
    document.body.classList.toggle("narrow", narrow());
    network.setOptions({ interaction: { dragView: !narrow(), zoomView: !narrow() } });
    container.style.flexBasis = narrow() ? `${Math.ceil(bounds().bottom - bounds().top + 66)}px` : "";
    if (!keepView) home();
  }
  redraw();
  note();
}

// What the map leaves out, and the button that shows more.
export function note() {
  const shown = nodes.filter((node) => node.shown && !hidden(node)).length,
    more = $("more"),
    less = $("less");
  let words = "";
  more.hidden = less.hidden = true;
  $("whole").hidden = !atOverview();
  $("zoom").hidden = atOverview();
  for (const id of ["png", "svg"]) $(id, HTMLButtonElement).disabled = atOverview();
  $("back").hidden = !data.overview || narrow() || atOverview();
  if (narrow()) words = state.route ? "" : `The neighbourhood of ${state.centre ? state.centre.label : "nothing"}`;
  else if (LARGE) {
    words = atOverview()
      ? `${plural(nodes.length, "state")}, ${plural(edges.length, "claim")}`
      : state.routes.length || state.cell
        ? `${state.cell ? "The shortest ways" : "The first routes"}: ${shown} of ${plural(nodes.length, "state")}.`
        : `The neighbourhood of ${state.centre.label}: ${shown} of ${plural(nodes.length, "state")}. ` +
          "Search for another, or select a neighbour.";
    more.hidden = Boolean(state.routes.length) || state.limit > 45 || Boolean(state.cell) || atOverview();
    more.textContent = "Show more";
    less.hidden = state.limit === 45;
  } else if (data.layouts.part || (data.flow && (state.all || shown < nodes.filter((node) => !hidden(node)).length))) {
    words = state.all
      ? `All ${plural(nodes.length, "state")}.`
      : `${data.flow ? "The first routes" : "The most certain part"}: ${shown} of ${plural(nodes.length, "state")}.`;
    more.hidden = state.all;
    more.textContent = `Show all ${inThousands(nodes.length)}`;
    less.hidden = !state.all;
  }
  const drawn = edges.filter((edge) => edge.shown && !hidden(edge)),
    beside = drawn.filter((edge) => edge.beside).length;
  const others = beside ? `, ${plural(beside, "other relation")}` : "";
  $("words").textContent = words || `${plural(shown, "state")}, ${plural(drawn.length - beside, "claim")}${others}`;
}

// The whole map in the window, however small its letters become.
export function fitAll() {
  const box = bounds(),
    bandsHigh = scene.bands.length ? 40 : 6;
  const fit = Math.min(
    container.clientWidth / (box.right - box.left + 30),
    container.clientHeight / (box.bottom - box.top + bandsHigh + 20),
    LARGEST,
  );
  network.moveTo({
    position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - bandsHigh / 2 + 5 },
    scale: fit,
  });
}

export function home() {
  const box = bounds(),
    wide = container.clientWidth,
    high = container.clientHeight,
    bandsHigh = scene.bands.length ? 40 : narrow() ? 24 : 6;
  const width = box.right - box.left + 30,
    height = box.bottom - box.top + bandsHigh + 20;
  const fit = Math.min(wide / width, high / height, narrow() ? 1 : LARGEST);
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - (narrow() ? 0 : bandsHigh / 2 - 5) };
  // In a frame the whole is worth smaller letters, as from one end to another: who reads them opens the map's own page.
  const least = data.flow || window.self !== window.top ? READABLE : SMALLEST;
  if (fit >= least || !state.centre) {
    network.moveTo({ position: middle, scale: Math.max(fit, least) });
    return;
  }
  // Where not all fits, the first state stands a little left of the middle: what it leads to is what a reader comes
  // for.
  const start = state.centre.shown ? state.centre : nodes.find((node) => node.shown),
    half = { x: wide / SMALLEST / 2, y: high / SMALLEST / 2 };
  const within = (at, low, top, reachOf) =>
    top - low <= 2 * reachOf ? (low + top) / 2 : Math.min(Math.max(at, low + reachOf), top - reachOf);
  network.moveTo({
    position: {
      x: within(start.x + half.x * 0.35, box.left - 20, box.right + 20, half.x),
      y: within(start.y, box.top - bandsHigh, box.bottom + 20, half.y),
    },
    scale: SMALLEST,
  });
}
export function bringIntoView(node) {
  if (!node.shown || narrow()) return;
  const point = network.canvasToDOM({ x: node.x, y: node.y });
  const scale = network.getScale(),
    x = (node.w / 2) * scale,
    y = (node.h / 2) * scale;
  const inside =
    point.x >= x && point.x <= container.clientWidth - x && point.y >= y && point.y <= container.clientHeight - y;
  if (!inside && !narrow()) network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(scale, SMALLEST) });
}
