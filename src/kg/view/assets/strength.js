// How strong a chain of claims is; the rule is that of kg.causal.strength.
import { HUB, RULES, caps, world } from "./world.js";

/**
 * What the gates of a claim leave of it, where `passed` are the states up to its cause.
 * @param {WorldClaim} claim @param {WorldState[]} passed @param {Set<WorldState>} told
 */
function gateFactor(claim, passed, told) {
  let factor = 1;
  for (const [degree, ...meeting] of claim.gates || []) {
    if (meeting.some((at) => passed.includes(world[at]) || told.has(world[at]))) continue;
    if (degree) factor *= RULES.degree;
    else if (passed.length === 1) factor *= RULES.condition;
    else return 0;
  }
  return factor;
}

/**
 * What a chain of claims is worth, from its first cause to its last effect.
 * @param {WorldClaim[]} claims @param {Set<WorldState>} told the states that are given
 * @returns {number} between 0 and 1
 */
export function worth(claims, told = new Set()) {
  const states = [claims[0].cause, ...claims.map((claim) => claim.effect)];
  if (claims.length > 1) {
    const seen = new Set(states.map((state) => state.deviation));
    if ([...seen].some((deviation) => deviation && seen.has(-deviation))) return 0;
  }
  const best = [1];
  for (const [place, claim] of claims.entries()) {
    let kept = claim.weight;
    if (place && !claim.kind && claim.cause.sort & HUB) kept *= RULES.hub;
    if (place && claims[place - 1].kind && !claim.kind) kept *= RULES.inherited;
    if (place && claim.listed) kept *= RULES.listed;
    if (
      claim.kind &&
      states.slice(0, place).some((state) => state.out.some((one) => !one.kind && one.effect === claim.effect))
    )
      return 0;
    let strength = best[place] * kept * gateFactor(claim, states.slice(0, place + 1), told),
      sign = claim.sign;
    for (let earlier = place - 1; earlier >= 0 && caps.size; earlier -= 1) {
      sign *= claims[earlier].sign;
      const cap = caps.get(`${states[earlier].at} ${claim.effect.at} ${sign}`);
      if (cap !== undefined) strength = Math.min(strength, best[earlier] * cap);
    }
    if (!strength || (claim.answers && states.slice(place + 1).some((state) => state.deviation === -claim.answers)))
      return 0;
    best.push(strength);
  }
  return best[claims.length];
}
