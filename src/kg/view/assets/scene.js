// What the map shows now: which states stand where, and which claims are drawn along which lines.
import { byIri, data, edges, nodes } from "./graph.js";
import { bestOf, routes } from "./paths.js";
import { LARGE, LARGEST, READABLE, SMALLEST, container, narrow, state } from "./state.js";
import { GAP, around, fresh, heightOf } from "./layout.js";
import { inColumns, ofRoutes } from "./columns.js";
import { ladder, staircase } from "./ladder.js";

const FEWEST = 3; // a map of routes shows as many of them before its letters become smaller
const ROWS = [20, 28, 38, 50, 64]; // how far apart the rows of routes may stand

export let scene = fresh(),
  shownPieces = null;
// Other modules read these and change them through a function: an import cannot be assigned to.
export const setScene = (next) => {
  scene = next;
};
export const setPieces = (pieces) => {
  shownPieces = pieces;
};

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
const heightOfAll = (made) => {
  const ys = [...made.places.values()].flatMap(({ y, h }) => [y - h / 2, y + h / 2]);
  return Math.max(...ys) - Math.min(...ys);
};
// Routes side by side, their rows as far apart as the window lets them be: a map as wide as the window and a third as
// high leaves the rest of it empty.
function filling(list, wide, high) {
  let best = squeezed(ofRoutes(list), wide);
  const scale = Math.min(wide / (widthOf(best) + 30), LARGEST);
  for (const row of ROWS) {
    const looser = squeezed(ofRoutes(list, row), wide);
    if ((heightOfAll(looser) + 80) * scale > high) break;
    best = looser;
  }
  return best;
}
// Where even then not all fits in letters of 11 px, as many of the first routes as do; where that is hardly one, in
// smaller letters.
function withBothEnds(made, wide, high) {
  const whole = squeezed(made, wide),
    ends = data.flow.flat().map((iri) => byIri.get(iri)),
    fits = (scene, scale) => (widthOf(scene) + 30) * scale <= wide;
  if (state.all || ends.length !== 2 || fits(whole, SMALLEST)) return whole;
  const { routes: first } = routes(...ends),
    found = [...new Set([state.route, bestOf(first), ...first])].filter(Boolean);
  for (const [scale, least] of [
    [SMALLEST, Math.min(FEWEST, found.length)],
    [READABLE, 1],
  ]) {
    if (scale === READABLE && fits(whole, scale)) return whole;
    for (let most = Math.min(8, found.length); most >= least && most > 0; most -= 1) {
      const few = filling(found.slice(0, most), wide, high);
      if (fits(few, scale) || (scale === READABLE && most === 1)) return few;
    }
  }
  return whole;
}
const kept = new Map();
export function sceneNow() {
  if (!nodes.length) return fresh();
  if (narrow())
    return state.route ? staircase(state.route, container.clientWidth) : ladder(state.centre, container.clientWidth);
  if (state.cell) return inColumns(state.cell.columns, (edge) => state.cell.claims.has(edge));
  if (LARGE) return state.routes.length ? ofRoutes(state.routes.slice(0, 8)) : neighbourhood();
  const name = data.layouts.part && !state.all ? "part" : "all";
  const draw = (key) => {
    if (!kept.has(key))
      kept.set(key, data.flow ? withBothEnds(drawn(name), container.clientWidth, container.clientHeight) : drawn(name));
    return kept.get(key);
  };
  const key = data.flow ? `${name} ${state.all} ${container.clientWidth} ${container.clientHeight}` : name,
    made = draw(key);
  // A route that is not among those that are drawn is drawn with them.
  const beyond = data.flow && state.route && !state.route.every((edge) => made.lines.has(edge));
  return beyond ? draw(`${key} ${state.route.map((edge) => edge.at).join(" ")}`) : made;
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
  // A column of foods or nutrients says so: they are no states.
  const things = { Food: "Foods", Nutrient: "Nutrients" };
  const head = (at) => {
    const kinds = new Set([...column].filter(([, other]) => other === at).map(([node]) => node.kind));
    return (kinds.size === 1 && things[[...kinds][0]]) || words[at];
  };
  made.bands = [...new Set(column.values())].map((at) => [
    head(at),
    at * step - data.width / 2,
    at * step + data.width / 2,
  ]);
  return made;
}
export function bounds() {
  const shown = nodes.filter((node) => node.shown),
    box = { left: -60, right: 60, top: -40, bottom: 40 };
  if (!shown.length) return box;
  box.left = Math.min(...shown.map((node) => node.x - node.w / 2));
  box.right = Math.max(...shown.map((node) => node.x + node.w / 2));
  const lines = edges.filter((edge) => edge.shown).flatMap((edge) => edge.points.map((point) => point[1]));
  box.top = Math.min(...shown.map((node) => node.y - node.h / 2), ...lines);
  box.bottom = Math.max(...shown.map((node) => node.y + node.h / 2), ...lines);
  return box;
}
