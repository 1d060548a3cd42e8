// The page as an address has it, and as it opens where the address says nothing.
import { $ } from "./elements.js";
import { byClaim, byIri, data } from "./graph.js";
import { usualDepth } from "./world.js";
import { hiddenKinds, hiddenRanks, state } from "./state.js";
import { arrange } from "./map.js";
import { quietly } from "./address.js";
import { forget, select } from "./selection.js";
import { showStart } from "./start.js";
import { showCorrection } from "./correcting.js";
import { lightFlow, showRoutes } from "./routes.js";
import { filter, setDepth } from "./filters.js";
import { openCell } from "./whole.js";

export const restore = () => quietly(read);
function read() {
  const words = new URLSearchParams(location.hash.slice(1)),
    wanted = words.get("select");
  hiddenKinds.clear();
  hiddenRanks.clear();
  for (const name of (words.get("hide") || "").split(","))
    if (name) (data.certainties.includes(name) ? hiddenRanks : hiddenKinds).add(name);
  filter({});
  state.all = words.get("show") === "all";
  state.depth = 0;
  const known = [...$("depth", HTMLSelectElement).options].some((option) => option.value === words.get("depth"));
  forget();
  setDepth(known ? words.get("depth") : usualDepth);
  const [from, to] = [byIri.get(words.get("from")), byIri.get(words.get("to"))],
    corrected = (words.get("correct") || "").split(" ").filter((iri) => byIri.has(iri));
  if (byIri.has(wanted) || byClaim.has(wanted)) select(wanted);
  else if (from && to) showRoutes(from, to, (Number(words.get("route")) || 1) - 1);
  else if (corrected.length) {
    state.corrected = new Set(corrected);
    showCorrection();
  } else if (!openCell(words.get("cell") || "")) begin();
}
/** The page before anything is chosen. */
export function begin() {
  lightFlow();
  arrange();
  showStart();
}
