// The map: vis-network holds the nodes and edges of the page's pyvis network, draws the states in shapes of our own, finds what
// lies under the pointer, zooms and pans. Arrows are painted below the states: vis-network has no line that goes around others.
const container = $("map");
const SMALLEST = 11 / 14;  // a label is 14 units high and opens at 11 px or more
const READABLE = 9 / 14;  // a map from one state to another opens at 9 px rather than without one of its ends
const LARGE = !data.layouts.all, NARROW = 560;
const hiddenKinds = new Set(), hiddenRanks = new Set();
const state = { chosen: null, edge: null, route: null, routes: [], corrected: new Set(), fates: null, opening: false, centre: first, all: false, limit: 45, depth: 2 };
let upstream = new Map(), downstream = new Map(), scene = fresh(), shownPieces = null;

const narrow = () => container.clientWidth < NARROW;
// A filter hides claims and kinds of state; a state that this leaves without any claim goes too, so that nothing hangs alone.
const ownHidden = (node) => hiddenKinds.has(node.kind);
const edgeHidden = (edge) => hiddenRanks.has(edge.certainty) || ownHidden(edge.cause) || ownHidden(edge.effect);
const orphaned = (node) => Boolean(hiddenKinds.size + hiddenRanks.size) && node.into.length + node.out.length > 0 && [...node.into, ...node.out].every(edgeHidden);
const hidden = (item) => (item.cause ? edgeHidden(item) : ownHidden(item) || orphaned(item));

function nodeRole(node) {
  if (state.route) return state.route.some((edge) => edge.cause === node || edge.effect === node) ? "chosen" : "aside";
  if (state.fates) return state.fates.get(node) || "aside";
  if (state.edge) return node === state.edge.cause || node === state.edge.effect ? "chosen" : "aside";
  if (!state.chosen) return "plain";
  if (node === state.chosen) return "chosen";
  if (upstream.has(node)) return "upstream";
  return downstream.has(node) ? "downstream" : "aside";
}
function edgeRole(edge) {
  if (state.route) return state.route.includes(edge) ? "chosen" : "aside";
  if (state.fates) return state.fates.has(edge.cause) && state.fates.has(edge.effect) ? "plain" : "aside";
  if (state.edge) return edge === state.edge ? "chosen" : "aside";
  if (!state.chosen) return "plain";
  // Only the arrows that lead on: from a state to one that is a claim nearer to the chosen one, or farther.
  const on = (steps, near, far) => (near === state.chosen || steps.has(near)) && steps.has(far) && (steps.get(near) || 0) < steps.get(far);
  if (on(upstream, edge.effect, edge.cause)) return "upstream";
  return on(downstream, edge.cause, edge.effect) ? "downstream" : "aside";
}
const stepsTo = (node) => (state.chosen && state.depth > 1 && !state.route && !narrow() ? upstream.get(node) || downstream.get(node) : 0);
const pipped = (edge) => !state.chosen || edge.cause === state.chosen || edge.effect === state.chosen;

