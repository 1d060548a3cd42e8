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
const inOrder = () => /** @type {HTMLTableRowElement[]} */ ([...tableBody.querySelectorAll("tr")]);
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
    showFirst(AT_ONCE);
    say(`Sorted by ${columns[at]}, ${down ? "last ones first" : "first ones first"}.`);
  });
  head.replaceChildren(press);
  head.dataset.label = columns[at];
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
  showFirst(AT_ONCE);
  say(`${left} of ${tableRows.length} claims.`);
});
const csvField = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvButton = make("button", { type: "button" }, "CSV");
csvButton.addEventListener("click", () => {
  const lines = inOrder()
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

// A long table is shown by the hundred, with the sources that its rows name; who reads thousands of rows filters them.
const AT_ONCE = 100,
  LONG = 200,
  moreButton = make("button", { type: "button" }),
  sources = [...document.querySelectorAll(".sources li")];
let shownRows = AT_ONCE;
moreButton.addEventListener("click", () => {
  showFirst(shownRows + AT_ONCE);
  say(moreButton.textContent);
});
document.querySelector("#claims .scroll").after(make("p", { class: "tools script" }, moreButton));
const citedBy = (rows) =>
  new Set(rows.flatMap((row) => [...row.querySelectorAll("a")].map((link) => link.getAttribute("href").slice(1))));
function showFirst(most) {
  shownRows = tableRows.length > LONG ? most : Infinity;
  const left = inOrder().filter((row) => !row.hidden);
  left.forEach((row, at) => row.classList.toggle("later", at >= shownRows));
  const cited = citedBy(left.slice(0, shownRows));
  for (const source of sources) source.classList.toggle("later", shownRows < left.length && !cited.has(source.id));
  moreButton.hidden = left.length <= shownRows;
  moreButton.textContent = `Show ${Math.min(AT_ONCE, left.length - shownRows)} more of ${left.length} claims`;
}
showFirst(AT_ONCE);

// On paper stands what the map shows: of a large map not the hundreds of claims that nobody asked for.
const MOST_PRINTED = 120;
window.addEventListener("beforeprint", markPrinted);
export function markPrinted() {
  const large = tableRows.length > MOST_PRINTED;
  for (const row of tableRows)
    row.classList.toggle("unprinted", large && (atOverview() || !byClaim.get(row.dataset.claim)?.shown));
  const cited = citedBy(tableRows.filter((row) => !row.classList.contains("unprinted")));
  for (const source of sources) source.classList.toggle("unprinted", large && !cited.has(source.id));
  const printed = tableRows.filter((row) => !row.classList.contains("unprinted")).length;
  $("printed").textContent = large
    ? `Printed: the ${printed} claims that the map shows, of ${tableRows.length}; the file holds all.`
    : "";
  document.body.classList.toggle("overview", atOverview());
}
