// The map as a picture to keep and to print, and the reader's state in the address.
import { $ } from "./library.js";
import { byClaim, byIri, data, edges } from "./graph.js";
import { usualDepth } from "./world.js";
import { FONT, PALETTE, along, colours, kindDash, outline, setColours, theme } from "./shapes.js";
import { bounds, edgePieces, moved, pieces, svgElement, svgPiece, textWidth } from "./painter.js";
import { straight } from "./layout.js";
import { hiddenKinds, hiddenRanks, scene, state } from "./scene.js";
import { arrange } from "./map.js";
import { forget, selectEdge, selectNode } from "./selection.js";
import { make, showStart } from "./panel.js";
import { showCorrection } from "./correcting.js";
import { lightFlow, routesInWords, showRoutes } from "./routes.js";
import { filter, setDepth } from "./controls.js";

function legendPieces(left, top, width) {
  const list = [],
    row = 24;
  let x = left,
    y = top;
  const entry = (wide, draw, words) => {
    const needs = wide + 8 + textWidth(words, 12) + 22;
    if (x + needs > left + width && x > left) {
      x = left;
      y += row;
    }
    list.push(...draw(x + wide / 2, y), {
      text: words,
      x: x + wide + 8,
      y,
      size: 12,
      colour: theme.ink,
      align: "left",
    });
    x += needs;
  };
  for (const [kind, name] of data.kinds) {
    const [fill, line] = colours(kind);
    entry(
      28,
      (cx, cy) => [
        { d: moved(outline(kind, 28, 16), cx, cy), fill, line, width: 1.4, dash: kindDash(kind).length ? [4, 2] : [] },
      ],
      name,
    );
  }
  x = left;
  y += row;
  const sample = (facts) => (cx, cy) => {
    const edge = {
      relation: "promotes",
      status: "probable",
      rank: 2,
      line: straight(cx - 22, cy, cx + 22, cy),
      ...facts,
    };
    edge.points = along(edge.line);
    return edgePieces(edge, "plain");
  };
  entry(44, sample({}), "promotes");
  entry(44, sample({ relation: "inhibits" }), "inhibits");
  for (const rank of [0, 1, 2, 3]) entry(44, sample({ rank }), `${data.certainties[rank]} certainty`);
  entry(44, sample({ status: "unverified", rank: 3 }), "rests on the articles alone");
  entry(44, sample({ status: "contested", rank: 3 }), "contested");
  if (edges.some((edge) => edge.status === "refuted")) entry(44, sample({ status: "refuted", rank: 3 }), "refuted");
  return [list, y + row / 2];
}

// Always light, with title and legend, so that it can stand in a paper.
function svg(titled = true) {
  const now = theme;
  setColours(PALETTE.light);
  const box = bounds(),
    pad = 30,
    width = Math.max(box.right - box.left, 560) + 2 * pad,
    left = (box.left + box.right - width) / 2,
    top = box.top - (scene.bands.length ? 96 : 66) + (titled ? 0 : 36);
  const [legend, bottom] = legendPieces(left + pad, box.bottom + 52, width - 2 * pad),
    height = bottom + 34 - top;
  const root = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `${left} ${top} ${width} ${height}`,
    width,
    height,
    role: "img",
    "font-family": FONT,
  });
  root.append(
    svgElement("title", {}, data.title),
    svgElement("rect", { x: left, y: top, width, height, fill: theme.ground }),
  );
  const words = [
    {
      text: titled ? data.title : "",
      x: left + pad,
      y: top + 26,
      size: 19,
      bold: true,
      colour: theme.ink,
      align: "left",
      max: width - 2 * pad,
    },
    {
      text: `Information, not medical advice. ${data.credit}`,
      x: left + pad,
      y: bottom + 14,
      size: 12,
      colour: theme.quiet,
      align: "left",
    },
  ];
  const map = pieces();
  setColours(now);
  root.append(...[...words, ...map, ...legend].map(svgPiece));
  return root;
}
const svgText = () => new XMLSerializer().serializeToString(svg());

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
    address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }));
  image.addEventListener("load", () => {
    const canvas = make("canvas", { width: Math.ceil(wide * scale), height: Math.ceil(high * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => download(`${fileName}.png`, blob), "image/png");
  });
  image.src = address;
});
$("pdf").addEventListener("click", () => window.print());
// On paper: the map, what it says in short, and the day.
export const fillPrint = () =>
  $("print").replaceChildren(
    svg(false),
    make("p", {}, `${routesInWords()} Printed on ${new Date().toISOString().slice(0, 10)}.`.trim()),
  );
window.addEventListener("beforeprint", fillPrint);

let quiet = false;
export function remember(routeNumber = 0) {
  if (quiet) return;
  const words = new URLSearchParams(),
    chosen = state.chosen || state.edge;
  if (state.routes.length) {
    const [route] = state.routes;
    words.set("from", route[0].cause.iri);
    words.set("to", route[route.length - 1].effect.iri);
    if (routeNumber) words.set("route", String(routeNumber + 1));
  } else if (state.corrected.size) words.set("correct", [...state.corrected].join(" "));
  else if (chosen) words.set("select", chosen.iri || chosen.id);
  if ($("depth").value !== usualDepth) words.set("depth", $("depth").value);
  if (hiddenKinds.size + hiddenRanks.size) words.set("hide", [...hiddenKinds, ...hiddenRanks].join(","));
  if (state.all && data.layouts.part) words.set("show", "all");
  const text = words.toString();
  if (location.hash.slice(1) === text) return;
  // In a notebook's frame there is no history to write to.
  try {
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    quiet = false;
  }
}
export function restore() {
  const words = new URLSearchParams(location.hash.slice(1)),
    select = words.get("select");
  quiet = true;
  hiddenKinds.clear();
  hiddenRanks.clear();
  for (const name of (words.get("hide") || "").split(","))
    if (name) (data.certainties.includes(name) ? hiddenRanks : hiddenKinds).add(name);
  filter({});
  state.all = words.get("show") === "all";
  state.depth = 0;
  const depth = [...$("depth").options].some((option) => option.value === words.get("depth"))
    ? words.get("depth")
    : usualDepth;
  forget();
  setDepth(depth);
  const [from, to] = [byIri.get(words.get("from")), byIri.get(words.get("to"))],
    corrected = (words.get("correct") || "").split(" ").filter((iri) => byIri.has(iri));
  if (byIri.has(select)) selectNode(byIri.get(select));
  else if (byClaim.has(select)) selectEdge(byClaim.get(select));
  else if (from && to) showRoutes(from, to, (Number(words.get("route")) || 1) - 1);
  else if (corrected.length) {
    state.corrected = new Set(corrected);
    showCorrection();
  } else {
    lightFlow();
    arrange();
    showStart();
  }
  quiet = false;
}
