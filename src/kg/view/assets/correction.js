// What follows when states are corrected; the rule is that of kg.causal.correct.
import { byLabel, named } from "./graph.js";
import { CORRECTABLE, ENDING, RULES, STATUS, inWorld } from "./world.js";
import { worth } from "./strength.js";
import { rounded } from "./paths.js";

/**
 * The states that one state promotes within a few steps, each with its best chain and what that is worth.
 * @param {WorldState} start @param {Set<WorldState>} told the states that are given
 */
export function effectsOf(start, told) {
  const best = new Map();
  /** @type {[WorldState, 1 | -1, WorldClaim[]][]} */
  let edge = [[start, 1, []]];
  for (let step = 0; step < RULES.near; step += 1) {
    const reached = new Map();
    for (const [state, sign, chain] of edge) {
      for (const claim of state.out) {
        const far = claim.effect,
          key = `${far.at} ${sign * claim.sign}`;
        if (far === start || chain.some((one) => one.cause === far || one.effect === far)) continue;
        const claims = [...chain, claim],
          strength = worth(claims, told),
          known = best.get(key);
        if (strength < RULES.least || (known && strength <= known.strength)) continue;
        best.set(key, { state: far, sign: sign * claim.sign, strength, claims });
        reached.set(key, [far, sign * claim.sign, claims]);
      }
    }
    edge = [...reached.values()];
  }
  return [...best.values()].filter((way) => way.sign > 0);
}

/**
 * The causes next door of a state, steps of mechanism not counted, each with the strength of its way there.
 * @param {WorldState} finding @param {Set<WorldState>} corrected @returns {Map<WorldState, number>}
 */
function causesNextDoor(finding, corrected) {
  const found = new Map();
  for (const claim of finding.into) {
    if (claim.sign < 0 || claim.kind) continue;
    /** @type {any[]} pairs of a state and the strength of its way */
    const nearest =
      claim.cause.sort & CORRECTABLE
        ? [[claim.cause, claim.weight]]
        : claim.cause.into.filter((one) => one.sign > 0).map((one) => [one.cause, claim.weight * one.weight]);
    for (const [state, strength] of nearest) {
      if (!corrected.has(state) && state !== finding && state.sort & CORRECTABLE)
        found.set(state, Math.max(strength, found.get(state) || 0));
    }
  }
  return found;
}

/**
 * The strength from which on the states at the start of a way have a part in what it ends at.
 * @param {WorldClaim[]} claims
 */
function leastPart(claims) {
  const between = claims.slice(0, -1).filter((claim) => !claim.kind);
  return between.some((claim) => claim.effect.sort & STATUS) ? RULES.partBeyond : RULES.part;
}

// Whether what a way leads to goes back; a wider name of it stays as it does.
/** @param {WorldClaim[]} claims @returns {any} */
const backOf = (claims) => claims.filter((claim) => !claim.kind).at(-1)?.back;

/** What becomes of the findings when states are corrected. @param {string[]} iris */
export function correct(iris) {
  const corrected = new Set(iris.map((iri) => inWorld.get(iri)).filter(Boolean)),
    brought = new Map();
  for (const state of corrected) {
    for (const way of effectsOf(state, corrected)) {
      if (!corrected.has(way.state) && (!brought.has(way.state) || brought.get(way.state).strength < way.strength))
        brought.set(way.state, way);
    }
  }
  for (const [state, way] of brought) if (way.strength < leastPart(way.claims)) brought.delete(state);
  const grained = (value) => Math.round(value * 1e6),
    answer = { lost: [], improved: [], kept: [], may_not_reverse: [] };
  const findings = [...brought.values()]
    .filter((way) => way.state.sort & ENDING)
    .sort((a, b) => grained(b.strength) - grained(a.strength) || byLabel(a.state, b.state));
  for (const { state, strength, claims } of findings) {
    const others = causesNextDoor(state, corrected);
    let beside = 1;
    for (const [other, way] of others)
      beside *= 1 - RULES.there * (brought.has(other) ? 1 - brought.get(other).strength : 1) * way;
    beside = Math.max(beside, 1 - RULES.mostThere);
    const share = (strength * beside) / (1 - (1 - strength) * beside),
      back = backOf(claims);
    const told = { ...named(state), strength: rounded(strength), ...(back && !back[0] ? { time: back[1] } : {}) };
    const through = [...others.keys()]
      .filter((other) => !brought.has(other))
      .sort((a, b) => grained(others.get(b)) - grained(others.get(a)) || byLabel(a, b))
      .slice(0, RULES.named)
      .map((other) => other.iri);
    // What does not go back neither ends nor improves; what goes back in part at most improves.
    const stays = back ? back[0] : 0;
    if (stays === 2) continue;
    if (share >= RULES.ends && !stays) answer.lost.push(told);
    else if (share >= RULES.improves) answer.improved.push(told);
    else answer.kept.push({ ...told, through });
  }
  for (const way of brought.values()) {
    const back = backOf(way.claims);
    if (back?.[0]) answer.may_not_reverse.push({ ...named(way.state), why: back[1] });
  }
  return { corrected: [...corrected].map(named), ...answer };
}
