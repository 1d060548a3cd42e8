// The strongest routes from one state to another; the order is that of kg.causal.paths.
import { before, byIri, byLabel, data, named } from "./graph.js";
import { HUB, ILL, MAX_ROUTES, RULES, STATUS, inWorld } from "./world.js";
import { worth } from "./strength.js";

// A heap of entries, the best first; of equals the shorter route, then the order of its labels, then who came first.
function heapOf() {
  const items = [];
  const order = (a, b) =>
    b.hope - a.hope || a.length - b.length || labelOrder(a.labels, b.labels) || a.number - b.number;
  return {
    push(entry) {
      let at = items.push(entry) - 1;
      for (let up = (at - 1) >> 1; at && order(items[at], items[up]) < 0; at = up, up = (at - 1) >> 1)
        [items[at], items[up]] = [items[up], items[at]];
    },
    pop() {
      const [top] = items,
        last = items.pop();
      if (items.length) {
        items[0] = last;
        for (let at = 0, next; ; at = next) {
          const [left, right] = [2 * at + 1, 2 * at + 2];
          next = right < items.length && order(items[right], items[left]) < 0 ? right : left;
          if (next >= items.length || order(items[at], items[next]) <= 0) break;
          [items[at], items[next]] = [items[next], items[at]];
        }
      }
      return top;
    },
  };
}
function labelOrder(a, b) {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (a[at] !== b[at]) return before(a[at], b[at]);
  return a.length - b.length;
}

// For so many steps or fewer, what a chain of this map is worth at most from a state to the effect.
function lookBack(cause, effect) {
  const within = [new Map([[effect, 1]])];
  let layer = within[0];
  for (let step = 1; step <= RULES.steps; step += 1) {
    const next = new Map(),
      known = new Map(within[step - 1]);
    for (const [state, kept] of layer) {
      if (state === cause) continue;
      for (const edge of state.into) {
        // A hub costs nothing where a wider name of it comes next; as if every cause of such a step were one.
        const passing = state !== effect && inWorld.get(state.iri).sort & HUB ? RULES.hub : 1;
        const value = (kept * edge.claim.weight * passing) / (edge.claim.kind ? RULES.hub : 1);
        if (edge.cause !== effect && value > (next.get(edge.cause) || 0)) next.set(edge.cause, value);
      }
    }
    for (const [state, value] of next) known.set(state, Math.max(value, known.get(state) || 0));
    within.push(known);
    layer = next;
  }
  return within;
}

/**
 * The routes on this map, the strongest first, as far as `most`.
 * @param {State} cause @param {State} effect @param {number} most
 */
function strongest(cause, effect, most) {
  if (cause === effect) return [];
  const within = lookBack(cause, effect),
    heap = heapOf(),
    found = [],
    grain = 1e9;
  const onward = (node) =>
    [...node.out]
      .filter((edge) => edge.claim.weight > 0)
      .sort((a, b) => byLabel(a.effect, b.effect) || before(a.effect.iri, b.effect.iri) || before(a.id, b.id));
  let number = 0;
  heap.push({ hope: 1, length: 0, labels: [], number, route: [] });
  for (let entry = heap.pop(); entry && found.length < most; entry = heap.pop()) {
    const { route, length } = entry;
    if (length) {
      route.strength = entry.strength;
      found.push(route);
      continue;
    }
    const here = route.length ? route[route.length - 1].effect : cause,
      left = within[RULES.steps - route.length - 1];
    if (!left) continue;
    for (const edge of onward(here)) {
      const next = edge.effect,
        arrived = next === effect;
      if (!left.has(next) || next === cause || (!arrived && route.some((passed) => passed.effect === next))) continue;
      const longer = [...route, edge],
        strength = worth(longer.map((one) => one.claim));
      const hope = strength * (arrived ? 1 : left.get(next) * (inWorld.get(next.iri).sort & HUB ? RULES.hub : 1));
      if (hope > 0)
        heap.push({
          hope: Math.round(hope * grain) / grain,
          length: arrived ? longer.length : 0,
          labels: [...entry.labels, next.label],
          number: (number += 1),
          route: longer,
          strength,
        });
    }
  }
  return found;
}

// The states between the ends of a route, but for those that only name a kind of them by a wider name.
const passed = (route) => {
  const wider = new Set(route.filter((edge) => edge.claim.kind).map((edge) => edge.effect));
  return new Set(
    route
      .slice(0, -1)
      .map((edge) => edge.effect)
      .filter((node) => !wider.has(node)),
  );
};

// The states at the end of a route that are only a narrower name of it: megaloblastic anemia, on the way to anemia.
function namedByEnd(route) {
  const narrower = new Set();
  for (let at = route.length - 1; at >= 0 && route[at].claim.kind; at -= 1) narrower.add(route[at].cause);
  return narrower;
}

// The share of the strongest that a route must be worth to be told: more for each state of illness that it passes
// beyond those, and most for a way that works against it.
const illnesses = (route) => {
  const narrower = namedByEnd(route);
  return [...passed(route)].filter((node) => inWorld.get(node.iri).sort & ILL && !narrower.has(node));
};
const detours = (route) => illnesses(route).length;
function floorOf(route, first, spelled) {
  if (sign(route) !== sign(first)) return RULES.opposedFloor;
  const more = detours(route) - detours(first);
  if (more > 0) return RULES.detourFloors[Math.min(more, RULES.detourFloors.length) - 1];
  return spelled ? RULES.spellingFloor : RULES.floor;
}

// The illnesses and lacks that a route passes and another one does not.
const ownOf = (route, other) => {
  const theirs = illnesses(other);
  return illnesses(route).filter((node) => !theirs.includes(node));
};

