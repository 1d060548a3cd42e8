// The walks over the graph. The rules of routes and corrections are those of the Python package, and tested against it.
const MAX_STEPS = 12, MAX_ROUTES = 50, PATIENCE = 200;

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

// The routes whose weakest step has the certainty `rank`, by growing cost: a step each, and one more over a hub.
function searchRoutes(cause, effect, level, take) {
  const ANY = 1, RANKED = 2, price = (node) => (node.hub && node !== effect ? 2 : 1);
  const allowed = (edge) => edge.rank <= level && edge.status !== "refuted";
  const layers = [new Map([[effect, ANY]])], upstream = new Set([effect]), ordered = new Map();
  let lastNew = 0;
  const onward = (node) => {
    if (!ordered.has(node)) ordered.set(node, node.out.filter(allowed).sort((a, b) => byLabel(a.effect, b.effect) || before(a.effect.iri, b.effect.iri) || before(a.id, b.id)));
    return ordered.get(node);
  };
  const reachable = (cost) => {  // from where the effect can be reached at exactly this cost
    const layer = new Map();
    for (const back of [1, 2]) {
      for (const [node, ways] of cost >= back ? layers[cost - back] : []) {
        if (node === cause || price(node) !== back) continue;
        for (const edge of node.into) {
          if (edge.cause === effect || !allowed(edge)) continue;
          layer.set(edge.cause, (layer.get(edge.cause) || 0) | ANY | (edge.rank === level || ways & RANKED ? RANKED : 0));
        }
      }
    }
    layers.push(layer);
    for (const node of layer.keys()) if (!upstream.has(node)) { upstream.add(node); lastNew = cost; }
    const complete = cost - lastNew > 1, longest = Math.min(MAX_STEPS, complete ? upstream.size : cost);
    return cost < 2 * longest && !(complete && !upstream.has(cause));
  };
  const chain = [], seen = new Set([cause]);
  let deadEnds = 0;
  const open = (from, left) => {  // whether the effect is in reach without passing what was passed already
    let edge = new Set([from]);
    const known = new Set([...seen, from]);
    for (let step = 0; step < left; step += 1) {
      const next = new Set([...edge].flatMap((node) => onward(node).map((claim) => claim.effect)).filter((node) => !known.has(node)));
      if (next.has(effect)) return true;
      for (const node of next) known.add(node);
      edge = next;
    }
    return false;
  };
  const walk = (from, cost, met) => {  // false once no more routes are wanted
    for (const edge of onward(from)) {
      const next = edge.effect, left = cost - price(next), now = met || edge.rank === level;
      if (next === effect) {
        if (left === 0 && now) { deadEnds = 0; if (!take([...chain, edge])) return false; }
        continue;
      }
      if (left <= 0 || !((layers[left].get(next) || 0) & (now ? ANY : RANKED)) || seen.has(next) || chain.length + 1 >= MAX_STEPS) continue;
      if (deadEnds > PATIENCE && !open(next, left)) continue;
      chain.push(edge); seen.add(next);
      const goOn = walk(next, left, now);
      chain.pop(); seen.delete(next);
      if (!goOn) return false;
    }
    deadEnds += 1;
    return true;
  };
  for (let cost = 1; reachable(cost); cost += 1) {
    if ((layers[cost].get(cause) || 0) & RANKED && !walk(cause, cost, false)) return false;
  }
  return true;
}

// Routes best first: by the certainty of the weakest step, then by length, then by the labels passed.
function routes(cause, effect, most = MAX_ROUTES) {
  const all = [];
  for (let level = 0; level < data.certainties.length && cause !== effect; level += 1) {
    if (!searchRoutes(cause, effect, level, (route) => { all.push(route); return all.length <= most; })) break;
  }
  return { routes: all.slice(0, most), more: all.length > most };
}

const sign = (route) => (route.filter((edge) => edge.relation === "inhibits").length % 2 ? "-" : "+");
const weakestRank = (route) => Math.max(...route.map((edge) => edge.rank));
const weakest = (route) => data.certainties[weakestRank(route)];

function pathsAsJson(from, to) {
  const cause = byIri.get(from), effect = byIri.get(to);
  const step = (edge) => ({
    cause: named(edge.cause), relation: edge.relation, effect: named(edge.effect), claim: edge.id, status: edge.status,
    certainty: edge.certainty, sources: [...new Set(edge.evidence.map((line) => line.iri))],
  });
  const paths = routes(cause, effect).routes.map((route) => ({
    sign: sign(route), length: route.length, certainty: weakest(route), steps: route.map(step),
  }));
  return { cause: named(cause), effect: named(effect), paths };
}

// What promotes what, in the whole graph of which this map may be a part: else a finding would seem to end that something
// beyond the map still leads to.
const live = (edge) => edge.relation === "promotes" && edge.status !== "refuted";
const SELF_KEPT = new Set(["NutrientStatus", "Exposure"]);
const world = nodes.map((node) => ({ iri: node.iri, label: node.label, finding: FINDINGS.has(node.kind), selfKept: SELF_KEPT.has(node.kind), node }));
for (const [id, label, sort] of data.beyond.states) world.push({ iri: whole(id), label, finding: sort === 1, selfKept: sort === 2 });
const inWorld = new Map(world.map((state) => [state.iri, state]));
for (const state of world) { state.causes = new Set(); state.effects = new Set(); }
const promotes = (cause, effect) => { world[cause].effects.add(world[effect]); world[effect].causes.add(world[cause]); };
for (const edge of edges) if (live(edge)) promotes(edge.cause.at, edge.effect.at);
for (const [cause, effect] of data.beyond.claims) promotes(cause, effect);

// All that a walk comes to, the first states included.
function walked(starts, side, within = null, without = new Set()) {
  const found = new Set([...starts].filter((state) => !without.has(state) && (!within || within.has(state)))), queue = [...found];
  for (const state of queue) {
    for (const next of state[side]) {
      if (!found.has(next) && !without.has(next) && (!within || within.has(next))) { found.add(next); queue.push(next); }
    }
  }
  return found;
}

// What ends when states are corrected; the rule is that of kg.correct. A finding stands while a route leads to it from an
// origin: a state that nothing promotes. A loop that none of these enters keeps itself going: its nutrient statuses and
// exposures are origins too, until something in it or before it is corrected.
function correct(iris) {
  const corrected = new Set(iris.map((iri) => inWorld.get(iri)).filter(Boolean));
  const findings = [...walked(corrected, "effects")].filter((state) => state.finding && !corrected.has(state)).sort(byLabel);
  const net = walked(findings, "causes"), first = [...net].filter((state) => !state.causes.size);
  const fed = walked(first, "effects", net), looped = [...net].filter((state) => state.selfKept && !fed.has(state));
  const ended = looped.length ? walked(corrected, "effects", net) : new Set();
  const alive = [...first, ...looped.filter((state) => !ended.has(state))];
  const standing = walked(alive, "effects", net, corrected), lost = [], kept = [];
  for (const finding of findings) {
    if (!standing.has(finding)) lost.push(named(finding));
    else kept.push({ ...named(finding), through: [...finding.causes].filter((cause) => standing.has(cause)).map((cause) => cause.iri).sort() });
  }
  return { corrected: [...corrected].map(named), lost, kept };
}
