// The page's data as states and claims that know each other.
import { nameIn } from "./elements.js";

export const data = JSON.parse(document.getElementById("data").textContent);
for (const [, label, , , , , tongue] of data.nodes) if (tongue) nameIn(label, tongue);
for (const [, label, tongue] of data.world.others) if (tongue) nameIn(label, tongue);
export const whole = (id) => (id[0] === "+" ? data.base : "") + id.slice(1);

/** @type {State[]} */
export const nodes = data.nodes.map(([id, label, kind, definition, synonyms, lines], at) => ({
  at,
  iri: whole(id),
  label,
  kind: data.kinds[kind][0],
  definition,
  synonyms,
  ownLines: lines,
  out: [],
  into: [],
  beside: [],
}));
/** @type {Claim[]} */
export const edges = data.edges.map(
  ([id, from, relation, to, status, certainty, onset, reversibility, note, evidence, beside = 0], at) => ({
    at,
    id: whole(id),
    cause: nodes[from],
    effect: nodes[to],
    relation,
    status,
    rank: certainty,
    certainty: data.certainties[certainty] || "",
    beside: Boolean(beside),
    onset,
    reversibility,
    note,
    evidence: evidence.map(([number, stance, study, locator, words]) => {
      const [iri, title, url] = data.sources[number];
      return {
        number: number + 1,
        iri: whole(iri),
        title,
        url,
        stance: data.stances[stance],
        study: data.studies[study],
        locator,
        note: words,
      };
    }),
  }),
);
export const byIri = new Map(nodes.map((node) => [node.iri, node]));
export const byClaim = new Map(edges.map((edge) => [edge.id, edge]));
// What is no claim of a cause stands beside: nothing walks it but the eye and the arrow keys.
for (const edge of edges) {
  (edge.beside ? edge.cause.beside : edge.cause.out).push(edge);
  if (!edge.beside || edge.cause !== edge.effect) (edge.beside ? edge.effect.beside : edge.effect.into).push(edge);
}
/** The lines that leave a state or reach it, causal or not. @param {State} node @param {"out"|"into"} side */
export const touching = (node, side) => [
  ...node[side],
  ...node.beside.filter((edge) => (side === "out" ? edge.cause : edge.effect) === node),
];
const degree = (node) => node.out.length + node.into.length + node.beside.length;

export const FINDINGS = new Set(["Symptom", "Sign", "LabFinding"]);
export const named = (node) => ({ iri: node.iri, label: node.label });
export const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const byLabel = (a, b) => before(a.label, b.label);
export const sorted = [...nodes].sort((a, b) =>
  byLabel({ label: a.label.toLowerCase() }, { label: b.label.toLowerCase() }),
);
const busiest = nodes.reduce((best, node) => (!best || degree(node) > degree(best) ? node : best), null);
export const first = byIri.get(data.start) || busiest;
export const inThousands = (count) => count.toLocaleString("en");
export const plural = (count, word) => `${inThousands(count)} ${word}${count === 1 ? "" : "s"}`;
