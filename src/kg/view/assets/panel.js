// The panel beside the map. Everything is made with textContent, so that no text of the graph is ever read as HTML.
import { $ } from "./library.js";
import { FINDINGS, byIri, byLabel, data, first, plural, sorted } from "./graph.js";
import { PALETTE, kindDash, outline } from "./shapes.js";
import { svgElement } from "./painter.js";
import { downstream, state, upstream } from "./scene.js";
import { clear, selectEdge, selectNode } from "./selection.js";
import { startCorrecting } from "./correcting.js";
import { pick, routesInShort } from "./routes.js";

const panel = $("panel");

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
export const button = (text, action, attributes = {}) => {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", action);
  return element;
};
function link(text, url) {
  let safe = null;
  try {
    const parsed = new URL(url);
    if (parsed.protocol === "http:" || parsed.protocol === "https:") safe = parsed.href;
  } catch {
    safe = null;
  }
  return safe
    ? make("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, text)
    : document.createTextNode(text);
}
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
export const kindName = (kind) => (data.kinds.find(([name]) => name === kind) || [kind, kind])[1];
const statusWords = (status) => (status === "unverified" ? "rests on the articles alone" : status);
export const judged = (edge) => `${statusWords(edge.status)}, ${edge.certainty} certainty`;
export const sentence = (edge) => `${edge.cause.label} ${edge.relation} ${edge.effect.label}`;
const MEANING = {
  established: "Good sources agree, and none that was read disputes it.",
  probable: "Sources support it, but few, weak or indirect ones.",
  contested: "Sources disagree, or nothing of weight supports it.",
  refuted: "What was read speaks against it.",
  unverified: "Only the two articles say so; no outside source that was read speaks to it.",
};

export function shapeOf(kind, wide = 28, high = 16) {
  const [fill, line] = ["", "-line"].map((part) => `var(--${PALETTE.light[kind] ? kind : "other"}${part})`);
  const picture = svgElement("svg", {
    width: wide + 4,
    height: high + 4,
    viewBox: `${-wide / 2 - 2} ${-high / 2 - 2} ${wide + 4} ${high + 4}`,
    "aria-hidden": "true",
  });
  const path = svgElement("path", {
    d: outline(kind, wide, high),
    "stroke-width": 1.4,
    "stroke-dasharray": kindDash(kind).length ? "4 2" : null,
  });
  path.style.fill = fill;
  path.style.stroke = line;
  picture.append(path);
  return picture;
}
export function pips(rank) {
  const picture = svgElement("svg", {
    width: 24,
    height: 13,
    viewBox: "0 0 24 13",
    "aria-hidden": "true",
    class: "pips",
  });
  for (let at = 0; at < 4; at += 1)
    picture.append(
      svgElement("rect", {
        x: 1 + at * 6,
        y: 9 - 2 * at,
        width: 4,
        height: 3 + 2 * at,
        class: at < 4 - rank ? "full" : "",
      }),
    );
  return picture;
}
const badge = (edge) => make("span", { class: `badge ${edge.status}` }, statusWords(edge.status));

export function claimRow(edge, other) {
  const row = button("", () => selectEdge(edge), { class: "row", "aria-label": `${sentence(edge)}, ${judged(edge)}` });
  row.append(
    make("span", { class: `sign ${edge.relation}`, "aria-hidden": "true" }, edge.relation === "inhibits" ? "⊣" : "→"),
    make("span", { class: "grow" }, other.label),
    edge.status === "contested" || edge.status === "refuted" || edge.status === "unverified" ? badge(edge) : "",
    pips(edge.rank),
  );
  return make("li", {}, row);
}
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

export function show(...children) {
  panel.replaceChildren(...children.filter(Boolean));
  panel.parentElement.scrollTop = 0;
}

export function showNode(node) {
  const side = (word, steps, role) => make("span", { class: role }, `${steps.size} ${word}`);
  show(
    make("p", { class: "kind" }, shapeOf(node.kind), ` ${kindName(node.kind)}`),
    make("h2", {}, node.label),
    node.definition ? make("p", {}, node.definition) : null,
    node.synonyms.length ? make("p", { class: "quiet" }, `Also called: ${node.synonyms.join(", ")}`) : null,
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
      button("Correct this", () => startCorrecting(node)),
      button("Routes from here", () => pick("from", node)),
      button("Routes to here", () => pick("to", node)),
    ),
    wayOut(node.iri),
    claimList("Direct causes", node.into, "cause"),
    claimList("Direct effects", node.out, "effect"),
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
    make("p", { class: "kind" }, "Claim"),
    make(
      "h2",
      {},
      edge.cause.label,
      make("span", { class: `verb ${edge.relation}` }, ` ${edge.relation} `),
      edge.effect.label,
    ),
    make(
      "dl",
      {},
      make("dt", {}, "Status"),
      make("dd", {}, statusWords(edge.status)),
      make("dt", {}, "Certainty"),
      make("dd", {}, edge.certainty, " ", pips(edge.rank)),
    ),
    MEANING[edge.status] ? make("p", { class: "quiet" }, MEANING[edge.status]) : null,
    evidenceList("Evidence for", side("supports"), "for") || make("p", {}, "No evidence for it."),
    evidenceList("Evidence against", against, "against"),
    evidenceList("Mixed reports", mixed, "mixed"),
    against.length + mixed.length ? null : make("p", { class: "quiet" }, "No source that was read speaks against it."),
    facts.length
      ? make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]))
      : null,
    make(
      "p",
      { class: "buttons" },
      button(`Cause: ${edge.cause.label}`, () => selectNode(edge.cause)),
      button(`Effect: ${edge.effect.label}`, () => selectNode(edge.effect)),
    ),
    wayOut(edge.id),
  );
}

