// The map to keep: as PNG and SVG, and what is printed.
import { $, make } from "./elements.js";
import { data } from "./graph.js";
import { atOverview } from "./state.js";
import { svg } from "./picture.js";
import { routesInWords } from "./words.js";

/** Whether no XML can hold a letter. */
const isForbidden = (code) =>
  (code < 32 && code !== 9 && code !== 10 && code !== 13) ||
  (code >= 0xd800 && code < 0xe000) ||
  code === 0xfffe ||
  code === 0xffff;
/** A picture as XML; what no XML can hold becomes U+FFFD, as in every other form. */
const xmlOf = (root) =>
  Array.from(new XMLSerializer().serializeToString(root), (letter) =>
    isForbidden(letter.codePointAt(0)) ? "\ufffd" : letter,
  ).join("");
const svgText = () => xmlOf(svg());

export function download(name, blob) {
  const anchor = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 2000);
}
export const fileName =
  data.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80) || "pathway";
$("svg").addEventListener("click", () => download(`${fileName}.svg`, new Blob([svgText()], { type: "image/svg+xml" })));
$("png").addEventListener("click", () => {
  const root = svg(),
    wide = Number(root.getAttribute("width")),
    high = Number(root.getAttribute("height")),
    scale = Math.min(2, 8000 / Math.max(wide, high));
  const image = new Image(),
    address = URL.createObjectURL(new Blob([xmlOf(root)], { type: "image/svg+xml" }));
  image.addEventListener("load", () => {
    const canvas = make("canvas", { width: Math.ceil(wide * scale), height: Math.ceil(high * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => download(`${fileName}.png`, blob), "image/png");
  });
  image.src = address;
});
$("pdf").addEventListener("click", () => window.print());
/** The overview as it is printed: the table, with its numbers as text. */
function tableOfAll() {
  const table = $("whole").querySelector("table").cloneNode(true);
  for (const press of /** @type {HTMLElement} */ (table).querySelectorAll("button"))
    press.replaceWith(press.textContent);
  return table;
}
/** The list that the page opens with, such as the candidates of an explanation. */
const readingInWords = () =>
  data.reading
    ? [
        make("p", {}, `${data.reading[0]}:`),
        make("ul", {}, ...data.reading[1].map(([text, small]) => make("li", {}, `${text}: ${small}`))),
      ]
    : [];
// On paper: the map, what it says in short, whose work it is, and the day.
export function fillPrint() {
  const day = `Printed on ${new Date().toISOString().slice(0, 10)}.`,
    all = atOverview();
  $("print").replaceChildren(
    ...(all ? [make("p", {}, $("whole").querySelector("p").textContent.split(". A number")[0] + ".")] : []),
    all ? tableOfAll() : svg(false),
    ...(all ? [] : readingInWords()),
    make("p", {}, [routesInWords(), ...(all ? [data.credit, `Made by ${data.command}.`] : []), day].join(" ").trim()),
  );
  $("print").classList.toggle("long", Boolean(data.reading));
}
window.addEventListener("beforeprint", fillPrint);
