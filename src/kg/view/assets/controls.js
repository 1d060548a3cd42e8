// Search, pickers, filters, keys, downloads, and the state in the address.
const $ = (id) => document.getElementById(id);

for (const [id, first] of [["from", "from …"], ["to", "to …"]]) {
  $(id).append(make("option", { value: "" }, first), ...sorted.map((node) => make("option", { value: node.iri }, node.label)));
  $(id).addEventListener("change", () => { if ($("from").value && $("to").value) showRoutes(byIri.get($("from").value), byIri.get($("to").value)); });
}

const listed = $("found");
function search() {
  const words = $("search").value.trim().toLowerCase();
  const hit = (node) => [node.label, ...node.synonyms].some((name) => name.toLowerCase().includes(words));
  const found = words ? sorted.filter(hit).slice(0, 8) : [];
  listed.replaceChildren(...found.map((node) => make("li", {}, button(node.label, () => choose(node)))));
  if (words) say(found.length ? `${found.length} found; Enter takes ${found[0].label}.` : "Nothing is called so on this map.");
  return found;
}
function choose(node) { $("search").value = ""; listed.replaceChildren(); selectNode(node); container.focus(); }
$("search").addEventListener("input", search);
$("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { const found = search(); if (found.length) choose(found[0]); event.preventDefault(); }
  if (event.key === "Escape") { $("search").value = ""; listed.replaceChildren(); container.focus(); event.stopPropagation(); }
});

$("depth").addEventListener("change", () => { depth = $("depth").value === "all" ? Infinity : Number($("depth").value); if (chosen) selectNode(chosen); });

function filter(wanted) {
  for (const [kind, on] of Object.entries(wanted)) { if (on) hiddenKinds.delete(kind); else hiddenKinds.add(kind); }
  for (const box of document.querySelectorAll("[data-kind]")) box.checked = !hiddenKinds.has(box.dataset.kind);
  redraw();
  say(`${nodes.filter((node) => !look.hidden(node)).length} of ${nodes.length} states shown.`);
}
for (const box of document.querySelectorAll("[data-kind]")) box.addEventListener("change", () => filter({ [box.dataset.kind]: box.checked }));

function setTheme(name) {
  theme = name === "dark" ? DARK : LIGHT;
  document.documentElement.dataset.theme = name;
  $("dark").setAttribute("aria-pressed", name === "dark");
  legend(); redraw();
}
$("dark").addEventListener("click", () => setTheme(theme === DARK ? "light" : "dark"));

function legend() {
  for (const picture of document.querySelectorAll("svg[data-shape]")) {
    const [fill, line] = colours(picture.dataset.shape);
    const path = svgElement("path", { d: outline(picture.dataset.shape, 28, 15), fill, stroke: line, "stroke-width": 1.4, transform: "translate(16 9)" });
    if (dashed(picture.dataset.shape)) path.setAttribute("stroke-dasharray", "4 2");
    picture.replaceChildren(path);
  }
}

$("reset").addEventListener("click", () => { filter(Object.fromEntries([...hiddenKinds].map((kind) => [kind, true]))); $("from").value = $("to").value = ""; clear(); home(); });
$("table").addEventListener("click", () => { $("claims").scrollIntoView(); $("claims").focus(); });
$("correct").addEventListener("click", () => {
  const first = chosen || byIri.get(data.start) || nodes.find((node) => node.kind === "NutrientStatus") || nodes[0];
  if (first) startCorrecting(first);
});
$("zoomin").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.25 }));
$("zoomout").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.25 }));

// Arrow keys walk along the claims: left to a cause, right to an effect, up and down among the neighbours of a column.
container.addEventListener("keydown", (event) => {
  const from = chosen || byIri.get(data.start) || nodes[0];
  if (!from || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const sideways = { ArrowLeft: from.into.map((edge) => edge.cause), ArrowRight: from.out.map((edge) => edge.effect) }[event.key];
  const column = nodes.filter((node) => node !== from && Math.abs(node.x - from.x) < 70 && (event.key === "ArrowUp" ? node.y < from.y : node.y > from.y));
  const near = (sideways || column).filter((node) => !look.hidden(node)).sort((a, b) => Math.abs(a.y - from.y) - Math.abs(b.y - from.y));
  if (!chosen) selectNode(from); else if (near.length) selectNode(near[0]); else say("Nothing lies that way.");
});
container.addEventListener("keydown", (event) => { if (event.key === "Enter" && !chosen && nodes.length) selectNode(byIri.get(data.start) || nodes[0]); });
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
  if (event.key === "Escape") clear();
});

