// The walks over the graph. The rules of routes and corrections are those of the Python package (kg.causal.strength), and tested
// against it.
const RULES = data.rules, MAX_ROUTES = 50, ENDING = 1, CORRECTABLE = 2, HUB = 4, ILL = 8;

// Every state within `depth` claims of one, up- or downstream, with the number of claims on the way.
function reach(node, side, depth) {
  const found = new Map(), end = side === "out" ? "effect" : "cause";
  let front = [node];
  for (let step = 1; step <= depth && front.length; step += 1) {
    const next = [];
    for (const state of front) {
      for (const edge of state[side]) {
        const other = edge[end];
        if (other !== node && !found.has(other)) { found.set(other, step); next.push(other); }
      }
    }
    front = next;
  }
  return found;
}

// The whole graph, of which this map may be a part: its states, and its claims in the order in which Python walks them.
const world = nodes.map((node) => ({ iri: node.iri, label: node.label, node }));
for (const [id, label] of data.world.others) world.push({ iri: whole(id), label });
const inWorld = new Map(world.map((state) => [state.iri, state]));
world.forEach((state, at) => Object.assign(state, { at, sort: data.world.sorts[at], deviation: data.world.deviations[at], out: [], into: [] }));
const disputed = new Map();
for (const [own, from, to, weight, special = {}] of data.world.claims) {
  const claim = { edge: edges[own], cause: world[from], effect: world[to], weight: data.world.weights[weight], sign: special.against ? -1 : 1, ...special };
  claim.cause.out.push(claim); claim.effect.into.push(claim);
  if (claim.edge) claim.edge.claim = claim;
  if (special.disputed) {
    const key = `${from} ${to} ${claim.sign}`;
    disputed.set(key, Math.max(claim.weight, disputed.get(key) || 0));
  }
}
// What the gates of a claim leave of it, where `passed` are the states up to its cause.
function gateFactor(claim, passed, told) {
  let factor = 1;
  for (const [degree, ...meeting] of claim.gates || []) {
    if (meeting.some((at) => passed.includes(world[at]) || told.has(world[at]))) continue;
    if (degree) factor *= RULES.degree; else if (passed.length === 1) factor *= RULES.condition; else return 0;
  }
  return factor;
}

// What a chain of claims is worth, from its first cause to its last effect.
function worth(claims, told = new Set()) {
  const states = [claims[0].cause, ...claims.map((claim) => claim.effect)];
  if (claims.length > 1) {
    const seen = new Set(states.map((state) => state.deviation));
    if ([...seen].some((deviation) => deviation && seen.has(-deviation))) return 0;
  }
  const best = [1];
  for (const [place, claim] of claims.entries()) {
    let kept = claim.weight;
    if (place && claim.cause.sort & HUB) kept *= RULES.hub;
    if (place && claims[place - 1].kind) kept *= RULES.inherited;
    if (claim.kind && states.slice(0, place).some((state) => state.out.some((one) => !one.kind && one.effect === claim.effect))) return 0;
    let strength = best[place] * kept * gateFactor(claim, states.slice(0, place + 1), told), sign = claim.sign;
    for (let earlier = place - 1; earlier >= 0 && disputed.size; earlier -= 1) {
      sign *= claims[earlier].sign;
      const cap = disputed.get(`${states[earlier].at} ${claim.effect.at} ${sign}`);
      if (cap !== undefined) strength = Math.min(strength, best[earlier] * cap);
    }
    if (!strength || (claim.answers && states.slice(place + 1).some((state) => state.deviation === -claim.answers))) return 0;
    best.push(strength);
  }
  return best[claims.length];
}