function drawn(name) {
  const layout = data.layouts[name], made = fresh(layout.bands);
  layout.places.forEach((place, at) => {
    if (place) made.places.set(nodes[at], { x: place[0], y: place[1], w: data.width, h: heightOf(nodes[at].ownLines), lines: nodes[at].ownLines });
  });
  layout.lines.forEach((line, at) => { if (line) made.lines.set(edges[at], line); });
  return made;
}
// A map of routes shows both its ends: where its columns are too far apart for the window, the gaps between them shrink, and
// the arrows with them. Every place moves by the same rule, so that arrows still go around the boxes.
function squeezed(made, wide) {
  const spans = [];
  for (const { x, w } of [...made.places.values()].sort((a, b) => a.x - b.x)) {
    const last = spans[spans.length - 1];
    if (last && x - w / 2 <= last[1]) last[1] = Math.max(last[1], x + w / 2); else spans.push([x - w / 2, x + w / 2]);
  }
  const gaps = spans.slice(1).map(([left], at) => left - spans[at][1]), free = gaps.reduce((sum, gap) => sum + gap, 0);
  const boxes = spans.reduce((sum, [left, right]) => sum + right - left, 0), share = free ? Math.max(0.3, (wide / SMALLEST - 30 - boxes) / free) : 1;
  if (share >= 1) return made;
  const moved = (x) => {  // what lies left of x shrinks by what the gaps before it lose
    let lost = 0;
    spans.slice(1).forEach(([left], at) => { lost += (1 - share) * Math.min(Math.max(0, x - spans[at][1]), left - spans[at][1]); });
    return x - lost;
  };
  for (const place of made.places.values()) place.x = moved(place.x);
  for (const [edge, line] of made.lines) made.lines.set(edge, line.map((number, at) => (at % 2 ? number : moved(number))));
  made.bands = made.bands.map(([name, left, right]) => [name, moved(left), moved(right)]);
  return made;
}
const widthOf = (made) => { const xs = [...made.places.values()].flatMap(({ x, w }) => [x - w / 2, x + w / 2]); return Math.max(...xs) - Math.min(...xs); };
// Where even then not all fits, as many of the first routes as do.
function withBothEnds(made, wide) {
  const whole = squeezed(made, wide), ends = data.flow.flat().map((iri) => byIri.get(iri));
  if (state.all || ends.length !== 2 || (widthOf(whole) + 30) * READABLE <= wide) return whole;
  const { routes: found } = routes(...ends);
  for (let most = Math.min(8, found.length); most > 0; most -= 1) {
    const few = squeezed(ofRoutes(found.slice(0, most)), wide);
    if ((widthOf(few) + 30) * READABLE <= wide || most === 1) return few;
  }
  return whole;
}
const kept = new Map();
function sceneNow() {
  if (!nodes.length) return fresh();
  if (narrow()) return state.route ? staircase(state.route, container.clientWidth) : ladder(state.centre, container.clientWidth);
  if (LARGE) return state.routes.length ? ofRoutes(state.routes.slice(0, 8)) : neighbourhood();
  const name = data.layouts.part && !state.all ? "part" : "all";
  const key = `${name} ${data.flow ? container.clientWidth : ""}`;
  if (!kept.has(key)) kept.set(key, data.flow ? withBothEnds(drawn(name), container.clientWidth) : drawn(name));
  return kept.get(key);
}
function neighbourhood() {
  const rows = state.limit > 45 ? 40 : Math.max(6, Math.floor((container.clientHeight / SMALLEST - 70) / 54));
  const column = around(state.centre, Math.min(state.depth, 3), state.limit, rows), made = inColumns(column), step = data.width + GAP.column;
  const words = { "-3": "Three claims before", "-2": "Two claims before", "-1": "Direct causes", 0: "", 1: "Direct effects", 2: "Two claims on", 3: "Three claims on" };
  made.bands = [...new Set(column.values())].map((at) => [words[at], at * step - data.width / 2, at * step + data.width / 2]);
  return made;
}

const states = new vis.DataSet([]);
const claims = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.cause.iri, to: edge.effect.iri, hidden: true, physics: false })));
const network = new vis.Network(container, { nodes: states, edges: claims }, data.options);
const drawNode = ({ ctx, id }) => {
  const node = byIri.get(id);
  return {
    drawNode: () => paint(ctx, (node.pieces ||= nodePieces(node, nodeRole(node), stepsTo(node)))),
    nodeDimensions: { width: node.w, height: node.h },
  };
};
// Bring the nodes of vis-network to where the scene has them, and take out what is not shown.
function place() {
  const shown = nodes.filter((node) => node.shown && !hidden(node)), kept = new Set(shown.map((node) => node.iri));
  states.remove(states.getIds().filter((id) => !kept.has(id)));
  states.update(shown.map((node) => ({ id: node.iri, x: node.x, y: node.y, shape: "custom", ctxRenderer: drawNode, size: Math.max(node.w, node.h) / 2 })));
}
container.firstElementChild.tabIndex = -1;  // the map itself takes the keys: one stop for the Tab key, not two
// vis-network keeps what was seen when its window changes size, and the scale with it; a narrow screen keeps the width instead.
network.on("resize", () => { if (narrow()) requestAnimationFrame(home); });
network.on("beforeDrawing", (ctx) => { shownPieces ||= piecesBelow(); paint(ctx, shownPieces); });
network.on("afterDrawing", (ctx) => { paint(ctx, piecesAbove()); overview(); });

function redraw() {
  shownPieces = null;
  for (const node of nodes) node.pieces = null;
  place();
  network.redraw();
}

