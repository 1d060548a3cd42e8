// Search, pickers, filters and keys.
import { $ } from "./library.js";
import { byIri, data, edges, first, nodes, sorted } from "./graph.js";
import { usualDepth, world } from "./world.js";
import { PALETTE, setColours, theme } from "./shapes.js";
import { LARGE, container, hidden, hiddenKinds, hiddenRanks, narrow, state } from "./scene.js";
import { arrange, fitAll, home, network, note, redraw } from "./map.js";
import { clear, say, selectNode } from "./selection.js";
import { make } from "./panel.js";
import { onNamed, setEnd, stateIn } from "./ends.js";
import { startCorrecting } from "./correcting.js";
import { showRoutes } from "./routes.js";
import { remember } from "./save.js";

for (const id of ["from", "to"])
  onNamed($(id), () => {
    const [cause, effect] = [stateIn($("from")), stateIn($("to"))];
    if (cause && effect && cause !== effect) showRoutes(cause, effect);
  });

const listed = $("found"),
  searchBox = $("search");
let marked = 0;
function search() {
  const words = searchBox.value.trim().toLowerCase();
  const score = (node) =>
    [node.label, ...node.synonyms].reduce((best, name, at) => {
      const place = name.toLowerCase().indexOf(words);
      return place < 0 ? best : Math.min(best, (place ? 2 : 0) + (at ? 1 : 0));
    }, 9);
  const found = words
    ? sorted
        .map((node) => [score(node), node])
        .filter(([rank]) => rank < 9)
        .sort((a, b) => a[0] - b[0])
        .slice(0, 8)
        .map(([, node]) => node)
    : [];
  marked = Math.min(marked, Math.max(0, found.length - 1));
  listed.replaceChildren(
    ...found.map((node, at) => {
      const other = node.label.toLowerCase().includes(words)
        ? null
        : node.synonyms.find((name) => name.toLowerCase().includes(words));
      const item = make(
        "li",
        { role: "option", id: `found-${at}`, "aria-selected": at === marked },
        node.label,
        other ? make("small", {}, other) : null,
      );
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(node);
      });
      return item;
    }),
  );
  if (words && !found.length)
    listed.append(make("li", { class: "quiet", role: "option", "aria-disabled": "true" }, elsewhere(words)));
  listed.hidden = !listed.childElementCount;
  searchBox.setAttribute("aria-expanded", !listed.hidden);
  if (found.length) searchBox.setAttribute("aria-activedescendant", `found-${marked}`);
  else searchBox.removeAttribute("aria-activedescendant");
  if (words) say(found.length ? `${found.length} found; Enter takes ${found[marked].label}.` : elsewhere(words));
  return found;
}
// What to say where no state of this map bears the words: the whole graph may know one.
function elsewhere(words) {
  const known = world.find((state) => !state.node && state.label.toLowerCase().includes(words));
  return known ? `${known.label} is not on this map.` : "Nothing on this map has this name.";
}
function closeSearch() {
  searchBox.value = "";
  marked = 0;
  search();
}
function choose(node) {
  closeSearch();
  selectNode(node);
  container.focus();
}
searchBox.addEventListener("input", () => {
  marked = 0;
  search();
});
searchBox.addEventListener("blur", () => {
  listed.hidden = true;
  searchBox.setAttribute("aria-expanded", false);
});
searchBox.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    marked = Math.max(0, marked + (event.key === "ArrowDown" ? 1 : -1));
    search();
    event.preventDefault();
  }
  if (event.key === "Enter") {
    const found = search();
    if (found.length) choose(found[marked]);
    event.preventDefault();
  }
  if (event.key === "Escape") {
    closeSearch();
    container.focus();
    event.stopPropagation();
  }
});

export function setDepth(value) {
  state.depth = value === "all" ? Infinity : Number(value);
  $("depth").value = value;
  if (state.chosen) selectNode(state.chosen);
  else if (LARGE) arrange();
}
$("depth").addEventListener("change", () => setDepth($("depth").value));

/** The boxes that show or hide a kind or a certainty. @type {NodeListOf<HTMLInputElement>} */
const boxes = document.querySelectorAll("[data-kind], [data-rank]");

