// What the panel shows before anything is chosen: the answer of a map of routes, how to read it, where to begin.
import { button, make, show } from "./elements.js";
import { FINDINGS, byIri, data, first, plural, sorted } from "./graph.js";
import { bestOf, routes, sign, weakest } from "./paths.js";
import { atOverview, narrow } from "./state.js";
import { countOf, verdict, weakestOf } from "./words.js";
import { stepRow } from "./rows.js";

/** What stands on a map of foods and leads to nothing by itself. */
const THINGS = new Set(["Food", "Nutrient"]);

export function showStart() {
  const ends = sorted
    .filter((node) => FINDINGS.has(node.kind))
    .sort((a, b) => b.into.length - a.into.length)
    .slice(0, 5);
  const starts = sorted
    .filter((node) => !FINDINGS.has(node.kind) && !THINGS.has(node.kind) && node !== first)
    .sort((a, b) => b.out.length - a.out.length)
    .slice(0, first ? 2 : 3);
  const offered = data.flow && data.flow.flat().length === 2 ? data.flow.flat().map((iri) => byIri.get(iri)) : null;
  const ask = (text, node) => make("li", {}, button(text, null, { class: "row", "data-select": node.iri }));
  const [heading, lines] = data.reading || (data.overview && narrow() ? overviewInLines() : []),
    reading = heading
      ? make(
          "section",
          { class: "short" },
          make("h2", {}, heading),
          make(
            "ul",
            { class: "rows" },
            ...lines.map(([text, small, at]) => make("li", {}, readingRow(text, small, byIri.get(at)))),
          ),
        )
      : null;
  const answer = offered && !reading ? routesInShort(...offered) : null;
  const howToRead = [
    make("h2", {}, "How to read this map"),
    make(
      "p",
      {},
      (narrow() ? "Causes stand above, effects below. " : "Causes stand on the left, effects on the right. ") +
        "Select a state to see what leads to it and what it leads to, or an arrow to read the evidence for and " +
        "against it.",
    ),
    make(
      "p",
      { class: "quiet" },
      "The thicker an arrow and the more bars, the more certain the claim. A hollow head: no good " +
        "source. A question mark in a halo: sources disagree.",
    ),
  ];
  const fromTable = [
    make("h2", {}, "How to read this table"),
    make(
      "p",
      {},
      "Choose a number for its map, a nutrient for what leads to its lack and what that leads to, or name both ends " +
        "of a route above.",
    ),
    make("p", { class: "quiet" }, "The darker a cell, the higher its number: what is known, not how often it happens."),
  ];
  show(
    reading,
    answer,
    ...(atOverview() ? fromTable : howToRead),
    make("h3", {}, "Start with"),
    make(
      "ul",
      { class: "rows" },
      first && !THINGS.has(first.kind)
        ? ask(
            first.beside.length && !first.out.length
              ? `What is ${first.label} joined to?`
              : `What does ${first.label} lead to?`,
            first,
          )
        : "",
      ...ends.map((node) => ask(`What leads to ${node.label}?`, node)),
      ...starts.filter((node) => node.out.length).map((node) => ask(`What does ${node.label} lead to?`, node)),
    ),
  );
  document.body.classList.toggle("told", Boolean(answer || reading));
  // A phone begins with the list of the overview; a map comes once something is chosen.
  document.body.classList.toggle("listed", Boolean(data.overview && reading));
}
// On a narrow screen the overview is a list: each nutrient with the organ systems of which it reaches most.
function overviewInLines() {
  const { columns, rows } = data.overview;
  const lines = rows.map(({ label, lack, counts }) => {
    const most = counts.map((count, at) => [count, columns[at]]).sort((a, b) => b[0] - a[0]);
    const words = most
      .filter(([count]) => count)
      .slice(0, 4)
      .map(([count, name]) => `${name} ${count}`);
    return [label, `findings in ${words.join(", ")}`, lack];
  });
  return ["Nutrients by organ systems", lines.filter(([, , lack]) => byIri.has(lack))];
}
function readingRow(text, small, node) {
  const row = button("", null, { class: "row", ...(node ? { "data-select": node.iri } : { "data-clear": "" }) });
  row.append(make("span", { class: "grow" }, text, make("small", {}, small)));
  return row;
}

// What a map of routes says, before anything is chosen: the sign, how sure it is, and the best route step by step.
function routesInShort(cause, effect) {
  const { routes: found, more } = routes(cause, effect);
  if (!found.length) return null;
  const best = bestOf(found),
    against = found.filter((route) => sign(route) !== sign(best)).length;
  const counted = countOf(found, more);
  const which =
    best === found[0] ? `The strongest of ${counted}` : `The best sourced of the stronger routes (of ${counted})`;
  const opposed = against ? ` ${against} of the routes ${against === 1 ? "has" : "have"} the opposite sign.` : "";
  return make(
    "section",
    { class: "short" },
    make("h2", {}, `Can ${cause.label} ${sign(best) === "+" ? "lead to" : "hold back"} ${effect.label}?`),
    ...verdict(best).map((words) => make("p", {}, words)),
    make(
      "p",
      { class: "quiet" },
      `${which}: ${plural(best.length, "step")}, ` + `the weakest of ${weakest(best)} certainty.${opposed}`,
    ),
    make("ul", { class: "steps" }, ...best.map((edge) => stepRow(edge, weakestOf(best)))),
    make("p", {}, button("Show the routes", null, { "data-from": cause.iri, "data-to": effect.iri })),
  );
}
