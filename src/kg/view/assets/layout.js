// What every layout of the page is made of, and which states the neighbourhood of one holds.
import { byLabel, touching } from "./graph.js";
import { hidden } from "./state.js";

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
    const side = /** @type {"into"|"out"} */ (step < 0 ? "into" : "out"),
      end = step < 0 ? "cause" : "effect";
    for (const edge of touching(node, side)) queue.push([edge.rank, edge[end], step]);
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

/** A straight line as a Bézier piece. @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
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
