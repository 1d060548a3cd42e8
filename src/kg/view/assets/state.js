// What the reader has chosen, and what follows from it for each state and claim: shown or hidden, lit or set aside.
import { $ } from "./elements.js";
import { data, first } from "./graph.js";

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
  routeAt: 0,
  corrected: new Set(),
  /** A cell of the overview. @type {{columns: Map<State, number>, claims: Set<Claim>, key: string}|null} */
  cell: null,
  fates: null,
  opening: false,
  centre: first,
  all: false,
  limit: 45,
  depth: 2,
};
export let upstream = new Map(),
  downstream = new Map();
// Other modules read these and change them through a function: an import cannot be assigned to.
export const setNeighbours = (above, below) => {
  upstream = above;
  downstream = below;
};

export const narrow = () => container.clientWidth < NARROW;
// A filter hides claims and kinds of state; a state that this leaves without any claim goes too, so that nothing hangs
// alone.
const ownHidden = (node) => hiddenKinds.has(node.kind);
const edgeHidden = (edge) => hiddenRanks.has(edge.certainty) || ownHidden(edge.cause) || ownHidden(edge.effect);
const orphaned = (node) => {
  if (!hiddenKinds.size && !hiddenRanks.size) return false;
  const all = [...node.into, ...node.out, ...node.beside],
    drawn = LARGE || narrow() ? all : all.filter((edge) => edge.shown); // of a map that is laid out, what it draws
  return all.length > 0 && drawn.every(edgeHidden);
};
export const hidden = (item) => (item.cause ? edgeHidden(item) : ownHidden(item) || orphaned(item));

export function nodeRole(node) {
  if (state.route) return state.route.some((edge) => edge.cause === node || edge.effect === node) ? "chosen" : "aside";
  if (state.fates) return state.fates.get(node) || "aside";
  if (state.edge) return node === state.edge.cause || node === state.edge.effect ? "chosen" : "aside";
  if (!state.chosen) return "plain";
  if (node === state.chosen) return "chosen";
  if (upstream.has(node)) return "upstream";
  if (state.chosen.beside.some((edge) => edge.cause === node || edge.effect === node)) return "plain";
  return downstream.has(node) ? "downstream" : "aside";
}
export function edgeRole(edge) {
  if (state.route) return state.route.includes(edge) ? "chosen" : "aside";
  if (state.fates) return state.fates.has(edge.cause) && state.fates.has(edge.effect) ? "plain" : "aside";
  if (state.edge) return edge === state.edge ? "chosen" : "aside";
  if (!state.chosen) return "plain";
  if (edge.beside) return state.chosen.beside.includes(edge) ? "plain" : "aside";
  // Only the arrows that lead on: from a state to one that is a claim nearer to the chosen one, or farther.
  const on = (steps, near, far) =>
    (near === state.chosen || steps.has(near)) && steps.has(far) && (steps.get(near) || 0) < steps.get(far);
  if (on(upstream, edge.effect, edge.cause)) return "upstream";
  return on(downstream, edge.cause, edge.effect) ? "downstream" : "aside";
}
export const stepsTo = (node) =>
  state.chosen && state.depth > 1 && !state.route && !narrow() ? upstream.get(node) || downstream.get(node) : 0;
export const pipped = (edge) => !state.chosen || edge.cause === state.chosen || edge.effect === state.chosen;
/** Whether the page shows the overview: nothing is chosen, and there is one. */
export const atOverview = () =>
  Boolean(data.overview) &&
  !narrow() &&
  !state.chosen &&
  !state.edge &&
  !state.routes.length &&
  !state.fates &&
  !state.cell;
