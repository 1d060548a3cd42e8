// What is chosen on the map.
const say = (words) => {
  $("live").textContent = words;
};
function forget() {
  Object.assign(state, {
    chosen: null,
    edge: null,
    route: null,
    routes: [],
    corrected: new Set(),
    fates: null,
    opening: false,
  });
  upstream = new Map();
  downstream = new Map();
}
const showAllFor = (...wanted) => {
  if (data.layouts.part && wanted.some((node) => data.layouts.part.places[node.at] === null)) state.all = true;
};

function selectNode(node) {
  forget();
  state.chosen = state.centre = node;
  upstream = reach(node, "into", state.depth);
  downstream = reach(node, "out", state.depth);
  showAllFor(node);
  arrange({ keepView: !LARGE && !narrow() });
  bringIntoView(node);
  showNode(node);
  remember();
  say(`${node.label}: ${upstream.size} upstream, ${downstream.size} downstream.`);
}
function selectEdge(edge) {
  forget();
  state.edge = edge;
  if ((LARGE || narrow()) && !edge.shown) state.centre = edge.cause;
  showAllFor(edge.cause, edge.effect);
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
function clear() {
  forget();
  arrange({ keepView: true });
  showStart();
  remember();
  say("Nothing is selected.");
}
