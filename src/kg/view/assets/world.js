// The walks over the graph. The rules of routes and corrections are those of the Python package (kg.causal.strength),
// and tested against it.
import { data, edges, first, nodes, whole } from "./graph.js";

export const RULES = data.rules,
  MAX_ROUTES = 50,
  ENDING = 1,
  CORRECTABLE = 2,
  HUB = 4,
  ILL = 8,
  STATUS = 16;

/**
 * Every state within `depth` claims of one, up- or downstream, with the number of claims on the way.
 * @param {State} node @param {"out"|"into"} side @param {number} depth @returns {Map<State, number>}
 */
export function reach(node, side, depth) {
  const found = new Map(),
    end = side === "out" ? "effect" : "cause";
  let front = [node];
  for (let step = 1; step <= depth && front.length; step += 1) {
    const next = [];
    for (const state of front) {
      for (const edge of state[side]) {
        const other = edge[end];
        if (other !== node && !found.has(other)) {
          found.set(other, step);
          next.push(other);
        }
      }
    }
    front = next;
  }
  return found;
}

// The whole graph, of which this map may be a part: its states, and its claims in the order in which Python walks them.
/** @type {WorldState[]} */
export const world = nodes.map((node) => ({ iri: node.iri, label: node.label, node }));
for (const [id, label] of data.world.others) world.push({ iri: whole(id), label });
export const inWorld = new Map(world.map((state) => [state.iri, state]));
world.forEach((state, at) =>
  Object.assign(state, { at, sort: data.world.sorts[at], deviation: data.world.deviations[at], out: [], into: [] }),
);
export const caps = new Map();
for (const [own, from, to, weight, special = {}] of data.world.claims) {
  /** @type {WorldClaim} */
  const claim = {
    edge: edges[own],
    cause: world[from],
    effect: world[to],
    weight: data.world.weights[weight],
    sign: special.against ? -1 : 1,
    ...special,
  };
  claim.cause.out.push(claim);
  claim.effect.into.push(claim);
  if (claim.edge) claim.edge.claim = claim;
  if (special.cap) {
    const key = `${from} ${to} ${claim.sign}`;
    caps.set(key, Math.max(claim.weight, caps.get(key) || 0));
  }
}

// A hub's surroundings at two claims are half the map: then one is the usual depth.
export const usualDepth =
  first && reach(first, "into", 2).size + reach(first, "out", 2).size > Math.max(24, nodes.length * 0.6) ? "1" : "2";
