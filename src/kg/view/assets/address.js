// What the reader has chosen, kept in the address: a page that is opened by it shows the same.
import { $ } from "./elements.js";
import { data } from "./graph.js";
import { usualDepth } from "./world.js";
import { hiddenKinds, hiddenRanks, state } from "./state.js";

let quiet = false;
export function remember() {
  if (quiet) return;
  const words = new URLSearchParams(),
    chosen = state.chosen || state.edge;
  if (state.routes.length) {
    const [route] = state.routes;
    words.set("from", route[0].cause.iri);
    words.set("to", route[route.length - 1].effect.iri);
    if (state.routeAt) words.set("route", String(state.routeAt + 1));
  } else if (state.corrected.size) words.set("correct", [...state.corrected].join(" "));
  else if (state.cell) words.set("cell", state.cell.key);
  else if (chosen) words.set("select", chosen.iri || chosen.id);
  if ($("depth", HTMLSelectElement).value !== usualDepth) words.set("depth", $("depth", HTMLSelectElement).value);
  if (hiddenKinds.size + hiddenRanks.size) words.set("hide", [...hiddenKinds, ...hiddenRanks].join(","));
  if (state.all && (data.layouts.part || data.flow)) words.set("show", "all");
  const text = words.toString();
  if (location.hash.slice(1) === text) return;
  // A choice is a step that the browser's Back takes back; depth and filters, and all in a frame, are none.
  const step = window.self === window.top && chosenIn(text) !== chosenIn(location.hash.slice(1));
  // In a notebook's frame there is no history to write to.
  try {
    history[step ? "pushState" : "replaceState"](null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    quiet = false;
  }
}
const chosenIn = (text) => {
  const words = new URLSearchParams(text);
  return ["from", "to", "correct", "cell", "select"].map((name) => words.get(name)).join(" ");
};
/** Do what chooses without writing it to the address. @param {() => void} act */
export function quietly(act) {
  quiet = true;
  act();
  quiet = false;
}