export function showStart() {
  const ends = sorted
    .filter((node) => FINDINGS.has(node.kind))
    .sort((a, b) => b.into.length - a.into.length)
    .slice(0, 5);
  const starts = sorted
    .filter((node) => !FINDINGS.has(node.kind) && node !== first)
    .sort((a, b) => b.out.length - a.out.length)
    .slice(0, first ? 2 : 3);
  const offered = data.flow && data.flow.flat().length === 2 ? data.flow.flat().map((iri) => byIri.get(iri)) : null;
  const ask = (text, node) =>
    make(
      "li",
      {},
      button(text, () => selectNode(node), { class: "row" }),
    );
  const reading = data.reading
    ? make(
        "section",
        {},
        make("h3", {}, data.reading[0]),
        make(
          "ul",
          { class: "rows" },
          ...data.reading[1].map(([text, small, at]) => make("li", {}, readingRow(text, small, byIri.get(at)))),
        ),
      )
    : null;
  show(
    offered && !reading ? routesInShort(...offered) : null,
    make("h2", {}, "How to read this map"),
    make(
      "p",
      {},
      "Causes stand on the left, effects on the right. Select a state to see what leads to it and what it leads to, " +
        "or an arrow to read its evidence for and against.",
    ),
    make(
      "p",
      { class: "quiet" },
      "The thicker an arrow and the more bars, the more certain the claim. A hollow head rests on the two articles " +
        "alone; a question mark in a halo is contested.",
    ),
    reading,
    make("h3", {}, "Start with"),
    make(
      "ul",
      { class: "rows" },
      first ? ask(`What does ${first.label} lead to?`, first) : "",
      ...ends.map((node) => ask(`What leads to ${node.label}?`, node)),
      ...starts.filter((node) => node.out.length).map((node) => ask(`What does ${node.label} lead to?`, node)),
    ),
  );
}
function readingRow(text, small, node) {
  const row = button("", () => (node ? selectNode(node) : clear()), { class: "row" });
  row.append(make("span", { class: "grow" }, text, make("small", {}, small)));
  return row;
}
