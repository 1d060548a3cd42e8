// What a press in the panel does. A button says it by an attribute: what draws the panel need not know who acts.
import { $ } from "./elements.js";
import { byIri } from "./graph.js";
import { clear, select } from "./selection.js";
import { startCorrecting } from "./correcting.js";
import { pick, showRoutes } from "./routes.js";

$("panel").addEventListener("click", ({ target }) => {
  const pressed = target instanceof Element ? target.closest("button") : null;
  if (!pressed) return;
  const { select: wanted, correct, from, to } = pressed.dataset;
  if (wanted !== undefined) select(wanted);
  else if (correct !== undefined) startCorrecting(byIri.get(correct));
  else if (from !== undefined && to !== undefined) showRoutes(byIri.get(from), byIri.get(to));
  else if (from !== undefined) pick("from", byIri.get(from));
  else if (to !== undefined) pick("to", byIri.get(to));
  else if ("clear" in pressed.dataset) clear();
});
