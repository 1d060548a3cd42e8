// Layouts made in the page: the neighbourhood of a state and some routes in columns, and for narrow screens a ladder.
import { byLabel, data, edges } from "./graph.js";
import { pointAt, theme } from "./shapes.js";
import { hidden } from "./state.js";
import { textWidth } from "./text.js";

export const GAP = { column: 92, row: 13, ladder: 11 };

/** An empty scene. @param {Scene["bands"]} bands @returns {Scene} */
export function fresh(bands = []) {
  return { bands, extra: () => [], places: new Map(), lines: new Map() };
}

// The neighbourhood of a state: what lies within `depth` claims, the most certain first, at most `limit` states.
export function around(centre, depth, limit, tallest) {
  const column = new Map([[centre, 0]]),
    rows = new Map();
  const queue = [];
  const offer = (node, step) => {
    const side = step < 0 ? "into" : "out",
      end = step < 0 ? "cause" : "effect";
    for (const edge of node[side]) queue.push([edge.rank, edge[end], step]);
  };
  for (let step = 1; step <= depth; step += 1) {
    const front = step === 1 ? [centre] : null;
    for (const way of [-1, 1])
      for (const node of front || [...column.keys()].filter((item) => column.get(item) === way * (step - 1)))
        offer(node, way * step);
    queue.sort((a, b) => a[0] - b[0] || Math.abs(a[2]) - Math.abs(b[2]) || byLabel(a[1], b[1]));
    for (const [, node, at] of queue.splice(0)) {
      if (column.has(node) || column.size >= limit || hidden(node)) continue;
      if ((rows.get(at) || 0) >= tallest) continue;
      rows.set(at, (rows.get(at) || 0) + 1);
      column.set(node, at);
    }
  }
  return column;
}

export function heightOf(lines) {
  return 12 + 16 * lines.length;
}

// States in given columns: each column in the order of the means of its neighbours, arrows from side to side.
/** @param {Map<State, number>} column @param {(edge: Claim) => boolean} kept */
export function inColumns(column, kept = () => true) {
  const made = fresh(),
    groups = new Map(),
    step = data.width + GAP.column;
  for (const [node, at] of column) {
    if (!groups.has(at)) groups.set(at, []);
    groups.get(at).push(node);
  }
  const order = [...groups.keys()].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  const y = new Map();
  const wish = (node) => {
    const near = [...node.into.map((edge) => edge.cause), ...node.out.map((edge) => edge.effect)].filter(
      (other) => y.has(other) && column.get(other) !== column.get(node),
    );
    return near.length ? near.reduce((sum, other) => sum + y.get(other), 0) / near.length : 0;
  };
  const stand = (list, wishes) => {
    const least = (a, b) => (heightOf(a.ownLines) + heightOf(b.ownLines)) / 2 + GAP.row;
    const down = [],
      up = [];
    list.forEach((node, at) =>
      down.push(at ? Math.max(wishes[at], down[at - 1] + least(list[at - 1], node)) : wishes[at]),
    );
    for (let at = list.length - 1; at >= 0; at -= 1)
      up[at] = at + 1 < list.length ? Math.min(wishes[at], up[at + 1] - least(list[at], list[at + 1])) : wishes[at];
    list.forEach((node, at) => y.set(node, (down[at] + up[at]) / 2));
  };
  for (const sweep of [0, 1, 2]) {
    for (const at of sweep % 2 ? [...order].reverse() : order) {
      const list = groups.get(at),
        wishes = new Map(list.map((node) => [node, wish(node)]));
      list.sort((a, b) => wishes.get(a) - wishes.get(b) || byLabel(a, b));
      stand(
        list,
        list.map((node) => wishes.get(node)),
      );
    }
  }
  for (const [node, at] of column)
    made.places.set(node, {
      x: at * step,
      y: y.get(node),
      w: data.width,
      h: heightOf(node.ownLines),
      lines: node.ownLines,
    });
  const drawn = edges.filter((edge) => made.places.has(edge.cause) && made.places.has(edge.effect) && kept(edge));
  /** @type {Map<Claim, [number, number]>} where its line leaves the cause and reaches the effect */
  const ports = portsOf(drawn, made.places);
  for (const edge of drawn)
    made.lines.set(edge, sideways(made.places.get(edge.cause), made.places.get(edge.effect), ...ports.get(edge)));
  return made;
}

function portsOf(list, places) {
  const ends = new Map(),
    /** @type {Map<Claim, [number, number]>} */
    ports = new Map(list.map((edge) => [edge, [0, 0]]));
  for (const edge of list) {
    for (const [end, own, other] of [
      [0, edge.cause, edge.effect],
      [1, edge.effect, edge.cause],
    ]) {
      const key = `${own.at} ${places.get(other).x < places.get(own).x}`;
      if (!ends.has(key)) ends.set(key, []);
      ends.get(key).push([places.get(other).y, edge, end, places.get(own).h]);
    }
  }
  for (const found of ends.values()) {
    const gap = Math.min(9, (found[0][3] - 10) / Math.max(1, found.length - 1));
    found
      .sort((a, b) => a[0] - b[0])
      .forEach(([, edge, end], at) => {
        ports.get(edge)[end] = (at - (found.length - 1) / 2) * gap;
      });
  }
  return ports;
}

