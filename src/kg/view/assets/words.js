// What states, claims and routes are called in words.
import { byIri, data, plural } from "./graph.js";
import { bestOf, routes, sign, weakestRank } from "./paths.js";

export const kindName = (kind) => (data.kinds.find(([name]) => name === kind) || [kind, kind])[1];
export const statusWords = (status) => (status === "unverified" ? "no good source" : status);
export const judged = (edge) =>
  [
    ...(edge.beside ? ["not causal"] : []),
    statusWords(edge.status),
    ...(edge.certainty ? [`${edge.certainty} certainty`] : []),
  ].join(", ");
export const does = (edge) => (edge.relation === "kindOf" ? "is a kind of" : edge.relation);
export const sentence = (edge) => `${edge.cause.label} ${does(edge)} ${edge.effect.label}`;
export const MEANING = {
  established: "Good sources agree, and none that was read disputes it.",
  probable: "Sources support it, but few, weak or indirect ones.",
  contested: "Sources disagree, or nothing of weight supports it.",
  refuted: "What was read speaks against it.",
  unverified: "Nothing of weight says so: only popular articles or passing words speak of it.",
};

// The answer in words before any number: how sure, then what stands on what; kg.causal.verdict says the same.
const SURE = [
  "Yes: every step is well sourced.",
  "Probably: every step has good sources.",
  "Perhaps: a step rests on little.",
  "Perhaps: a step is weakly sourced or disputed.",
];
const popular = (edge) => edge.evidence.length > 0 && edge.evidence.every((line) => line.study === "consumer article");
export function verdict(passed) {
  const route = passed.filter((edge) => edge.relation !== "kindOf");
  const alone = route.filter((edge) => edge.status === "unverified"),
    open = route.filter((edge) => edge.status === "contested");
  const well = route.filter((edge) => edge.rank < 2 && edge.status !== "contested");
  const told = (edge) =>
    `${edge.cause.label} ${edge.relation === "inhibits" ? "holds back" : "leads to"} ${edge.effect.label}`;
  const part = (words, list) => (list.length ? [`${words}: ${list.map(told).join("; ")}.`] : []);
  return [
    alone.length ? "Perhaps: one of the steps has no good source." : SURE[weakestRank(passed)],
    ...(well.length < route.length ? part("Well sourced", well) : []),
    ...part("Sources disagree", open),
    ...part("Only in a popular article", alone.filter(popular)),
    ...part(
      "Without a good source",
      alone.filter((edge) => !popular(edge)),
    ),
  ];
}
// The answer of a map of routes in a line, for paper; empty for other maps.
export function routesInWords() {
  const ends = data.flow ? data.flow.flat() : [];
  const found = ends.length === 2 ? routes(...ends.map((iri) => byIri.get(iri))).routes : [];
  if (!found.length) return "";
  const best = bestOf(found);
  const passed = [best[0].cause, ...best.map((edge) => edge.effect)].map((node) => node.label);
  const which = best === found[0] ? "The strongest route" : "The best sourced of the stronger routes";
  return `${verdict(best).join(" ")} ${which}: ${passed.join(" → ")}.`;
}
export const countOf = (found, more) =>
  more ? `more than ${plural(found.length, "route")}` : plural(found.length, "route");

export const net = (route) => (sign(route) === "+" ? "promotes" : "inhibits");
// The one step that is weaker than all others; of several alike, or of one alone, none is told apart.
export const weakestOf = (route) => {
  const worst = route.filter((edge) => edge.rank === weakestRank(route));
  return route.length > 1 && worst.length === 1 ? worst[0] : null;
};