/** @param {Record<string, boolean>} wanted kinds and certainties to show or to hide */
export function filter(wanted) {
  for (const [name, on] of Object.entries(wanted)) {
    const set = data.certainties.includes(name) ? hiddenRanks : hiddenKinds;
    if (on) set.delete(name);
    else set.add(name);
  }
  for (const box of boxes) box.checked = !hiddenKinds.has(box.dataset.kind) && !hiddenRanks.has(box.dataset.rank);
  if (LARGE || narrow()) arrange({ keepView: false });
  redraw();
  note();
  remember();
  say(
    `${nodes.filter((node) => !hidden(node)).length} of ${nodes.length} states and ` +
      `${edges.filter((edge) => !hidden(edge)).length} of ${edges.length} claims shown.`,
  );
}
for (const box of boxes)
  box.addEventListener("change", () => filter({ [box.dataset.kind || box.dataset.rank]: box.checked }));

export function setTheme(name) {
  setColours(PALETTE[name]);
  document.documentElement.dataset.theme = name;
  $("dark").setAttribute("aria-pressed", String(name === "dark"));
  redraw();
}
$("dark").addEventListener("click", () => setTheme(theme === PALETTE.dark ? "light" : "dark"));

$("more").addEventListener("click", () => {
  if (LARGE) state.limit = 120;
  else state.all = true;
  arrange();
  remember();
  $("less").focus();
});
$("less").addEventListener("click", () => {
  state.limit = 45;
  state.all = false;
  arrange();
  remember();
  $("more").focus();
});
$("reset").addEventListener("click", () => {
  hiddenKinds.clear();
  hiddenRanks.clear();
  filter({});
  setEnd("from", null);
  setEnd("to", null);
  Object.assign(state, { centre: first, all: false, limit: 45 });
  setDepth(usualDepth);
  clear();
  arrange();
  home();
});
$("table").addEventListener("click", () => {
  $("claims").scrollIntoView();
  $("claims").focus();
});
$("correct").addEventListener("click", () => {
  const start = state.chosen || byIri.get(data.start) || nodes.find((node) => node.kind === "NutrientStatus") || first;
  if (start) startCorrecting(start);
});
$("zoomin").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.25 }));
$("zoomout").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.25 }));
$("fit").addEventListener("click", fitAll);

// Arrow keys walk along the claims: left to a cause, right to an effect, up and down among the neighbours of a column.
// On a narrow screen causes stand above and effects below, and the keys follow.
container.addEventListener("keydown", (event) => {
  const from = state.chosen || state.centre;
  if (!from) return;
  if (event.key === "Enter" || (event.key.startsWith("Arrow") && !state.chosen)) {
    event.preventDefault();
    selectNode(from);
    return;
  }
  if (!event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const keys = narrow() ? { into: "ArrowUp", out: "ArrowDown" } : { into: "ArrowLeft", out: "ArrowRight" };
  const along =
    event.key === keys.into
      ? from.into.map((edge) => edge.cause)
      : event.key === keys.out
        ? from.out.map((edge) => edge.effect)
        : null;
  const beside = nodes.filter(
    (node) =>
      node.shown &&
      node !== from &&
      Math.abs(node.x - from.x) < 70 &&
      (event.key === "ArrowUp" ? node.y < from.y : node.y > from.y),
  );
  const near = (along || beside)
    .filter((node) => !hidden(node))
    .sort((a, b) => Math.abs((a.y ?? 0) - from.y) - Math.abs((b.y ?? 0) - from.y));
  if (near.length) selectNode(near[0]);
  else say("Nothing lies that way.");
});
document.addEventListener("keydown", (event) => {
  const typing =
    /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) &&
    !document.activeElement.matches("[type=checkbox]");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    searchBox.focus();
  }
  if (event.key === "Escape") clear();
});
let lastWidth = 0;
export function rememberWidth() {
  lastWidth = container.clientWidth;
}
network.on("resize", () => {
  if (container.clientWidth !== lastWidth) {
    rememberWidth();
    arrange();
  }
});