function svgElement(tag, attributes = {}, text = null) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== null) element.textContent = text;
  return element;
}
function svg() {
  const now = theme, box = bounds(), pad = 50;
  theme = LIGHT;
  const width = box.right - box.left + 2 * pad, height = box.bottom - box.top + 2 * pad;
  const root = svgElement("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${box.left - pad} ${box.top - pad} ${width} ${height}`, width, height, role: "img", "font-family": "Helvetica, Arial, sans-serif", "font-size": 14 });
  root.append(svgElement("title", {}, data.title), svgElement("rect", { x: box.left - pad, y: box.top - pad, width, height, fill: theme.ground }));
  for (const edge of edges) {
    if (look.hidden(edge.cause) || look.hidden(edge.effect)) continue;
    const colour = theme[edge.relation] || theme.ink, wide = WIDTH[edge.certainty] || 1.5;
    root.append(svgElement("path", { d: curve(edge.line), fill: "none", stroke: colour, "stroke-width": wide, "stroke-dasharray": dash(edge).join(" "), opacity: STRENGTH[edge.certainty] || 0.8 }));
    root.append(svgElement("path", { d: head(edge, 8 + 2 * wide), fill: edge.relation === "inhibits" ? "none" : hollow(edge) ? theme.ground : colour, stroke: colour, "stroke-width": edge.relation === "inhibits" ? 2.6 : 1.2 }));
    if (marker(edge)) {
      const [x, y] = middle(edge);
      root.append(svgElement("circle", { cx: x, cy: y, r: 8, fill: theme.ground, stroke: colour }), svgElement("text", { x, y: y + 4.5, "text-anchor": "middle", fill: colour, "font-weight": "bold", "font-size": 12 }, marker(edge)));
    }
  }
  for (const node of nodes) {
    if (look.hidden(node)) continue;
    const [fill, line] = colours(node.kind), group = svgElement("g", { transform: `translate(${node.x} ${node.y})` });
    group.append(svgElement("path", { d: outline(node.kind, node.w, node.h), fill, stroke: line, "stroke-width": 1.5, "stroke-dasharray": dashed(node.kind) ? "6 3" : "" }));
    node.lines.forEach((text, row) => group.append(svgElement("text", { y: (row - (node.lines.length - 1) / 2) * 16 + 5, "text-anchor": "middle", fill: theme.ink }, text)));
    root.append(group);
  }
  theme = now;
  return root;
}
function download(name, blob) {
  const anchor = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(anchor); anchor.click(); anchor.remove();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}
const fileName = data.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "pathway";
$("svg").addEventListener("click", () => download(`${fileName}.svg`, new Blob([new XMLSerializer().serializeToString(svg())], { type: "image/svg+xml" })));
$("png").addEventListener("click", () => {
  const box = bounds(), pad = 50, scale = Math.min(2, 8000 / Math.max(box.right - box.left, box.bottom - box.top, 1));
  const canvas = make("canvas", { width: Math.ceil((box.right - box.left + 2 * pad) * scale), height: Math.ceil((box.bottom - box.top + 2 * pad) * scale) });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = theme.ground; ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(scale, scale); ctx.translate(pad - box.left, pad - box.top);
  drawBands(ctx); edges.forEach((edge) => drawEdge(ctx, edge)); nodes.forEach((node) => drawNode(ctx, node));
  canvas.toBlob((blob) => download(`${fileName}.png`, blob), "image/png");
});

let quiet = false;
function remember(state) {
  if (quiet) return;
  const words = new URLSearchParams(state).toString();
  try { history.replaceState(null, "", words ? `#${words}` : location.pathname + location.search); } catch { location.hash = words; }
}
function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  quiet = true;
  const select = state.get("select"), edge = edges.find((item) => item.id === select);
  if (byIri.has(select)) selectNode(byIri.get(select));
  else if (edge) selectEdge(edge);
  else if (byIri.has(state.get("from")) && byIri.has(state.get("to"))) {
    $("from").value = state.get("from"); $("to").value = state.get("to");
    showRoutes(byIri.get(state.get("from")), byIri.get(state.get("to")));
  } else if (state.get("correct")) {
    correcting = new Set(state.get("correct").split(" ").filter((iri) => byIri.has(iri)));
    if (correcting.size) showCorrection(); else showStart();
  } else showStart();
  quiet = false;
}

window.kgView = {
  nodes: () => nodes.map((node) => ({ id: node.iri, label: node.label, kind: node.kind })),
  edges: () => edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, relation: edge.relation, status: edge.status })),
  select: (id) => { const edge = edges.find((item) => item.id === id); if (byIri.has(id)) selectNode(byIri.get(id)); else if (edge) selectEdge(edge); },
  clear, highlighted: () => ({ upstream: [...upstream].map((node) => node.iri), downstream: [...downstream].map((node) => node.iri) }),
  paths: pathsAsJson, correct, filter, scale: () => network.getScale(),
};

$("print").replaceChildren(svg());
setTheme(window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
home();
restore();
window.addEventListener("hashchange", restore);
network.once("afterDrawing", () => { document.documentElement.dataset.ready = "true"; });
redraw();
