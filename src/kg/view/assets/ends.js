// The two ends of a route, and whatever else is picked by name: fields that complete over all states of the map.
import { $ } from "./elements.js";
import { sorted } from "./graph.js";

const byName = new Map();
for (const node of sorted)
  for (const name of [node.label, ...node.synonyms]) {
    const key = name.trim().toLowerCase();
    if (!byName.has(key) || name === node.label) byName.set(key, node);
  }
$("states").append(...sorted.map((node) => Object.assign(document.createElement("option"), { value: node.label })));

/** The state that a field names, if it names one. @param {HTMLInputElement} field @returns {State|undefined} */
export const stateIn = (field) => byName.get(field.value.trim().toLowerCase());
/** @param {"from"|"to"} id @param {State|null} node */
export const setEnd = (id, node) => {
  $(id, HTMLInputElement).value = node ? node.label : "";
};
/**
 * Act as soon as a field names a state: chosen from the list, or typed whole.
 * @param {HTMLInputElement} field @param {(node: State) => void} act
 */
export function onNamed(field, act) {
  let last = null;
  const look = () => {
    const node = stateIn(field);
    if (node && node !== last) act(node);
    last = node;
  };
  field.addEventListener("input", look);
  field.addEventListener("change", () => {
    field.setAttribute("aria-invalid", String(Boolean(field.value.trim()) && !stateIn(field)));
    look();
  });
}
