// The walks over the graph. The rules of routes and corrections are those of the Python package, and tested against it.
const MAX_STEPS = 12, MAX_ROUTES = 50;

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

function distances(effect, allowed) {
  const distance = new Map([[effect, 0]]), queue = [effect];
  for (const state of queue) {
    for (const edge of state.into) {
      if (!distance.has(edge.cause) && allowed(edge)) {
        distance.set(edge.cause, distance.get(state) + 1);
        queue.push(edge.cause);
      }
    }
  }
  return distance;
}

// Chains of exactly `length` claims that never enter a state from which the effect is out of reach.
function chains(cause, effect, length, distance, allowed, found) {
  const chain = [], seen = new Set([cause]);
  const walk = (state) => {
    for (const edge of state.out) {
      const left = length - chain.length - 1, next = edge.effect;
      if (seen.has(next) || !distance.has(next) || distance.get(next) > left || !allowed(edge)) continue;
      if (next === effect) {
        if (left === 0) found.push([...chain, edge]);
        continue;
      }
      chain.push(edge); seen.add(next);
      walk(next);
      chain.pop(); seen.delete(next);
    }
  };
  walk(cause);
}

// Routes best first: by the certainty of the weakest step, then by length, then by the labels passed.
function routes(cause, effect, most = MAX_ROUTES) {
  const all = [];
  for (let level = 0; level < data.certainties.length && cause !== effect; level += 1) {
    const allowed = (edge) => edge.status !== "refuted" && edge.rank <= level;
    const distance = distances(effect, allowed);
    if (!distance.has(cause)) continue;
    for (let length = distance.get(cause); length <= Math.min(MAX_STEPS, distance.size); length += 1) {
      let found = [];
      chains(cause, effect, length, distance, allowed, found);
      found = found.filter((route) => weakestRank(route) === level);
      const words = (route) => ({ label: route.map((edge) => edge.effect.label).join("\u0001") });
      found.sort((a, b) => byLabel(words(a), words(b)));
      all.push(...found);
      if (all.length > most) return { routes: all.slice(0, most), more: true };
    }
  }
  return { routes: all, more: false };
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

const live = (edge) => edge.relation === "promotes" && edge.status !== "refuted";

function reachedBy(roots, without) {
  const found = new Set(roots), queue = [...roots];
  for (const state of queue) {
    for (const edge of state.out) {
      if (live(edge) && !without.has(edge.effect) && !found.has(edge.effect)) { found.add(edge.effect); queue.push(edge.effect); }
    }
  }
  return found;
}

// What ends when states are corrected. Roots are the uncorrected states that nothing promotes; where a loop has none, its
// uncorrected nutrient states and exposures. A finding that a corrected state led to is lost when no root reaches it any more.
function correct(iris) {
  const corrected = new Set(iris.map((iri) => byIri.get(iri)).filter(Boolean));
  const roots = nodes.filter((node) => !corrected.has(node) && !node.into.some(live));
  const reached = reachedBy(roots, corrected);
  for (const node of nodes) {
    const rooted = node.kind === "NutrientStatus" || node.kind === "Exposure";
    if (rooted && !corrected.has(node) && !reached.has(node) && ![...corrected].some((state) => reachedBy([state], new Set()).has(node))) {
      for (const more of reachedBy([node], corrected)) reached.add(more);
    }
  }
  const before = reachedBy(corrected, new Set()), lost = [], kept = [];
  for (const node of nodes) {
    if (!FINDINGS.has(node.kind) || !before.has(node) || corrected.has(node)) continue;
    if (reached.has(node)) {
      const through = node.into.filter((edge) => live(edge) && reached.has(edge.cause)).map((edge) => edge.cause.iri);
      kept.push({ ...named(node), through: [...new Set(through)].sort() });
    } else lost.push(named(node));
  }
  return { corrected: [...corrected].map(named), lost: lost.sort(byLabel), kept: kept.sort(byLabel) };
}
