// The map: vis-network holds the nodes and edges of the page's pyvis network, draws the states in shapes of our own,
// finds what lies under the pointer, zooms and pans. Arrows are painted below the states: vis-network has no line that
// goes around others.
import { $ } from "./library.js";
import { byIri, data, edges, first, nodes } from "./graph.js";
import { routes } from "./paths.js";
import { GAP, around, fresh, heightOf, inColumns, ladder, ofRoutes, staircase } from "./layout.js";

export const container = $("map");
export const SMALLEST = 11 / 14; // a label is 14 units high and opens at 11 px or more
export const READABLE = 9 / 14; // a map from one state to another opens at 9 px rather than without one of its ends
export const LARGEST = 1.7; // a small map grows to fill the window, up to letters of 24 px
export const LARGE = !data.layouts.all,
  NARROW = 560;
export const hiddenKinds = new Set(),
  hiddenRanks = new Set();
export const state = {
  chosen: null,
  edge: null,
  route: null,
  routes: [],
  corrected: new Set(),
  fates: null,
  opening: false,
  centre: first,
  all: false,
  limit: 45,
  depth: 2,
};
export let upstream = new Map(),
  downstream = new Map(),
  scene = fresh(),
  shownPieces = null;
// Other modules read these and change them through a function: an import cannot be assigned to.
export const setNeighbours = (above, below) => {
  upstream = above;
  downstream = below;
};
export const setScene = (next) => {
  scene = next;
};
export const setPieces = (pieces) => {
  shownPieces = pieces;
};

export const narrow = () => container.clientWidth < NARROW;
// A filter hides claims and kinds of state; a state that this leaves without any claim goes too, so that nothing hangs
// alone.
const ownHidden = (node) => hiddenKinds.has(node.kind);
const edgeHidden = (edge) => hiddenRanks.has(edge.certainty) || ownHidden(edge.cause) || ownHidden(edge.effect);
const orphaned = (node) =>
  Boolean(hiddenKinds.size + hiddenRanks.size) &&
  node.into.length + node.out.length > 0 &&
  [...node.into, ...node.out].every(edgeHidden);
export const hidden = (item) => (item.cause ? edgeHidden(item) : ownHidden(item) || orphaned(item));

export function nodeRole(node) {
  if (state.route) return state.route.some((edge) => edge.cause === node || edge.effect === node) ? "chosen" : "aside";
  if (state.fates) return state.fates.get(node) || "aside";
  if (state.edge) return node === state.edge.cause || node === state.edge.effect ? "chosen" : "aside";
  if (!state.chosen) return "plain";
  if (node === state.chosen) return "chosen";
  if (upstream.has(node)) return "upstream";
  return downstream.has(node) ? "downstream" : "aside";
}
export function edgeRole(edge) {
  if (state.route) return state.route.includes(edge) ? "chosen" : "aside";
  if (state.fates) return state.fates.has(edge.cause) && state.fates.has(edge.effect) ? "plain" : "aside";
  if (state.edge) return edge === state.edge ? "chosen" : "aside";
  if (!state.chosen) return "plain";
  // Only the arrows that lead on: from a state to one that is a claim nearer to the chosen one, or farther.
  const on = (steps, near, far) =>
    (near === state.chosen || steps.has(near)) && steps.has(far) && (steps.get(near) || 0) < steps.get(far);
  if (on(upstream, edge.effect, edge.cause)) return "upstream";
  return on(downstream, edge.cause, edge.effect) ? "downstream" : "aside";
}
export const stepsTo = (node) =>
  state.chosen && state.depth > 1 && !state.route && !narrow() ? upstream.get(node) || downstream.get(node) : 0;
export const pipped = (edge) => !state.chosen || edge.cause === state.chosen || edge.effect === state.chosen;

