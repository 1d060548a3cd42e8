// The panel beside the map. Everything is made with textContent, so that no text of the graph is ever read as HTML.
const panel = document.getElementById("panel");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
const button = (text, action, attributes = {}) => {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", action);
  return element;
};
function link(text, url) {
  let safe = null;
  try { const parsed = new URL(url); if (parsed.protocol === "http:" || parsed.protocol === "https:") safe = parsed.href; } catch { safe = null; }
  return safe ? make("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, text) : document.createTextNode(text);
}
const kindName = (kind) => (data.kinds.find(([name]) => name === kind) || [kind, kind])[1];
const judged = (edge) => (edge.status === "unverified" ? "rests on the articles alone; certainty very low" : `${edge.status}; certainty ${edge.certainty}`);

function claimButton(edge, other) {
  const arrow = edge.relation === "inhibits" ? "⊣" : "→";
  const item = button("", () => selectEdge(edge), { class: "row" });
  item.append(make("span", { class: "sign", "aria-hidden": "true" }, arrow), make("span", {}, other.label), make("small", {}, judged(edge)));
  item.setAttribute("aria-label", `${edge.cause.label} ${edge.relation} ${edge.effect.label}, ${judged(edge)}`);
  return make("li", {}, item);
}
function claimList(title, list, end) {
  if (!list.length) return null;
  const order = [...list].sort((a, b) => rank(a) - rank(b) || (a[end].label < b[end].label ? -1 : 1));
  return make("section", {}, make("h3", {}, title), make("ul", { class: "rows" }, ...order.map((edge) => claimButton(edge, edge[end]))));
}

function showNode(node) {
  const also = node.synonyms.length ? make("p", { class: "quiet" }, `Also called: ${node.synonyms.join(", ")}`) : null;
  panel.replaceChildren(
    make("p", { class: "kind" }, kindName(node.kind)), make("h2", {}, node.label), node.definition ? make("p", {}, node.definition) : "", also || "",
    make("p", { class: "both" }, make("span", { class: "upstream" }, `${upstream.size} upstream`), make("span", { class: "downstream" }, `${downstream.size} downstream`)),
    button("Correct this", () => startCorrecting(node), { class: "wide" }),
    claimList("Direct causes", node.into, "cause") || "", claimList("Direct effects", node.out, "effect") || "",
  );
}

function evidenceList(title, lines) {
  if (!lines.length) return null;
  const items = lines.map((line) => make("li", {}, link(line.title, line.url), make("small", {}, [line.study, line.locator].filter(Boolean).join(" · ")), line.note ? make("p", {}, line.note) : null));
  return make("section", {}, make("h3", {}, title), make("ul", { class: "evidence" }, ...items));
}
function showEdge(edge) {
  const side = (stance) => edge.evidence.filter((line) => line.stance === stance);
  const facts = [["Status", edge.status === "unverified" ? "rests on the articles alone" : edge.status], ["Certainty", edge.certainty], ["Onset", edge.onset], ["Reversibility", edge.reversibility], ["Note", edge.note]];
  panel.replaceChildren(
    make("p", { class: "kind" }, "Claim"),
    make("h2", {}, `${edge.cause.label} ${edge.relation} ${edge.effect.label}`),
    make("dl", {}, ...facts.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    evidenceList("Evidence for", side("supports")) || make("p", {}, "No evidence for it."),
    evidenceList("Evidence against", side("disputes")) || "", evidenceList("Mixed reports", side("mixed")) || "",
    make("p", {}, button(`Cause: ${edge.cause.label}`, () => selectNode(edge.cause)), " ", button(`Effect: ${edge.effect.label}`, () => selectNode(edge.effect))),
  );
}

function showRoutes(cause, effect) {
  const { routes: found, more } = routes(cause, effect);
  const items = found.map((route, at) => {
    const text = [route[0].cause, ...route.map((edge) => edge.effect)].map((node) => node.label).join(" → ");
    const item = button("", () => { showRoute(route); [...panel.querySelectorAll(".row")].forEach((row, i) => row.setAttribute("aria-pressed", i === at)); }, { class: "row route" });
    item.append(make("span", { class: "sign" }, sign(route) === "+" ? "+" : "−"), make("span", {}, text), make("small", {}, `${route.length} steps · weakest: ${weakest(route)}`));
    return make("li", {}, item);
  });
  panel.replaceChildren(
    make("p", { class: "kind" }, "Routes"), make("h2", {}, `${cause.label} to ${effect.label}`),
    make("p", { class: "quiet" }, found.length ? `${more ? `The first ${found.length} routes; there are more` : `${found.length} routes`}, most certain first. + promotes, − inhibits.` : "No route leads from one to the other on this map."),
    make("ul", { class: "rows" }, ...items),
  );
  if (found.length) showRoute(found[0]);
  remember({ from: cause.iri, to: effect.iri });
}

function startCorrecting(node) { forget(); correcting = new Set([node.iri]); showCorrection(); }
function showCorrection() {
  redraw();
  const answer = correct([...correcting]);
  const list = (title, items) => make("section", {}, make("h3", {}, title), items.length ? make("ul", {}, ...items) : make("p", { class: "quiet" }, "None on this map."));
  const label = (iri) => byIri.get(iri).label;
  panel.replaceChildren(
    make("p", { class: "kind" }, "Correct this"), make("h2", {}, "If these were corrected"),
    make("ul", { class: "rows" }, ...[...correcting].map((iri) => make("li", {}, button(`${label(iri)} ✕`, () => { correcting.delete(iri); if (correcting.size) showCorrection(); else clear(); }, { "aria-label": `Do not correct ${label(iri)}` })))),
    make("p", {}, addPicker()),
    list("Findings that lose every route", answer.lost.map((item) => make("li", {}, item.label))),
    list("Findings that keep one", answer.kept.map((item) => make("li", {}, `${item.label}, through ${item.through.map(label).join(", ")}`))),
    make("p", { class: "quiet" }, "As far as this map reaches. Information, not medical advice."),
  );
  remember({ correct: [...correcting].join(" ") });
  say(`${answer.lost.length} findings lose every route, ${answer.kept.length} keep one.`);
}
function addPicker() {
  const select = make("select", { "aria-label": "Also correct" }, make("option", { value: "" }, "Also correct …"));
  for (const node of sorted) if (!correcting.has(node.iri) && !FINDINGS.has(node.kind)) select.append(make("option", { value: node.iri }, node.label));
  select.addEventListener("change", () => { if (select.value) { correcting.add(select.value); showCorrection(); } });
  return select;
}

const sorted = [...nodes].sort((a, b) => (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1));
function showStart() {
  const ends = sorted.filter((node) => FINDINGS.has(node.kind)).sort((a, b) => b.into.length - a.into.length).slice(0, 6);
  panel.replaceChildren(
    make("h2", {}, "How to read this map"),
    make("p", {}, "Causes stand on the left, effects on the right. An arrow promotes, a dashed line with a bar inhibits. Select a state to light up what lies upstream and downstream, or an arrow to read its evidence for and against."),
    make("p", {}, "A hollow arrowhead rests on the two articles alone. A question mark is contested: sources disagree."),
    ends.length ? make("h3", {}, "Start with") : "", make("ul", { class: "rows" }, ...ends.map((node) => make("li", {}, button(`What leads to ${node.label}?`, () => selectNode(node), { class: "row" })))),
  );
}
