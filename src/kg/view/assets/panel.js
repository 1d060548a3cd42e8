// What the panel beside the map shows of a state and of a claim. What a press does is said by attributes (acts.js).
import { button, link, make, show } from "./elements.js";
import { byLabel, data, plural } from "./graph.js";
import { downstream, state, upstream } from "./state.js";
import { MEANING, does, kindName, statusWords } from "./words.js";
import { claimRow, pips, shapeOf } from "./rows.js";

// The way out of the map: the record's own page where the map is served, else its name, to be copied.
const served = location.protocol.startsWith("http") && location.pathname.endsWith("/view");
function wayOut(iri) {
  if (!iri.startsWith(data.base)) return null;
  const name = iri.slice(data.base.length),
    path = name.includes("/") ? name : `term/${name}`;
  if (!served) return make("p", { class: "quiet" }, make("code", { class: "iri" }, iri));
  const page = make("a", { href: location.pathname.replace(/view$/, path), target: "_top" }, "Open its page");
  return make("p", {}, page);
}
// A served map that fills the window leads back to the pages.
if (served && window.self === window.top)
  document
    .querySelector(".heading")
    .prepend(make("a", { href: location.pathname.replace(/view$/, "") }, "← To the pages"));
function claimList(title, list, end) {
  if (!list.length) return null;
  const order = [...list].sort((a, b) => a.rank - b.rank || byLabel(a[end], b[end]));
  return make(
    "section",
    {},
    make("h3", {}, `${title} (${list.length})`),
    make("ul", { class: "rows" }, ...order.map((edge) => claimRow(edge, edge[end]))),
  );
}
// The lines beside causes and effects: the relation with its direction, and the other end.
function besideList(node) {
  if (!node.beside.length) return null;
  const rows = node.beside.map((edge) => claimRow(edge, edge.cause === node ? edge.effect : edge.cause, node));
  return make(
    "section",
    {},
    make("h3", {}, `Other relations, not causal (${rows.length})`),
    make("ul", { class: "rows" }, ...rows),
  );
}

// What only a state that claims join has: how far they lead, and what can be asked of it.
function reachAndButtons(node) {
  const side = (word, steps, role) => make("span", { class: role }, `${steps.size} ${word}`);
  return [
    make(
      "p",
      { class: "both" },
      side("upstream", upstream, "upstream"),
      side("downstream", downstream, "downstream"),
      make(
        "span",
        { class: "quiet" },
        state.depth === Infinity ? "at any depth" : `within ${plural(state.depth, "claim")}`,
      ),
    ),
    make(
      "p",
      { class: "buttons" },
      button("Correct this", null, { "data-correct": node.iri }),
      button("Routes from here", null, { "data-from": node.iri }),
      button("Routes to here", null, { "data-to": node.iri }),
    ),
  ];
}
export function showNode(node) {
  const walked = node.into.length + node.out.length > 0 || !node.beside.length;
  show(
    make("p", { class: "kind" }, shapeOf(node.kind), ` ${kindName(node.kind)}`),
    make("h2", {}, node.label),
    node.definition ? make("p", {}, node.definition) : null,
    node.synonyms.length ? make("p", { class: "quiet" }, `Also called: ${node.synonyms.join(", ")}`) : null,
    ...(walked ? reachAndButtons(node) : []),
    wayOut(node.iri),
    claimList("Direct causes", node.into, "cause"),
    claimList("Direct effects", node.out, "effect"),
    besideList(node),
  );
}

function evidenceList(title, lines, role) {
  if (!lines.length) return null;
  const items = lines.map((line) =>
    make(
      "li",
      {},
      link(line.title, line.url),
      make("small", {}, [line.study, line.locator].filter(Boolean).join(" · ")),
      line.note ? make("p", {}, line.note) : null,
    ),
  );
  return make(
    "section",
    { class: `side ${role}` },
    make("h3", {}, `${title} (${lines.length})`),
    make("ul", { class: "evidence" }, ...items),
  );
}
export function showEdge(edge) {
  const side = (stance) => edge.evidence.filter((line) => line.stance === stance);
  const facts = [
    ["Onset", edge.onset],
    ["Reversibility", edge.reversibility],
    ["Note", edge.note],
  ].filter(([, value]) => value);
  const against = side("disputes"),
    mixed = side("mixed");
  show(
    make("p", { class: "kind" }, edge.beside ? "Relation, not causal" : "Claim"),
    make(
      "h2",
      {},
      edge.cause.label,
      make("span", { class: `verb ${edge.beside ? "" : edge.relation}` }, ` ${does(edge)} `),
      edge.effect.label,
    ),
    make(
      "dl",
      {},
      make("dt", {}, "Status"),
      make("dd", {}, statusWords(edge.status)),
      ...(edge.certainty ? [make("dt", {}, "Certainty"), make("dd", {}, edge.certainty, " ", pips(edge.rank))] : []),
    ),
    edge.beside ? make("p", { class: "quiet" }, "Routes, strengths and corrections do not follow it.") : null,
    MEANING[edge.status] ? make("p", { class: "quiet" }, MEANING[edge.status]) : null,
    evidenceList("Evidence for", side("supports"), "for") ||
      (edge.certainty ? make("p", {}, "No evidence for it.") : null),
    evidenceList("Evidence against", against, "against"),
    evidenceList("Mixed reports", mixed, "mixed"),
    against.length + mixed.length || !edge.certainty
      ? null
      : make("p", { class: "quiet" }, "No source that was read speaks against it."),
    facts.length
      ? make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))
      : null,
    make(
      "p",
      { class: "buttons" },
      button(`${edge.beside ? "From" : "Cause"}: ${edge.cause.label}`, null, { "data-select": edge.cause.iri }),
      button(`${edge.beside ? "To" : "Effect"}: ${edge.effect.label}`, null, { "data-select": edge.effect.iri }),
    ),
    edge.certainty ? wayOut(edge.id) : null,
  );
}
