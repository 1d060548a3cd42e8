// The page's data as states and claims that know each other.
const data = JSON.parse(document.getElementById("data").textContent);
const whole = (id) => (id[0] === "+" ? data.base : "") + id.slice(1);

const nodes = data.nodes.map(([id, label, kind, definition, synonyms, lines], at) => ({
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
const edges = data.edges.map(
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
const byIri = new Map(nodes.map((node) => [node.iri, node]));
const byClaim = new Map(edges.map((edge) => [edge.id, edge]));
for (const edge of edges) {
  edge.cause.out.push(edge);
  edge.effect.into.push(edge);
}

const FINDINGS = new Set(["Symptom", "Sign", "LabFinding"]);
const named = (node) => ({ iri: node.iri, label: node.label });
const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byLabel = (a, b) => before(a.label, b.label);
const sorted = [...nodes].sort((a, b) => byLabel({ label: a.label.toLowerCase() }, { label: b.label.toLowerCase() }));
const busiest = nodes.reduce(
  (best, node) => (!best || node.out.length + node.into.length > best.out.length + best.into.length ? node : best),
  null,
);
const first = byIri.get(data.start) || busiest;
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
