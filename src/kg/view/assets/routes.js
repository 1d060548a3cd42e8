// The question that a reader puts to the map: how does A lead to B?
import { $, button, make, say, show } from "./elements.js";
import { byIri, data, plural } from "./graph.js";
import { bestOf, routes, sign, weakest, weakestRank } from "./paths.js";
import { LARGE, narrow, state } from "./state.js";
import { arrange, bringIntoView } from "./map.js";
import { net, weakestOf } from "./words.js";
import { pips, stepRow } from "./rows.js";
import { setEnd, stateIn } from "./ends.js";
import { remember } from "./address.js";
import { forget, showAllFor } from "./selection.js";

/** Show the routes between the two states that the fields name, if they name two. @returns {boolean} */
export function showPicked() {
  const [cause, effect] = [stateIn($("from", HTMLInputElement)), stateIn($("to", HTMLInputElement))],
    both = Boolean(cause && effect && cause !== effect);
  if (both) showRoutes(cause, effect);
  return both;
}
/** Take a state as one end of a route. @param {"from"|"to"} end @param {State} node */
export function pick(end, node) {
  setEnd(end, node);
  if (showPicked()) return;
  $(end === "from" ? "to" : "from").focus();
  say(`Route ${end === "from" ? "from" : "to"} ${node.label}: now pick the other end.`);
}

export function showRoutes(cause, effect, at = 0) {
  const { routes: found, more } = routes(cause, effect);
  forget();
  setEnd("from", cause);
  setEnd("to", effect);
  state.routes = found;
  const list = make("ol", { class: "rows routes" });
  const open = (number) => {
    Object.assign(state, { route: found[number], routeAt: number });
    showAllFor(...found[number]);
    if (!LARGE || narrow()) arrange({ keepView: !narrow() && !data.flow });
    else arrange();
    for (const [other, item] of [...list.children].entries()) {
      item.firstElementChild.setAttribute("aria-expanded", String(other === number));
      item.querySelector("ul")?.remove();
    }
    list.children[number].append(
      make("ul", { class: "steps" }, ...found[number].map((edge) => stepRow(edge, weakestOf(found[number])))),
    );
    bringIntoView(effect);
    remember();
    say(
      `Route ${number + 1} of ${found.length}: ${plural(found[number].length, "step")}, ${net(found[number])}, ` +
        `weakest step ${weakest(found[number])}.`,
    );
  };
  found.forEach((route, number) => {
    const row = button("", () => open(number), { class: "row route", "aria-expanded": "false" });
    const passed =
      route
        .slice(0, -1)
        .map((edge) => edge.effect.label)
        .join(" → ") || "directly";
    row.append(
      make(
        "span",
        { class: `sign ${sign(route) === "+" ? "promotes" : "inhibits"}`, "aria-hidden": "true" },
        sign(route) === "+" ? "+" : "−",
      ),
      make(
        "span",
        { class: "grow" },
        passed,
        make(
          "small",
          {},
          `${plural(route.length, "step")} · strength ${route.strength.toFixed(2)} · ` +
            `net ${net(route)} · weakest: ${weakest(route)}`,
        ),
      ),
      pips(weakestRank(route)),
    );
    list.append(make("li", {}, row));
  });
  const words = found.length
    ? (more ? `The first ${found.length} of more routes` : plural(found.length, "route")) +
      ", different ways first, the strongest of each."
    : "No route leads from one to the other on this map.";
  show(
    make("p", { class: "kind" }, "Routes on this map"),
    make("h2", {}, `${cause.label} to ${effect.label}`),
    make("p", { class: "quiet" }, words),
    list,
  );
  if (found.length) open(Math.min(at, found.length - 1));
  else {
    arrange({ keepView: true });
    remember();
    say(words);
  }
}
// A map from one state to another opens with its best route lit; on a narrow screen it shows that route and nothing
// else.
export function lightFlow() {
  const [cause = null, effect = null] =
      data.flow && data.flow.flat().length === 2 ? data.flow.flat().map((iri) => byIri.get(iri)) : [],
    found = cause && effect ? routes(cause, effect).routes : [];
  const drawn = (route) =>
    narrow() || route.every((edge) => data.layouts.part === undefined || data.layouts.part.lines[edge.at]);
  const best = found.length && [bestOf(found), found[0]].find(drawn);
  setEnd("from", cause);
  setEnd("to", effect);
  if (best) Object.assign(state, { route: best, opening: true });
}
