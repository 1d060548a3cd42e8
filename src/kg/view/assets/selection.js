// What is chosen on the map.
import { say } from "./elements.js";
import { byClaim, byIri } from "./graph.js";
import { reach } from "./world.js";
import { LARGE, downstream, narrow, setNeighbours, state, upstream } from "./state.js";
import { arrange, bringIntoView } from "./map.js";
import { sceneNow } from "./scene.js";
import { judged, sentence } from "./words.js";
import { showEdge, showNode } from "./panel.js";
import { showStart } from "./start.js";
import { remember } from "./address.js";

export function forget() {
  Object.assign(state, {
    chosen: null,
    edge: null,
    route: null,
    routes: [],
    corrected: new Set(),
    cell: null,
    fates: null,
    routeAt: 0,
    opening: false,
  });
  setNeighbours(new Map(), new Map());
}
/** Show the whole map where the part that is shown leaves out what is wanted. @param {(State|Claim)[]} wanted */
export function showAllFor(...wanted) {
  if (LARGE || narrow() || state.all) return;
  const { places, lines } = sceneNow();
  if (!wanted.every((item) => ("cause" in item ? lines.has(item) : places.has(item)))) state.all = true;
}

export function selectNode(node) {
  forget();
  state.chosen = state.centre = node;
  setNeighbours(reach(node, "into", state.depth), reach(node, "out", state.depth));
  showAllFor(node);
  arrange({ keepView: !LARGE && !narrow() });
  bringIntoView(node);
  showNode(node);
  remember();
  say(`${node.label}: ${upstream.size} upstream, ${downstream.size} downstream.`);
}
export function selectEdge(edge) {
  forget();
  state.edge = edge;
  if ((LARGE || narrow()) && !edge.shown) state.centre = edge.cause;
  showAllFor(edge);
  arrange({ keepView: true });
  if (!edge.shown && narrow()) {
    state.centre = edge.effect;
    arrange({ keepView: true });
  }
  bringIntoView(edge.effect);
  showEdge(edge);
  remember();
  say(`Claim: ${sentence(edge)}, ${judged(edge)}.`);
}
/** Select a state or a claim by its IRI; one that the map does not have changes nothing. @param {string} iri */
export function select(iri) {
  if (byIri.has(iri)) selectNode(byIri.get(iri));
  else if (byClaim.has(iri)) selectEdge(byClaim.get(iri));
}
export function clear() {
  forget();
  arrange({ keepView: true });
  showStart();
  remember();
  say("Nothing is selected.");
}