// A heap of entries, the best first; of equals the shorter route, then the order of its labels, then who came first.
function heapOf() {
  const items = [];
  const order = (a, b) => b.hope - a.hope || a.length - b.length || labelOrder(a.labels, b.labels) || a.number - b.number;
  return {
    push(entry) {
      let at = items.push(entry) - 1;
      for (let up = (at - 1) >> 1; at && order(items[at], items[up]) < 0; at = up, up = (at - 1) >> 1) [items[at], items[up]] = [items[up], items[at]];
    },
    pop() {
      const [top] = items, last = items.pop();
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
    const next = new Map(), known = new Map(within[step - 1]);
    for (const [state, kept] of layer) {
      if (state === cause) continue;
      for (const edge of state.into) {
        const value = kept * edge.claim.weight * (state !== effect && inWorld.get(state.iri).sort & HUB ? RULES.hub : 1);
        if (edge.cause !== effect && value > (next.get(edge.cause) || 0)) next.set(edge.cause, value);
      }
    }
    for (const [state, value] of next) known.set(state, Math.max(value, known.get(state) || 0));
    within.push(known);
    layer = next;
  }
  return within;
}

// The routes on this map, the strongest first, as far as `most`.
function strongest(cause, effect, most) {
  if (cause === effect) return [];
  const within = lookBack(cause, effect), heap = heapOf(), found = [], grain = 1e9;
  const onward = (node) => [...node.out].filter((edge) => edge.claim.weight > 0)
    .sort((a, b) => byLabel(a.effect, b.effect) || before(a.effect.iri, b.effect.iri) || before(a.id, b.id));
  let number = 0;
  heap.push({ hope: 1, length: 0, labels: [], number, route: [] });
  for (let entry = heap.pop(); entry && found.length < most; entry = heap.pop()) {
    const { route, length } = entry;
    if (length) { route.strength = entry.strength; found.push(route); continue; }
    const here = route.length ? route[route.length - 1].effect : cause, left = within[RULES.steps - route.length - 1];
    if (!left) continue;
    for (const edge of onward(here)) {
      const next = edge.effect, arrived = next === effect;
      if (!left.has(next) || next === cause || (!arrived && route.some((passed) => passed.effect === next))) continue;
      const longer = [...route, edge], strength = worth(longer.map((one) => one.claim));
      const hope = strength * (arrived ? 1 : left.get(next) * (inWorld.get(next.iri).sort & HUB ? RULES.hub : 1));
      if (hope > 0) heap.push({ hope: Math.round(hope * grain) / grain, length: arrived ? longer.length : 0, labels: [...entry.labels, next.label], number: (number += 1), route: longer, strength });
    }
  }
  return found;
}

// The states between the ends of a route, but for those that only name a kind of them by a wider name.
const passed = (route) => {
  const wider = new Set(route.filter((edge) => edge.claim.kind).map((edge) => edge.effect));
  return new Set(route.slice(0, -1).map((edge) => edge.effect).filter((node) => !wider.has(node)));
};

// The share of the strongest that a route must be worth to be told: more for each state of illness that it passes beyond those.
function floorOf(route, first, spelled) {
  const detours = (one) => Math.max(1, [...passed(one)].filter((node) => inWorld.get(node.iri).sort & ILL).length);
  const more = detours(route) - detours(first);
  if (more > 0) return RULES.detourFloors[Math.min(more, RULES.detourFloors.length) - 1];
  return spelled ? RULES.spellingFloor : RULES.floor;
}

// Whether one route only spells another one out, or swaps one step of it.
function respells(route, earlier) {
  const ours = passed(route), theirs = passed(earlier);
  if (!ours.size || !theirs.size) return ours.size === theirs.size && route.length + earlier.length > 2;
  const more = [...ours].filter((node) => !theirs.has(node)).length, fewer = [...theirs].filter((node) => !ours.has(node)).length;
  return !more || !fewer || (more < ours.size && more <= 1 && fewer <= 1);
}

// The first routes: different ways before spellings of one, and nothing that is weak beside the strongest.
function routes(cause, effect, most = MAX_ROUTES) {
  const pool = strongest(cause, effect, most + RULES.pool), left = [...pool], chosen = [];
  while (left.length && chosen.length < most) {
    const spelled = new Map(left.map((route) => [route, chosen.some((one) => respells(route, one))]));
    const counts = (route) => route.strength * (spelled.get(route) || route.strength < RULES.worthTelling * pool[0].strength ? RULES.respelled : 1);
    const best = left.reduce((a, b) => (counts(b) > counts(a) || (counts(b) === counts(a) && b.length < a.length) ? b : a));
    left.splice(left.indexOf(best), 1);
    if (best.strength >= floorOf(best, pool[0], spelled.get(best)) * pool[0].strength) chosen.push(best);
  }
  return { routes: chosen, more: left.length > 0 };
}

const sign = (route) => (route.filter((edge) => edge.relation === "inhibits").length % 2 ? "-" : "+");
const weakestRank = (route) => Math.max(...route.map((edge) => edge.rank));
const weakest = (route) => data.certainties[weakestRank(route)];
const rounded = (value) => Number(value.toFixed(4));  // as Python rounds

function pathsAsJson(from, to) {
  const cause = byIri.get(from), effect = byIri.get(to);
  const step = (edge) => ({
    cause: named(edge.cause), relation: edge.relation, effect: named(edge.effect), claim: edge.id, status: edge.status,
    certainty: edge.certainty, sources: [...new Set(edge.evidence.map((line) => line.iri))],
  });
  const paths = routes(cause, effect).routes.map((route) => ({
    sign: sign(route), length: route.length, strength: rounded(route.strength), certainty: weakest(route), steps: route.map(step),
  }));
  return { cause: named(cause), effect: named(effect), paths };
}

// The states that one state promotes within a few steps, each with its best chain and what that is worth.
function effectsOf(start, told) {
  const best = new Map();
  let edge = [[start, 1, []]];
  for (let step = 0; step < RULES.near; step += 1) {
    const reached = new Map();
    for (const [state, sign, chain] of edge) {
      for (const claim of state.out) {
        const far = claim.effect, key = `${far.at} ${sign * claim.sign}`;
        if (far === start || chain.some((one) => one.cause === far || one.effect === far)) continue;
        const claims = [...chain, claim], strength = worth(claims, told), known = best.get(key);
        if (strength < RULES.least || (known && strength <= known.strength)) continue;
        best.set(key, { state: far, sign: sign * claim.sign, strength, claims });
        reached.set(key, [far, sign * claim.sign, claims]);
      }
    }
    edge = [...reached.values()];
  }
  return [...best.values()].filter((way) => way.sign > 0);
}

// The causes next door of a state, steps of mechanism not counted, each with the strength of its way there.
function causesNextDoor(finding, corrected) {
  const found = new Map();
  for (const claim of finding.into) {
    if (claim.sign < 0 || claim.kind) continue;
    const nearest = claim.cause.sort & CORRECTABLE ? [[claim.cause, claim.weight]]
      : claim.cause.into.filter((one) => one.sign > 0).map((one) => [one.cause, claim.weight * one.weight]);
    for (const [state, strength] of nearest) {
      if (!corrected.has(state) && state !== finding && state.sort & CORRECTABLE) found.set(state, Math.max(strength, found.get(state) || 0));
    }
  }
  return found;
}

// What becomes of the findings when states are corrected; the rule is that of kg.causal.correct.
function correct(iris) {
  const corrected = new Set(iris.map((iri) => inWorld.get(iri)).filter(Boolean)), brought = new Map();
  for (const state of corrected) {
    for (const way of effectsOf(state, corrected)) {
      if (!corrected.has(way.state) && (!brought.has(way.state) || brought.get(way.state).strength < way.strength)) brought.set(way.state, way);
    }
  }
  for (const [state, way] of brought) if (way.strength < RULES.part) brought.delete(state);
  const grained = (value) => Math.round(value * 1e6), answer = { lost: [], improved: [], kept: [], may_not_reverse: [] };
  const findings = [...brought.values()].filter((way) => way.state.sort & ENDING)
    .sort((a, b) => grained(b.strength) - grained(a.strength) || byLabel(a.state, b.state));
  for (const { state, strength, claims } of findings) {
    const others = causesNextDoor(state, corrected);
    let beside = 1;
    for (const [other, way] of others) beside *= 1 - RULES.there * (brought.has(other) ? 1 - brought.get(other).strength : 1) * way;
    const share = (strength * beside) / (1 - (1 - strength) * beside), back = claims[claims.length - 1].back;
    const told = { ...named(state), strength: rounded(strength), ...(back && !back[0] ? { time: back[1] } : {}) };
    const through = [...others.keys()].filter((other) => !brought.has(other))
      .sort((a, b) => grained(others.get(b)) - grained(others.get(a)) || byLabel(a, b)).slice(0, RULES.named).map((other) => other.iri);
    const stays = back ? back[0] : 0;  // what does not go back neither ends nor improves; what goes back in part at most improves
    if (stays === 2) continue;
    if (share >= RULES.ends && !stays) answer.lost.push(told);
    else if (share >= RULES.improves) answer.improved.push(told);
    else answer.kept.push({ ...told, through });
  }
  for (const way of brought.values()) {
    const { back } = way.claims[way.claims.length - 1];
    if (back && back[0]) answer.may_not_reverse.push({ ...named(way.state), why: back[1] });
  }
  return { corrected: [...corrected].map(named), ...answer };
}
