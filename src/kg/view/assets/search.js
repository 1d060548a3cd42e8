// The search for a state by any of its names.
import { $, make, say } from "./elements.js";
import { sorted } from "./graph.js";
import { world } from "./world.js";
import { container } from "./state.js";
import { selectNode } from "./selection.js";

const listed = $("found"),
  searchBox = $("search", HTMLInputElement);
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
  searchBox.setAttribute("aria-expanded", String(!listed.hidden));
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
  searchBox.setAttribute("aria-expanded", "false");
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
