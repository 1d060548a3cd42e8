// Layouts in columns, causes left and effects right: the neighbourhood of a state, and routes side by side.
import { byLabel, data, edges } from "./graph.js";
import { GAP, fresh, heightOf } from "./layout.js";

/**
 * What stands in a column: a state, or the lane of a claim that passes by on its way from one column to a farther one.
 * @typedef {{label: string, high: number, near: Slot[], node?: State, y?: number}} Slot
 */
const LANE = 4; // half as high as a lane with its share of the gap between two boxes

/** The slots of each column, and the lanes of each claim that has any, from its cause on. */
function slotsOf(column, drawn) {
  /** @type {Map<number, Slot[]>} */
  const groups = new Map(),
    /** @type {Map<State, Slot>} */
    own = new Map(),
    /** @type {Map<Claim, [number, Slot][]>} */
    lanes = new Map();
  const put = (at, slot) => {
    if (!groups.has(at)) groups.set(at, []);
    groups.get(at).push(slot);
    return slot;
  };
  for (const [node, at] of column)
    own.set(node, put(at, { label: node.label, high: heightOf(node.ownLines), near: [], node }));
  for (const edge of drawn) {
    const [from, to] = [column.get(edge.cause), column.get(edge.effect)],
      way = Math.sign(to - from),
      passed = /** @type {[number, Slot][]} */ ([]);
    for (let at = from + way; way && at !== to; at += way)
      if (groups.has(at)) passed.push([at, put(at, { label: edge.effect.label, high: -LANE, near: [] })]);
    if (passed.length) lanes.set(edge, passed);
    if (!way) continue;
    const chain = [own.get(edge.cause), ...passed.map(([, slot]) => slot), own.get(edge.effect)];
    chain.slice(1).forEach((slot, before) => {
      slot.near.push(chain[before]);
      chain[before].near.push(slot);
    });
  }
  return { groups, lanes };
}

// States in given columns: each column in the order of the means of its neighbours, arrows from side to side and around
// the boxes of the columns that they pass.
/** @param {Map<State, number>} column @param {(edge: Claim) => boolean} kept @param {number} row between two boxes */
export function inColumns(column, kept = () => true, row = GAP.row) {
  const made = fresh(),
    step = data.width + GAP.column,
    drawn = edges.filter((edge) => column.has(edge.cause) && column.has(edge.effect) && kept(edge)),
    { groups, lanes } = slotsOf(column, drawn);
  const order = [...groups.keys()].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  const wish = (slot) => {
    const near = slot.near.filter((other) => other.y !== undefined);
    return near.length ? near.reduce((sum, other) => sum + other.y, 0) / near.length : 0;
  };
  const stand = (list, wishes) => {
    const least = (a, b) => (a.high + b.high) / 2 + row;
    const down = [],
      up = [];
    list.forEach((slot, at) =>
      down.push(at ? Math.max(wishes[at], down[at - 1] + least(list[at - 1], slot)) : wishes[at]),
    );
    for (let at = list.length - 1; at >= 0; at -= 1)
      up[at] = at + 1 < list.length ? Math.min(wishes[at], up[at + 1] - least(list[at], list[at + 1])) : wishes[at];
    list.forEach((slot, at) => {
      slot.y = (down[at] + up[at]) / 2;
    });
  };
  for (const sweep of [0, 1, 2]) {
    for (const at of sweep % 2 ? [...order].reverse() : order) {
      const list = groups.get(at),
        wishes = new Map(list.map((slot) => [slot, wish(slot)]));
      list.sort((a, b) => wishes.get(a) - wishes.get(b) || byLabel(a, b));
      stand(
        list,
        list.map((slot) => wishes.get(slot)),
      );
    }
  }
  for (const [at, list] of groups)
    for (const { node, y, high } of list)
      if (node) made.places.set(node, { x: at * step, y, w: data.width, h: high, lines: node.ownLines });
  /** @type {Map<Claim, [number, number]>} where its line leaves the cause and reaches the effect */
  const ports = portsOf(drawn, made.places);
  for (const edge of drawn) {
    const lane = (lanes.get(edge) || []).map(([at, slot]) => [at * step, slot.y]);
    made.lines.set(edge, sideways(made.places.get(edge.cause), made.places.get(edge.effect), lane, ...ports.get(edge)));
  }
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

/** @param {any} a @param {any} b @param {number[][]} lanes where it passes @param {number} start @param {number} end */
function sideways(a, b, lanes, start, end) {
  if (a.x === b.x) {
    const x = a.x + a.w / 2,
      out = x + 34 + Math.min(30, Math.abs(b.y - a.y) / 8);
    const from = a.y + (a === b ? -8 : start),
      to = b.y + (a === b ? 8 : end);
    return [x, from, out, from, out, to, x, to];
  }
  const towards = b.x > a.x ? 1 : -1,
    half = (towards * a.w) / 2,
    line = [a.x + half, a.y + start];
  const bend = (x, y) => {
    const [x0, y0] = line.slice(-2),
      middle = (x0 + x) / 2;
    line.push(middle, y0, middle, y, x, y);
  };
  for (const [x, y] of lanes) {
    bend(x - half, y);
    bend(x + half, y);
  }
  bend(b.x - half, b.y + end);
  return line;
}

// Routes side by side: a state stands as far right as the longest of them takes to it.
export function ofRoutes(list, row = GAP.row) {
  const column = new Map();
  for (const route of list) {
    [route[0].cause, ...route.map((edge) => edge.effect)].forEach((node, at) =>
      column.set(node, Math.max(at, column.get(node) || 0)),
    );
  }
  const kept = new Set(list.flat());
  return inColumns(column, (edge) => kept.has(edge), row);
}