// Take the scene that the state asks for, and bring what is chosen into view.
function arrange({ keepView = false } = {}) {
  const before = scene;
  scene = sceneNow();
  if (scene !== before) {
    for (const node of nodes) { const place = scene.places.get(node); node.shown = Boolean(place); if (place) Object.assign(node, place); }
    for (const edge of edges) {
      const line = scene.lines.get(edge);
      edge.shown = Boolean(line);
      if (line) { edge.line = line; edge.points = along(line); }
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
function note() {
  const shown = nodes.filter((node) => node.shown && !hidden(node)).length, more = $("more"), less = $("less");
  let words = "";
  more.hidden = less.hidden = true;
  if (narrow()) words = state.route ? "" : `The neighbourhood of ${state.centre ? state.centre.label : "nothing"}`;
  else if (LARGE) {
    words = state.routes.length ? "The first routes" : `The neighbourhood of ${state.centre.label}: ${shown} of ${nodes.length} states. Search for another, or select a neighbour.`;
    more.hidden = Boolean(state.routes.length) || state.limit > 45; more.textContent = "Show more";
    less.hidden = state.limit === 45; less.textContent = "Show fewer";
  } else if (data.layouts.part) {
    words = state.all ? `All ${nodes.length} states.` : `${data.flow ? "The first routes" : "The most certain part"}: ${shown} of ${nodes.length} states.`;
    more.hidden = state.all; more.textContent = `Show more (all ${nodes.length})`;
    less.hidden = !state.all; less.textContent = `Show fewer (${data.layouts.part.places.filter(Boolean).length})`;
  }
  $("words").textContent = words || `${plural(shown, "state")}, ${plural(edges.filter((edge) => edge.shown && !hidden(edge)).length, "claim")}`;
}

function home() {
  cornered = null;
  const box = bounds(), wide = container.clientWidth, high = container.clientHeight, bandsHigh = scene.bands.length ? 40 : narrow() ? 24 : 6;
  const width = box.right - box.left + 30, height = box.bottom - box.top + bandsHigh + 20;
  const fit = Math.min(wide / width, high / height, narrow() ? 1 : 1.25);
  const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - (narrow() ? 0 : bandsHigh / 2 - 5) };
  if (fit >= (data.flow ? READABLE : SMALLEST) || !state.centre) { network.moveTo({ position: middle, scale: Math.max(fit, data.flow ? READABLE : SMALLEST) }); return; }
  // Where not all fits, the first state stands a little left of the middle: what it leads to is what a reader comes for.
  const start = state.centre.shown ? state.centre : nodes.find((node) => node.shown), half = { x: wide / SMALLEST / 2, y: high / SMALLEST / 2 };
  const within = (at, low, top, reachOf) => (top - low <= 2 * reachOf ? (low + top) / 2 : Math.min(Math.max(at, low + reachOf), top - reachOf));
  network.moveTo({
    position: {
      x: within(start.x + half.x * 0.35, box.left - 20, box.right + 20, half.x),
      y: within(start.y, box.top - bandsHigh, box.bottom + 20, half.y),
    },
    scale: SMALLEST,
  });
}
function bringIntoView(node) {
  if (!node.shown || narrow()) return;
  const point = network.canvasToDOM({ x: node.x, y: node.y });
  const scale = network.getScale(), x = (node.w / 2) * scale, y = (node.h / 2) * scale;
  const inside = point.x >= x && point.x <= container.clientWidth - x && point.y >= y && point.y <= container.clientHeight - y;
  if (!inside && !narrow()) network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(scale, SMALLEST) });
}

// A small picture of the whole map where it is larger than the window on it.
const small = $("overview"), smallCtx = small.getContext("2d");
let cornered = null;
// How many states lie under the small picture if its left edge stood at `left`.
const covered = (left, high) => nodes.filter((node) => {
  const at = network.canvasToDOM({ x: node.x, y: node.y }), wide = (node.w / 2) * network.getScale(), tall = (node.h / 2) * network.getScale();
  return node.shown && !hidden(node) && at.x + wide > left && at.x - wide < left + small.width && at.y + tall > high - 12 - small.height && at.y - tall < high;
}).length;
function overview() {
  const box = bounds(), scale = network.getScale(), wide = container.clientWidth, high = container.clientHeight;
  const fits = (box.right - box.left) * scale <= wide + 2 && (box.bottom - box.top) * scale <= high + 2;
  small.hidden = fits || narrow();
  if (small.hidden) return;
  const ratio = Math.min(170 / (box.right - box.left), 120 / (box.bottom - box.top));
  small.width = (box.right - box.left) * ratio + 8; small.height = (box.bottom - box.top) * ratio + 8;
  if (cornered !== scene) {  // chosen once for each scene: it must not jump about while the map is moved
    cornered = scene;
    small.classList.toggle("right", covered(wide - small.width - 12, high) < covered(12, high));
  }
  const x = (at) => (at - box.left) * ratio + 4, y = (at) => (at - box.top) * ratio + 4;
  for (const node of nodes) {
    if (!node.shown || hidden(node)) continue;
    const role = nodeRole(node);
    smallCtx.globalAlpha = role === "aside" ? 0.3 : 1;
    smallCtx.fillStyle = role === "chosen" ? theme.ink : colours(node.kind)[1];
    smallCtx.fillRect(x(node.x - node.w / 2), y(node.y - node.h / 2), node.w * ratio, Math.max(2, node.h * ratio));
  }
  const view = network.getViewPosition();
  smallCtx.globalAlpha = 1; smallCtx.strokeStyle = theme.ink; smallCtx.lineWidth = 1.5;
  smallCtx.strokeRect(x(view.x - wide / scale / 2), y(view.y - high / scale / 2), (wide / scale) * ratio, (high / scale) * ratio);
  small.dataset.ratio = ratio;
}
small.addEventListener("pointerdown", (event) => {
  const box = bounds(), ratio = Number(small.dataset.ratio), own = small.getBoundingClientRect();
  network.moveTo({ position: { x: box.left + (event.clientX - own.left - 4) / ratio, y: box.top + (event.clientY - own.top - 4) / ratio } });
});