// How many further steps hold from a degree of their cause on that nothing before them says is reached.
const degrees = (route) =>
  route.filter((edge, place) => {
    const known = route.slice(0, place + 1).map((one) => inWorld.get(one.cause.iri).at);
    const unmet = ([degree, ...meeting]) => degree && !meeting.some((at) => known.includes(at));
    return place > 0 && (edge.claim.gates || []).some(unmet);
  }).length;

// The share of the strongest that another way must be worth, 0 where a route passes no illness or lack of its own.
function otherFloor(route, first) {
  const own = ownOf(route, first),
    { claim, effect } = route[0];
  if (!own.length) return 0;
  if (degrees(route) > degrees(first) || (own.includes(effect) && claim.listed)) return RULES.exceptionFloor;
  const lacks = first.length === 1 ? own.filter((node) => inWorld.get(node.iri).sort & STATUS) : [];
  if (lacks.length && route.some((edge) => edge.claim.cap)) return RULES.exceptionFloor;
  return lacks.includes(effect) && claim.weight < RULES.faint ? RULES.faintFloor : RULES.otherFloor;
}

// Whether one route only spells another one out, or swaps one step of it.
function respells(route, earlier) {
  const ours = passed(route),
    theirs = passed(earlier);
  if (!ours.size || !theirs.size) return ours.size === theirs.size && route.length + earlier.length > 2;
  const more = [...ours].filter((node) => !theirs.has(node)).length,
    fewer = [...theirs].filter((node) => !ours.has(node)).length;
  return !more || !fewer || (more < ours.size && more <= 1 && fewer <= 1);
}

// Whether a route tells a way that is among the chosen with more steps of mechanism, and passes no further illness.
function saysHow(route, chosen) {
  const ours = passed(route),
    illnesses = detours(route);
  return chosen.some((one) => {
    const theirs = passed(one);
    const within = theirs.size > 0 && theirs.size < ours.size && [...theirs].every((node) => ours.has(node));
    return within && sign(one) === sign(route) && detours(one) === illnesses;
  });
}

// Whether a route is worth telling beside the strongest, and by itself.
function isTold(route, first, spelled, chosen) {
  if (saysHow(route, chosen)) return route.strength >= RULES.spellingFloor * first.strength;
  const floor = Math.max(floorOf(route, first, spelled), spelled ? 0 : otherFloor(route, first));
  return isEnough(route) && route.strength >= floor * first.strength;
}

// Whether a route is strong enough to be told, though it were the strongest.
const isEnough = (route) => route.strength >= RULES.leastTold || (detours(route) < 2 && !degrees(route));

// Whether a route passes all that one of the exceptions has of its own: it only spells that one out.
function goesByOne(route, first, exceptions) {
  const ours = illnesses(route);
  return exceptions.some((one) => ownOf(one, first).every((node) => ours.includes(node)));
}

// The first routes: different ways before spellings of one, and nothing that is weak beside the strongest.
export function routes(cause, effect, most = MAX_ROUTES) {
  const pool = strongest(cause, effect, most + RULES.pool),
    left = [...pool],
    chosen = [],
    exceptions = [];
  // What stands behind an exception is seldom better: its place stays empty.
  while (left.length && chosen.length + exceptions.length < most) {
    const spelled = new Map(left.map((route) => [route, chosen.some((one) => respells(route, one))]));
    const counts = (route) =>
      route.strength *
      (spelled.get(route) || route.strength < RULES.worthTelling * pool[0].strength ? RULES.respelled : 1);
    const best = left.reduce((a, b) =>
      counts(b) > counts(a) || (counts(b) === counts(a) && b.length < a.length) ? b : a,
    );
    left.splice(left.indexOf(best), 1);
    const anew = spelled.get(best);
    if (isTold(best, pool[0], anew, chosen) && (anew || !goesByOne(best, pool[0], exceptions))) chosen.push(best);
    else if (!anew && otherFloor(best, pool[0]) > RULES.otherFloor) exceptions.push(best);
  }
  return { routes: chosen, more: left.length > 0 };
}

// The route that answers best, as kg.causal.verdict chooses it: the best sourced one of the sign of the first and
// nearly as strong; a direct claim on which sources disagree answers itself.
export function bestOf(found) {
  const disputed = found.find(
    (one) => sign(one) === sign(found[0]) && one.length === 1 && one[0].status === "contested",
  );
  if (disputed) return disputed;
  const strong = found.filter((one) => sign(one) === sign(found[0]) && one.strength >= 0.5 * found[0].strength);
  return strong.reduce((a, b) => (weakestRank(b) < weakestRank(a) ? b : a), found[0]);
}

export const sign = (route) => (route.filter((edge) => edge.relation === "inhibits").length % 2 ? "-" : "+");
export const weakestRank = (route) => Math.max(...route.map((edge) => edge.rank));
export const weakest = (route) => data.certainties[weakestRank(route)];
export const rounded = (value) => Number(value.toFixed(4)); // as Python rounds

export function pathsAsJson(from, to) {
  const cause = byIri.get(from),
    effect = byIri.get(to);
  const step = (edge) => ({
    cause: named(edge.cause),
    relation: edge.relation,
    effect: named(edge.effect),
    claim: edge.id,
    status: edge.status,
    certainty: edge.certainty,
    sources: [...new Set(edge.evidence.map((line) => line.iri))],
  });
  const paths = routes(cause, effect).routes.map((route) => ({
    sign: sign(route),
    length: route.length,
    strength: rounded(route.strength),
    certainty: weakest(route),
    steps: route.map(step),
  }));
  return { cause: named(cause), effect: named(effect), paths };
}
