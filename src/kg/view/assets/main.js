// A hub's surroundings at two claims are half the map: then one is the usual depth.
const usualDepth =
  first && reach(first, "into", 2).size + reach(first, "out", 2).size > Math.max(24, nodes.length * 0.6) ? "1" : "2";

window.kgView = {
  nodes: () => nodes.map((node) => ({ id: node.iri, label: node.label, kind: node.kind })),
  edges: () =>
    edges.map((edge) => ({
      id: edge.id,
      from: edge.cause.iri,
      to: edge.effect.iri,
      relation: edge.relation,
      status: edge.status,
    })),
  select: (id) => {
    if (byIri.has(id)) selectNode(byIri.get(id));
    else if (byClaim.has(id)) selectEdge(byClaim.get(id));
  },
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
    const item = byIri.get(id) || byClaim.get(id),
      [x, y] = item.points ? pointAt(item.points, 0.5) : [item.x, item.y];
    return network.canvasToDOM({ x, y });
  },
  scale: () => network.getScale(),
};

for (const picture of document.querySelectorAll("[data-shape]"))
  picture.replaceChildren(shapeOf(picture.dataset.shape));
for (const picture of document.querySelectorAll("[data-pips]"))
  picture.replaceChildren(pips(Number(picture.dataset.pips)));
setTheme(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
$("depth").value = usualDepth;
state.depth = Number(usualDepth);
lastWidth = container.clientWidth;
restore();
home();
fillPrint();
window.addEventListener("hashchange", restore);
network.once("afterDrawing", () => {
  document.documentElement.dataset.ready = "true";
});
redraw();