function drawn(name) {
  const layout = data.layouts[name],
    made = fresh(layout.bands);
  layout.places.forEach((place, at) => {
    if (place)
      made.places.set(nodes[at], {
        x: place[0],
        y: place[1],
        w: data.width,
        h: heightOf(nodes[at].ownLines),
        lines: nodes[at].ownLines,
      });
  });
  layout.lines.forEach((line, at) => {
    if (line) made.lines.set(edges[at], line);
  });
  return made;
}
// A map of routes shows both its ends: where its columns are too far apart for the window, the gaps between them
// shrink, and the arrows with them. Every place moves by the same rule, so that arrows still go around the boxes.
function squeezed(made, wide) {
  const spans = [];
  for (const { x, w } of [...made.places.values()].sort((a, b) => a.x - b.x)) {
    const last = spans[spans.length - 1];
    if (last && x - w / 2 <= last[1]) last[1] = Math.max(last[1], x + w / 2);
    else spans.push([x - w / 2, x + w / 2]);
  }
  const gaps = spans.slice(1).map(([left], at) => left - spans[at][1]),
    free = gaps.reduce((sum, gap) => sum + gap, 0);
  const boxes = spans.reduce((sum, [left, right]) => sum + right - left, 0),
    left = (scale) => (free ? (wide / scale - 30 - boxes) / free : 1),
    share = Math.max(left(1), Math.min(0.5, Math.max(0.3, left(SMALLEST))));
  if (share >= 1) return made;
  const moved = (x) => {
    // what lies left of x shrinks by what the gaps before it lose
    let lost = 0;
    spans.slice(1).forEach(([left], at) => {
      lost += (1 - share) * Math.min(Math.max(0, x - spans[at][1]), left - spans[at][1]);
    });
    return x - lost;
  };
  for (const place of made.places.values()) place.x = moved(place.x);
  for (const [edge, line] of made.lines)
    made.lines.set(
      edge,
      line.map((number, at) => (at % 2 ? number : moved(number))),
    );
  made.bands = made.bands.map(([name, left, right]) => [name, moved(left), moved(right)]);
  return made;
}
const widthOf = (made) => {
  const xs = [...made.places.values()].flatMap(({ x, w }) => [x - w / 2, x + w / 2]);
  return Math.max(...xs) - Math.min(...xs);
};
// Where even then not all fits, as many of the first routes as do.
function withBothEnds(made, wide) {
  const whole = squeezed(made, wide),
    ends = data.flow.flat().map((iri) => byIri.get(iri));
  if (state.all || ends.length !== 2 || (widthOf(whole) + 30) * READABLE <= wide) return whole;
  const { routes: found } = routes(...ends);
  for (let most = Math.min(8, found.length); most > 0; most -= 1) {
    const few = squeezed(ofRoutes(found.slice(0, most)), wide);
    if ((widthOf(few) + 30) * READABLE <= wide || most === 1) return few;
  }
  return whole;
}
const kept = new Map();
export function sceneNow() {
  if (!nodes.length) return fresh();
  if (narrow())
    return state.route ? staircase(state.route, container.clientWidth) : ladder(state.centre, container.clientWidth);
  if (LARGE) return state.routes.length ? ofRoutes(state.routes.slice(0, 8)) : neighbourhood();
  const name = data.layouts.part && !state.all ? "part" : "all";
  const key = `${name} ${data.flow ? container.clientWidth : ""}`;
  if (!kept.has(key)) kept.set(key, data.flow ? withBothEnds(drawn(name), container.clientWidth) : drawn(name));
  return kept.get(key);
}
function neighbourhood() {
  const rows = state.limit > 45 ? 40 : Math.max(6, Math.floor((container.clientHeight / SMALLEST - 70) / 54));
  const column = around(state.centre, Math.min(state.depth, 3), state.limit, rows),
    made = inColumns(column),
    step = data.width + GAP.column;
  const words = {
    "-3": "Three claims before",
    "-2": "Two claims before",
    "-1": "Direct causes",
    0: "This state",
    1: "Direct effects",
    2: "Two claims on",
    3: "Three claims on",
  };
  made.bands = [...new Set(column.values())].map((at) => [
    words[at],
    at * step - data.width / 2,
    at * step + data.width / 2,
  ]);
  return made;
}