// What lies at a point of the map: a state before an arrow.
function hit(x, y) {
  const node = byIri.get(network.getNodeAt(network.canvasToDOM({ x, y })));
  if (node && Math.abs(node.x - x) <= node.w / 2 && Math.abs(node.y - y) <= node.h / 2) return node;
  let best = null, least = (narrow() ? 16 : 9) / network.getScale();
  for (const edge of edges) {
    if (!edge.shown || hidden(edge)) continue;
    for (let at = 1; at < edge.points.length; at += 1) {
      const away = distanceTo(edge.points[at - 1], edge.points[at], x, y);
      if (away < least) { least = away; best = edge; }
    }
  }
  return best;
}
function distanceTo([x0, y0], [x1, y1], x, y) {
  const long = (x1 - x0) ** 2 + (y1 - y0) ** 2, t = long ? Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long)) : 0;
  return Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0));
}
network.on("click", ({ pointer }) => {
  const found = hit(pointer.canvas.x, pointer.canvas.y);
  if (!found) { if (!narrow()) clear(); } else if (found.cause) selectEdge(found); else selectNode(found);
});

const tip = $("tip");
container.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  const own = container.getBoundingClientRect(), x = event.clientX - own.left, y = event.clientY - own.top, at = network.DOMtoCanvas({ x, y });
  const found = hit(at.x, at.y);
  container.style.cursor = found ? "pointer" : "grab";
  tip.hidden = !found;
  if (!found) return;
  tip.textContent = found.cause ? `${sentence(found)} · ${judged(found)}` : `${kindName(found.kind)}${found.definition ? ": " + found.definition : ""}`;
  const top = container.offsetTop;
  tip.style.left = `${Math.min(x + 14, own.width - 290)}px`;
  tip.style.top = `${top + (y + 18 > own.height - 90 ? y - 20 - tip.offsetHeight : y + 18)}px`;
});
container.addEventListener("pointerleave", () => { tip.hidden = true; });

for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, () => { tip.hidden = true; }, true);

const say = (words) => { $("live").textContent = words; };
function forget() {
  Object.assign(state, { chosen: null, edge: null, route: null, routes: [], corrected: new Set(), fates: null, opening: false });
  upstream = new Map(); downstream = new Map();
}
const showAllFor = (...wanted) => { if (data.layouts.part && wanted.some((node) => data.layouts.part.places[node.at] === null)) state.all = true; };

function selectNode(node) {
  forget();
  state.chosen = state.centre = node;
  upstream = reach(node, "into", state.depth); downstream = reach(node, "out", state.depth);
  showAllFor(node);
  arrange({ keepView: !LARGE && !narrow() });
  bringIntoView(node); showNode(node); remember();
  say(`${node.label}: ${upstream.size} upstream, ${downstream.size} downstream.`);
}
function selectEdge(edge) {
  forget();
  state.edge = edge;
  if ((LARGE || narrow()) && !edge.shown) state.centre = edge.cause;
  showAllFor(edge.cause, edge.effect);
  arrange({ keepView: true });
  if (!edge.shown && narrow()) { state.centre = edge.effect; arrange({ keepView: true }); }
  bringIntoView(edge.effect); showEdge(edge); remember();
  say(`Claim: ${sentence(edge)}, ${judged(edge)}.`);
}
function clear() { forget(); arrange({ keepView: true }); showStart(); remember(); say("Nothing is selected."); }