/** @param {any} a @param {any} b @param {number} start @param {number} end */
function sideways(a, b, start, end) {
  if (a.x === b.x) {
    const x = a.x + a.w / 2,
      out = x + 34 + Math.min(30, Math.abs(b.y - a.y) / 8);
    const from = a.y + (a === b ? -8 : start),
      to = b.y + (a === b ? 8 : end);
    return [x, from, out, from, out, to, x, to];
  }
  const towards = b.x > a.x ? 1 : -1,
    x0 = a.x + (towards * a.w) / 2,
    x1 = b.x - (towards * b.w) / 2,
    middle = (x0 + x1) / 2;
  return [x0, a.y + start, middle, a.y + start, middle, b.y + end, x1, b.y + end];
}

// Routes side by side: a state stands as far right as the longest of them takes to it.
export function ofRoutes(list) {
  const column = new Map();
  for (const route of list) {
    [route[0].cause, ...route.map((edge) => edge.effect)].forEach((node, at) =>
      column.set(node, Math.max(at, column.get(node) || 0)),
    );
  }
  const kept = new Set(list.flat());
  return inColumns(column, (edge) => kept.has(edge));
}

function wrapped(label, width) {
  const lines = [];
  for (const word of label.split(/\s+/)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && textWidth(longer, 14) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines;
}

// A ladder for a narrow screen: the causes of a state above it, its effects below, every arrow with a rung of its own.
// The state's frame has an arm to which its causes point, and one from which its effects come.
export function ladder(centre, wide, most = 6) {
  const made = fresh(),
    box = Math.max(150, Math.min(330, wide - 92)),
    rung = 46,
    arm = box / 2 + rung;
  const pick = (list, end) =>
    [...list]
      .filter((edge) => edge[end] !== centre && !hidden(edge[end]))
      .sort((a, b) => a.rank - b.rank || byLabel(a[end], b[end]));
  const causes = pick(centre.into, "cause"),
    effects = pick(centre.out, "effect").filter(
      (edge) => !causes.slice(0, most).some((other) => other.cause === edge.effect),
    );
  const words = (count, kind) =>
    count > most
      ? `The ${most} most certain of ${count} ${kind}; the list below has all.`
      : count
        ? ""
        : `No ${kind} on this map.`;
  const texts = [[words(causes.length, "causes"), -8]];
  let y = 14;
  const put = (node, x) => {
    const lines = wrapped(node.label, box - 76),
      h = 12 + 18 * lines.length;
    made.places.set(node, { x, y: y + h / 2, w: box, h, lines });
    y += h + GAP.ladder;
    return made.places.get(node);
  };
  const rungs = [];
  for (const edge of causes.slice(0, most)) {
    const at = put(edge.cause, 0);
    made.lines.set(edge, straight(at.x + box / 2, at.y, arm, at.y));
    rungs.push(at.y);
  }
  if (rungs.length) y += 10;
  const own = put(centre, rung / 2);
  y += 10;
  const below = [],
    left = rung - box / 2 - 24;
  for (const edge of effects.slice(0, most)) {
    const at = put(edge.effect, rung);
    made.lines.set(edge, straight(left - 22, at.y, at.x - box / 2, at.y));
    below.push(at.y);
  }
  texts.push([words(effects.length, "effects"), y + 8]);
  made.pip = (edge) => {
    const other = edge.cause === centre ? edge.effect : edge.cause;
    return [other.x + other.w / 2 - 22, other.y];
  };
  made.extra = () => [
    ...(rungs.length ? [{ d: `M${arm},${rungs[0]}V${own.y}H${own.x + box / 2}`, line: theme.ink, width: 3 }] : []),
    ...(below.length
      ? [{ d: `M${own.x - box / 2},${own.y}H${left - 22}V${below[below.length - 1]}`, line: theme.ink, width: 3 }]
      : []),
    ...texts
      .filter(([text]) => text)
      .map(([text, at]) => ({ text, x: rung / 2, y: at, size: 13, colour: theme.quiet, max: box + 60 })),
  ];
  return made;
}
export const straight = (x0, y0, x1, y1) => [
  x0,
  y0,
  x0 + (x1 - x0) / 3,
  y0 + (y1 - y0) / 3,
  x0 + (2 * (x1 - x0)) / 3,
  y0 + (2 * (y1 - y0)) / 3,
  x1,
  y1,
];

// A route from top to bottom, for a narrow screen.
export function staircase(route, wide) {
  const made = fresh(),
    box = Math.max(150, Math.min(300, wide - 60));
  made.pip = (edge) => [24, pointAt(edge.points, 0.5)[1]];
  let y = 0,
    above = null;
  for (const node of [route[0].cause, ...route.map((edge) => edge.effect)]) {
    const lines = wrapped(node.label, box - 26),
      h = 12 + 18 * lines.length;
    made.places.set(node, { x: 0, y: y + h / 2, w: box, h, lines });
    if (above !== null)
      made.lines.set(
        route.find((edge) => edge.effect === node),
        straight(0, above, 0, y),
      );
    above = y + h;
    y += h + 44;
  }
  return made;
}
