// The map: vis-network places, zooms and pans; shapes and lines are ours.
const container = document.getElementById("map");
const live_region = document.getElementById("live");
const hiddenKinds = new Set();
let chosen = null, chosenEdge = null, depth = 2, shownRoute = null, correcting = new Set();
const up = () => (chosen ? reach(chosen, "into", depth) : new Set());
const down = () => (chosen ? reach(chosen, "out", depth) : new Set());
let upstream = new Set(), downstream = new Set();

look.hidden = (node) => hiddenKinds.has(node.kind);
look.node = (node) => {
  if (shownRoute) return shownRoute.some((edge) => edge.cause === node || edge.effect === node) ? "chosen" : "aside";
  if (correcting.size) return correcting.has(node.iri) ? "chosen" : "plain";
  if (chosenEdge) return node === chosenEdge.cause || node === chosenEdge.effect ? "chosen" : "aside";
  if (!chosen) return "plain";
  if (node === chosen) return "chosen";
  if (upstream.has(node)) return "upstream";
  return downstream.has(node) ? "downstream" : "aside";
};
look.edge = (edge) => {
  if (shownRoute) return shownRoute.includes(edge) ? "chosen" : "aside";
  if (chosenEdge) return edge === chosenEdge ? "chosen" : "aside";
  if (!chosen) return "plain";
  const within = (set, node) => node === chosen || set.has(node);
  if (within(upstream, edge.cause) && within(upstream, edge.effect) && edge.cause !== chosen) return "upstream";
  if (within(downstream, edge.cause) && within(downstream, edge.effect) && edge.effect !== chosen) return "downstream";
  return "aside";
};

const renderer = (node) => ({ ctx }) => ({
  drawNode: () => drawNode(ctx, node),
  nodeDimensions: { width: node.w, height: node.h },
});
const network = new vis.Network(
  container,
  {
    nodes: new vis.DataSet(nodes.map((node, id) => ({ id, x: node.x, y: node.y, shape: "custom", ctxRenderer: renderer(node), fixed: true, label: undefined }))),
    edges: new vis.DataSet([]),
  },
  {
    physics: false, layout: { improvedLayout: false }, nodes: { physics: false },
    interaction: { dragNodes: false, hover: false, keyboard: false, selectConnectedEdges: false, zoomSpeed: 0.6 },
  },
);
network.on("beforeDrawing", (ctx) => { drawBands(ctx); for (const edge of edges) drawEdge(ctx, edge); });
const redraw = () => network.redraw();
const SMALLEST = 11 / 14;  // labels are 14 units high and never below 11 px at the start

function home() {
  const box = bounds(), wide = container.clientWidth, high = container.clientHeight;
  const fit = Math.min(wide / (box.right - box.left + 60), high / (box.bottom - box.top + 110), 1.35);
  if (fit >= SMALLEST) {
    network.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - 12 }, scale: fit });
    return;
  }
  const first = byIri.get(data.start) || [...nodes].sort((a, b) => b.out.length + b.into.length - a.out.length - a.into.length)[0];
  // The first state stands a little left of the middle: what it leads to is what a reader comes for.
  const scale = Math.max(SMALLEST, 0.8), aside = Math.min(wide / scale / 2 - first.w / 2 - 24, (wide / scale) * 0.2);
  network.moveTo({ position: { x: first.x + Math.max(0, aside), y: first.y }, scale });
}
function bringIntoView(node) {
  const point = network.canvasToDOM({ x: node.x, y: node.y });
  const inside = point.x > 80 && point.x < container.clientWidth - 80 && point.y > 40 && point.y < container.clientHeight - 40;
  if (!inside) network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.8) });
}

const say = (words) => { live_region.textContent = words; };
function forget() { chosen = chosenEdge = shownRoute = null; correcting = new Set(); upstream = new Set(); downstream = new Set(); }

function selectNode(node) {
  forget();
  chosen = node; upstream = up(); downstream = down();
  bringIntoView(node); redraw(); showNode(node); remember({ select: node.iri });
  say(`${node.label}: ${upstream.size} upstream, ${downstream.size} downstream.`);
}
function selectEdge(edge) {
  forget();
  chosenEdge = edge; redraw(); showEdge(edge); remember({ select: edge.id });
  say(`Claim: ${edge.cause.label} ${edge.relation} ${edge.effect.label}.`);
}
function showRoute(route) {
  forget();
  shownRoute = route; redraw();
  say(`Route of ${route.length} steps, weakest ${weakest(route)}.`);
}
function clear() { forget(); redraw(); showStart(); remember({}); say("Nothing is selected."); }

network.on("click", ({ nodes: hits, pointer }) => {
  const node = hits.length ? nodes[hits[0]] : null;
  if (node && !look.hidden(node)) { selectNode(node); return; }
  const { x, y } = pointer.canvas, near = 9 / network.getScale();
  let best = null, least = near;
  for (const edge of edges) {
    if (look.hidden(edge.cause) || look.hidden(edge.effect)) continue;
    for (const point of edge.points) {
      const away = Math.hypot(point[0] - x, point[1] - y);
      if (away < least) { least = away; best = edge; }
    }
  }
  if (best) selectEdge(best); else clear();
});
