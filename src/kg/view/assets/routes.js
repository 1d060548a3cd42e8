// A question that a reader puts to the map: how does A lead to B?
import { $ } from "./library.js";
import { byIri, data, plural } from "./graph.js";
import { routes, sign, weakest, weakestRank } from "./paths.js";
import { LARGE, narrow, state } from "./scene.js";
import { arrange, bringIntoView } from "./map.js";
import { forget, say, showAllFor } from "./selection.js";
import { button, claimRow, make, pips, show } from "./panel.js";
import { setEnd, stateIn } from "./ends.js";
import { remember } from "./save.js";

export function pick(end, node) {
  setEnd(end, node);
  const [cause, effect] = [stateIn($("from")), stateIn($("to"))];
  if (cause && effect && cause !== effect) showRoutes(cause, effect);
  else {
    $(end === "from" ? "to" : "from").focus();
    say(`Route ${end === "from" ? "from" : "to"} ${node.label}: now pick the other end.`);
  }
}

// What a map of routes says, before anything is chosen: the sign, how sure it is, and the best route step by step.
export function routesInShort(cause, effect) {
  const { routes: found, more } = routes(cause, effect);
  if (!found.length) return null;
  const [best] = found,
    against = found.filter((route) => sign(route) !== sign(best)).length;
  const opposed = against ? ` ${against} of the routes ${against === 1 ? "has" : "have"} the opposite sign.` : "";
  return make(
    "section",
    { class: "short" },
    make("h2", {}, `Can ${cause.label} ${sign(best) === "+" ? "lead to" : "hold back"} ${effect.label}?`),
    ...verdict(best).map((words) => make("p", {}, words)),
    make(
      "p",
      { class: "quiet" },
      `The strongest of ${countOf(found, more)}: ${plural(best.length, "step")}, ` +
        `the weakest of ${weakest(best)} certainty.${opposed}`,
    ),
    make("ul", { class: "steps" }, ...best.map((edge) => stepRow(edge, weakestOf(best)))),
    make(
      "p",
      {},
      button("Show the routes", () => showRoutes(cause, effect)),
    ),
  );
}
// The answer in words before any number: how sure, then what stands on what.
const SURE = [
  "Yes: every step is well sourced.",
  "Probably: every step has good sources.",
  "Perhaps: a step rests on little.",
  "Perhaps: a step is weakly sourced or disputed.",
];
function verdict(route) {
  const alone = route.filter((edge) => edge.status === "unverified"),
    open = route.filter((edge) => edge.status === "contested");
  const well = route.filter((edge) => edge.rank < 2 && edge.status !== "contested");
  const told = (edge) =>
    `${edge.cause.label} ${edge.relation === "inhibits" ? "holds back" : "leads to"} ${edge.effect.label}`;
  const part = (words, list) => (list.length ? [`${words}: ${list.map(told).join("; ")}.`] : []);
  return [
    alone.length ? "Perhaps: a step is said by the two articles alone." : SURE[weakestRank(route)],
    ...(well.length < route.length ? part("Well sourced", well) : []),
    ...part("Sources disagree", open),
    ...part("Said by an article only", alone),
  ];
}
// The answer of a map of routes in a line, for paper; empty for other maps.
export function routesInWords() {
  const ends = data.flow ? data.flow.flat() : [];
  const [best] = ends.length === 2 ? routes(...ends.map((iri) => byIri.get(iri))).routes : [];
  if (!best) return "";
  const passed = [best[0].cause, ...best.map((edge) => edge.effect)].map((node) => node.label);
  return `${verdict(best).join(" ")} The strongest route: ${passed.join(" → ")}.`;
}
const countOf = (found, more) => (more ? `more than ${plural(found.length, "route")}` : plural(found.length, "route"));

export function showRoutes(cause, effect, at = 0) {
  const { routes: found, more } = routes(cause, effect);
  forget();
  setEnd("from", cause);
  setEnd("to", effect);
  state.routes = found;
  const list = make("ol", { class: "rows routes" });
  const open = (number) => {
    state.route = found[number];
    showAllFor(...found[number].flatMap((edge) => [edge.cause, edge.effect]));
    if (!LARGE || narrow()) arrange({ keepView: !narrow() });
    else arrange();
    for (const [other, item] of [...list.children].entries()) {
      item.firstElementChild.setAttribute("aria-expanded", other === number);
      item.querySelector("ul")?.remove();
    }
    list.children[number].append(
      make("ul", { class: "steps" }, ...found[number].map((edge) => stepRow(edge, weakestOf(found[number])))),
    );
    bringIntoView(effect);
    remember(number);
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
  const ends = data.flow ? data.flow.flat() : [];
  const [best] = ends.length === 2 ? routes(...ends.map((iri) => byIri.get(iri))).routes : [];
  if (best && (narrow() || best.every((edge) => data.layouts.part === undefined || data.layouts.part.lines[edge.at])))
    Object.assign(state, { route: best, opening: true });
}
const net = (route) => (sign(route) === "+" ? "promotes" : "inhibits");
// The one step that is weaker than all others; of several alike, or of one alone, none is told apart.
const weakestOf = (route) => {
  const worst = route.filter((edge) => edge.rank === weakestRank(route));
  return route.length > 1 && worst.length === 1 ? worst[0] : null;
};
function stepRow(edge, worst) {
  const row = claimRow(edge, edge.effect);
  row.firstElementChild.prepend(make("span", { class: "cause" }, edge.cause.label));
  if (edge === worst) row.firstElementChild.append(make("small", { class: "worst" }, "weakest step"));
  return row;
}
