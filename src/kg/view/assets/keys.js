// Keys: the map is walked by arrows, the search begins with a slash, Escape lets go.
import { $, say } from "./elements.js";
import { nodes, touching } from "./graph.js";
import { container, hidden, narrow, state } from "./state.js";
import { clear, selectNode } from "./selection.js";

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
      ? touching(from, "into").map((edge) => edge.cause)
      : event.key === keys.out
        ? touching(from, "out").map((edge) => edge.effect)
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
    $("search").focus();
  }
  if (event.key === "Escape") clear();
});
