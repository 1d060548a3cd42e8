// The page's data as states and claims that know each other.
export const data = JSON.parse(document.getElementById("data").textContent);
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
}));
/** @type {Claim[]} */
export const edges = data.edges.map(
  ([id, from, relation, to, status, certainty, onset, reversibility, note, evidence], at) => ({
    at,
    id: whole(id),
    cause: nodes[from],
    effect: nodes[to],
    relation,
    status,
    rank: certainty,
    certainty: data.certainties[certainty],
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
for (const edge of edges) {
  edge.cause.out.push(edge);
  edge.effect.into.push(edge);
}

export const FINDINGS = new Set(["Symptom", "Sign", "LabFinding"]);
export const named = (node) => ({ iri: node.iri, label: node.label });
export const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const byLabel = (a, b) => before(a.label, b.label);
export const sorted = [...nodes].sort((a, b) =>
  byLabel({ label: a.label.toLowerCase() }, { label: b.label.toLowerCase() }),
);
const busiest = nodes.reduce(
  (best, node) => (!best || node.out.length + node.into.length > best.out.length + best.into.length ? node : best),
  null,
);
export const first = byIri.get(data.start) || busiest;
export const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
