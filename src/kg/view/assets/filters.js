// What of the map is shown: how far from the chosen state, which kinds, which certainties, how many states.
import { $, say } from "./elements.js";
import { data, edges, nodes } from "./graph.js";
import { LARGE, hidden, hiddenKinds, hiddenRanks, narrow, state } from "./state.js";
import { arrange, note, redraw } from "./map.js";
import { remember } from "./address.js";
import { selectNode } from "./selection.js";

const depthBox = $("depth", HTMLSelectElement);
export function setDepth(value) {
  state.depth = value === "all" ? Infinity : Number(value);
  depthBox.value = value;
  if (state.chosen) selectNode(state.chosen);
  else if (LARGE) arrange();
}
depthBox.addEventListener("change", () => setDepth(depthBox.value));

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
for (const box of boxes) {
  const name = box.dataset.kind || box.dataset.rank,
    group = [...boxes].filter((other) => "kind" in other.dataset === "kind" in box.dataset);
  let only = false;
  box.parentElement.title = "With Alt: only this";
  // A click on the words reaches the box as another click, without the key.
  box.parentElement.addEventListener("click", (event) => {
    if (event.target !== box || event.altKey) only = event.altKey;
  });
  box.addEventListener("change", () => {
    const named = (other) => other.dataset.kind || other.dataset.rank;
    filter(only ? Object.fromEntries(group.map((other) => [named(other), other === box])) : { [name]: box.checked });
    only = false;
  });
}
