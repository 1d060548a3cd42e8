// The table of claims below the map: sorted by a press on a heading, filtered, taken along as CSV; the way back to the
// map.
import { $, make, say } from "./elements.js";
import { byClaim, data } from "./graph.js";
import { atOverview } from "./state.js";
import { download, fileName } from "./save.js";

const tableBody = document.querySelector("#claims tbody"),
  tableRows = /** @type {HTMLTableRowElement[]} */ ([...tableBody.querySelectorAll("tr")]),
  headings = /** @type {HTMLTableCellElement[]} */ ([...document.querySelectorAll("#claims thead th")]),
  columns = headings.map((head) => head.textContent);
const cellText = (row, at) => row.cells[at].textContent.trim();
// Certainty is sorted by its rank, the numbers of sources by how many there are, all else by the alphabet.
const sortKey = (row, at) =>
  columns[at] === "Certainty"
    ? data.certainties.indexOf(cellText(row, at))
    : at > 4
      ? -cellText(row, at).split(/\s+/).filter(Boolean).length
      : cellText(row, at).toLowerCase();

for (const row of tableRows) [...row.cells].forEach((one, at) => (one.dataset.label = columns[at]));
headings.forEach((head, at) => {
  const press = make("button", { type: "button", class: "sort" }, columns[at]);
  press.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of headings) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keys = new Map(tableRows.map((row) => [row, sortKey(row, at)])),
      compare = (a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : 0);
    tableBody.append(...[...tableRows].sort((a, b) => (down ? compare(b, a) : compare(a, b))));
    say(`Sorted by ${columns[at]}, ${down ? "last ones first" : "first ones first"}.`);
  });
  head.replaceChildren(press);
});

const tableFilter = make("input", {
    type: "search",
    placeholder: "Rows that hold …",
    "aria-label": "Filter the claims",
  }),
  tableCount = make("span", { class: "quiet" });
tableFilter.addEventListener("input", () => {
  const words = tableFilter.value.trim().toLowerCase();
  for (const row of tableRows) row.hidden = Boolean(words) && !row.textContent.toLowerCase().includes(words);
  const left = tableRows.filter((row) => !row.hidden).length;
  tableCount.textContent = words ? `${left} of ${tableRows.length}` : "";
  say(`${left} of ${tableRows.length} claims.`);
});
const csvField = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvButton = make("button", { type: "button" }, "CSV");
csvButton.addEventListener("click", () => {
  const lines = /** @type {HTMLTableRowElement[]} */ ([...tableBody.querySelectorAll("tr")])
    .filter((row) => !row.hidden)
    .map((row) => [byClaim.get(row.dataset.claim)?.id ?? "", ...columns.map((_, at) => cellText(row, at))]);
  const text = [["claim", ...columns], ...lines].map((line) => line.map(csvField).join(",")).join("\r\n");
  download(`${fileName}.csv`, new Blob([`${text}\r\n`], { type: "text/csv" }));
});
const backButton = make("button", { type: "button" }, "↑ To the map");
backButton.addEventListener("click", () => {
  window.scrollTo(0, 0);
  $("map").focus();
});
document
  .querySelector("#claims .scroll")
  .before(make("p", { class: "tools script" }, tableFilter, tableCount, csvButton, backButton));

// On paper stands what the map shows: of a large map not the hundreds of claims that nobody asked for.
const MOST_PRINTED = 120;
window.addEventListener("beforeprint", markPrinted);
export function markPrinted() {
  const large = tableRows.length > MOST_PRINTED;
  for (const row of tableRows)
    row.classList.toggle("unprinted", large && (atOverview() || !byClaim.get(row.dataset.claim)?.shown));
  const cited = new Set(
    tableRows
      .filter((row) => !row.classList.contains("unprinted"))
      .flatMap((row) => [...row.querySelectorAll("a")].map((link) => link.getAttribute("href").slice(1))),
  );
  for (const source of document.querySelectorAll(".sources li"))
    source.classList.toggle("unprinted", large && !cited.has(source.id));
  const printed = tableRows.filter((row) => !row.classList.contains("unprinted")).length;
  const words = atOverview()
    ? "Printed: the overview and no claim"
    : `Printed: the ${printed} claims that the map shows`;
  $("printed").textContent = large ? `${words}, of ${tableRows.length}; the file holds all.` : "";
}
