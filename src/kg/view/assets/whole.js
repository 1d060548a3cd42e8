// The whole graph at first sight: nutrients by organ systems as a table, and each number the map of what it counts.
import { $, button, make, say, show } from "./elements.js";
import { byIri, byLabel, data, plural } from "./graph.js";
import { state } from "./state.js";
import { arrange } from "./map.js";
import { kindName } from "./words.js";
import { remember } from "./address.js";
import { forget, selectNode } from "./selection.js";

const CLAIMS = 3; // as far as the question behind the numbers goes

/**
 * The shortest ways by which some states promote others, of several the most certain: their states, each in the column
 * of its step, and their claims.
 * @param {State[]} from @param {Set<State>} to
 */
function ways(from, to) {
  const steps = new Map(from.map((node) => [node, 0])),
    by = new Map();
  let front = from;
  for (let step = 1; step <= CLAIMS; step += 1) {
    const claims = front.flatMap((node) => node.out).sort((a, b) => a.rank - b.rank);
    front = [];
    for (const claim of claims) {
      if (claim.relation !== "promotes" || claim.status === "refuted" || steps.has(claim.effect)) continue;
      steps.set(claim.effect, step);
      by.set(claim.effect, claim);
      front.push(claim.effect);
    }
  }
  const columns = new Map(),
    claims = new Set();
  for (const end of to)
    if (by.has(end))
      for (let node = end; steps.has(node) && !columns.has(node); node = by.get(node).cause) {
        columns.set(node, steps.get(node));
        if (!by.has(node)) break;
        claims.add(by.get(node));
      }
  return { columns, claims };
}

/** Open the map of a cell, if there is one of that name. @param {string} key the row and the column, as `3 5` */
export function openCell(key) {
  const [row, column] = key.split(" ").map(Number),
    found = data.overview?.rows[row];
  if (!found || !data.overview.columns[column]) return false;
  const known = (iris) => iris.map((iri) => byIri.get(iri)).filter(Boolean),
    ends = new Set(known(data.overview.findings[column]));
  const way = ways(known(found.states), ends),
    shown = [...ends].filter((node) => way.columns.has(node)).sort(byLabel);
  forget();
  state.cell = { ...way, key };
  arrange();
  show(
    make("p", { class: "kind" }, "What a lack, an excess or a disorder reaches"),
    make("h2", {}, `${found.label}: ${data.overview.columns[column]}`),
    make(
      "p",
      { class: "quiet" },
      `${plural(shown.length, "finding")} within ${CLAIMS} claims, each by its shortest way. ` +
        "A way says what may follow, not how often it does.",
    ),
    make(
      "ul",
      { class: "rows" },
      ...shown.map((node) =>
        make("li", {}, button(node.label, null, { class: "row", "data-select": node.iri, title: kindName(node.kind) })),
      ),
    ),
  );
  remember();
  say(`${found.label}, ${data.overview.columns[column]}: ${plural(shown.length, "finding")}.`);
  return true;
}

/** Fill the table, if this is the page of the whole graph. */
function fill() {
  const { columns, rows } = data.overview,
    most = Math.max(...rows.flatMap((row) => row.counts));
  const cell = (count, key, words) => {
    if (!count) return make("td");
    const press = button(String(count), () => openCell(key), { "aria-label": `${words}: ${plural(count, "finding")}` });
    const made = make("td", {}, press);
    made.style.setProperty("--share", `${Math.round(100 * Math.sqrt(count / most))}%`);
    return made;
  };
  const head = (row) => {
    const lack = byIri.get(row.lack);
    return make("th", { scope: "row" }, lack ? button(row.label, () => selectNode(lack)) : row.label);
  };
  $("whole").append(
    make(
      "p",
      {},
      "How many symptoms, signs and laboratory findings a lack, an excess or a disorder of each nutrient reaches " +
        "within three claims. A number opens the map of what it counts; an empty cell is what the graph does not know.",
    ),
    make(
      "table",
      { "aria-label": "Findings that each nutrient reaches" },
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          make("th", { scope: "col" }, "Nutrient"),
          ...columns.map((name) => make("th", { scope: "col" }, make("span", {}, name))),
        ),
      ),
      make(
        "tbody",
        {},
        ...rows.map((row, at) =>
          make(
            "tr",
            {},
            head(row),
            ...row.counts.map((count, to) => cell(count, `${at} ${to}`, `${row.label}, ${columns[to]}`)),
          ),
        ),
      ),
    ),
  );
}
if (data.overview) fill();
