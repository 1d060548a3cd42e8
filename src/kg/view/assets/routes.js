// Two questions a reader puts to the map: how does A lead to B, and what ends when states are corrected.
import { $ } from "./library.js";
import { FINDINGS, byIri, data, plural, sorted } from "./graph.js";
import { inWorld } from "./world.js";
import { routes, sign, weakest, weakestRank } from "./paths.js";
import { correct, effectsOf } from "./correction.js";
import { LARGE, narrow, state } from "./scene.js";
import { arrange, bringIntoView } from "./map.js";
import { clear, forget, say, showAllFor } from "./selection.js";
import { button, claimRow, make, pips, show } from "./panel.js";
import { remember } from "./save.js";

export function pick(end, node) {
  $(end).value = node.iri;
  if ($("from").value && $("to").value && $("from").value !== $("to").value)
    showRoutes(byIri.get($("from").value), byIri.get($("to").value));
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
    make("ul", { class: "steps" }, ...best.map((edge) => stepRow(edge, weakestRank(best)))),
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
const countOf = (found, more) => (more ? `more than ${plural(found.length, "route")}` : plural(found.length, "route"));

export function showRoutes(cause, effect, at = 0) {
  const { routes: found, more } = routes(cause, effect);
  forget();
  $("from").value = cause.iri;
  $("to").value = effect.iri;
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
      make("ul", { class: "steps" }, ...found[number].map((edge) => stepRow(edge, weakestRank(found[number])))),
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
function stepRow(edge, worst) {
  const row = claimRow(edge, edge.effect);
  row.firstElementChild.prepend(make("span", { class: "cause" }, edge.cause.label));
  if (edge.rank === worst) row.firstElementChild.append(make("small", { class: "worst" }, "weakest step"));
  return row;
}

export function startCorrecting(node) {
  forget();
  state.corrected = new Set([node.iri]);
  showCorrection();
}
export function showCorrection() {
  const chosen = state.corrected,
    answer = correct([...chosen]);
  forget();
  state.corrected = chosen;
  /** @type {any[]} pairs of a state on this map and its fate */
  const fates = [
    ...[...answer.kept, ...answer.improved].map((item) => [byIri.get(item.iri), "kept"]),
    ...answer.lost.map((item) => [byIri.get(item.iri), "lost"]),
    ...[...chosen].map((iri) => [byIri.get(iri), "corrected"]),
  ];
  state.fates = new Map(fates.filter(([node]) => node));
  const downstream = [...chosen].flatMap((iri) => effectsOf(inWorld.get(iri), new Set())).map((way) => way.state);
  for (const { node } of downstream) if (node && !state.fates.has(node)) state.fates.set(node, "plain");
  state.centre = byIri.get([...chosen][0]) || state.centre;
  arrange({ keepView: !LARGE && !narrow() });
  const label = (iri) => inWorld.get(iri).label;
  const rows = (glyph, items, words) =>
    make(
      "ul",
      { class: "fates" },
      ...items.map((item) =>
        make("li", {}, make("span", { "aria-hidden": "true" }, glyph), make("span", {}, words(item))),
      ),
    );
  const list = (title, glyph, items, words) => {
    const here = items.filter((item) => byIri.has(item.iri)),
      beyond = items.filter((item) => !byIri.has(item.iri));
    return make(
      "section",
      {},
      make("h3", {}, `${title} (${items.length})`),
      items.length ? "" : make("p", { class: "quiet" }, "None."),
      rows(glyph, here, words),
      beyond.length
        ? make("details", {}, make("summary", {}, `${beyond.length} beyond this map`), rows(glyph, beyond, words))
        : "",
    );
  };
  const drop = (iri) => {
    chosen.delete(iri);
    if (chosen.size) showCorrection();
    else clear();
  };
  show(
    make("p", { class: "kind" }, "Correct this"),
    make("h2", {}, "If these were corrected"),
    make(
      "ul",
      { class: "rows" },
      ...[...chosen].map((iri) =>
        make(
          "li",
          {},
          button(`✕ ${label(iri)}`, () => drop(iri), { class: "row", "aria-label": `Do not correct ${label(iri)}` }),
        ),
      ),
    ),
    make("p", {}, addPicker()),
    list("Ends", "○", answer.lost, timed),
    list("Improves", "◐", answer.improved, timed),
    list(
      "Stays for another cause",
      "●",
      answer.kept,
      (item) => `${item.label}${item.through.length ? `, through ${some(item.through.map(label))}` : ""}`,
    ),
    answer.may_not_reverse.length
      ? list("May not go back", "!", answer.may_not_reverse, (item) => `${item.label}: ${item.why}`)
      : "",
    make(
      "p",
      { class: "quiet" },
      (data.world.others.length
        ? "From the whole graph, of which this map is a part."
        : "As far as this map reaches.") + " Information, not medical advice.",
    ),
  );
  remember();
  say(
    `${plural(answer.lost.length, "finding")} or conditions end, ${answer.improved.length} improve, ` +
      `${answer.kept.length} stay for another cause.`,
  );
}
const timed = (item) => (item.time ? `${item.label} (${item.time})` : item.label);
const some = (names, most = 4) =>
  names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");
function addPicker() {
  const select = make("select", { "aria-label": "Also correct" }, make("option", { value: "" }, "Also correct …"));
  for (const node of sorted)
    if (!state.corrected.has(node.iri) && !FINDINGS.has(node.kind))
      select.append(make("option", { value: node.iri }, node.label));
  select.addEventListener("change", () => {
    if (select.value) {
      state.corrected.add(select.value);
      showCorrection();
    }
  });
  return select;
}
