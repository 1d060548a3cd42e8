// Parts of the panel that several of its views have: the shape of a kind, the bars of a certainty, a claim as a row.
import { button, make } from "./elements.js";
import { PALETTE, kindDash, outline } from "./shapes.js";
import { svgElement } from "./text.js";
import { judged, sentence, statusWords } from "./words.js";

export function shapeOf(kind, wide = 28, high = 16) {
  const [fill, line] = ["", "-line"].map((part) => `var(--${PALETTE.light[kind] ? kind : "other"}${part})`);
  const picture = svgElement("svg", {
    width: wide + 4,
    height: high + 4,
    viewBox: `${-wide / 2 - 2} ${-high / 2 - 2} ${wide + 4} ${high + 4}`,
    "aria-hidden": "true",
  });
  const path = svgElement("path", {
    d: outline(kind, wide, high),
    "stroke-width": 1.4,
    "stroke-dasharray": kindDash(kind).length ? "4 2" : null,
  });
  path.style.fill = fill;
  path.style.stroke = line;
  picture.append(path);
  return picture;
}
export function pips(rank) {
  const picture = svgElement("svg", {
    width: 24,
    height: 13,
    viewBox: "0 0 24 13",
    "aria-hidden": "true",
    class: "pips",
  });
  for (let at = 0; at < 4; at += 1)
    picture.append(
      svgElement("rect", {
        x: 1 + at * 6,
        y: 9 - 2 * at,
        width: 4,
        height: 3 + 2 * at,
        class: at < 4 - rank ? "full" : "",
      }),
    );
  return picture;
}
const badge = (edge) => make("span", { class: `badge ${edge.status}` }, statusWords(edge.status));

const signOf = (edge, own) => {
  if (edge.beside) return edge.effect === own ? `← ${edge.relation}` : `${edge.relation} →`;
  return edge.relation === "inhibits" ? "⊣" : "→";
};

/**
 * @param {Claim} edge @param {State} other the end that the row names
 * @param {State} [own] the end whose lines are listed, where they are not causal
 */
export function claimRow(edge, other, own) {
  const row = button("", null, {
    class: "row",
    "data-select": edge.id,
    "aria-label": `${sentence(edge)}, ${judged(edge)}`,
  });
  row.append(
    make("span", { class: edge.beside ? "quiet" : `sign ${edge.relation}`, "aria-hidden": "true" }, signOf(edge, own)),
    make("span", { class: "grow" }, other.label),
    edge.status === "contested" || edge.status === "refuted" || edge.status === "unverified" ? badge(edge) : "",
    edge.certainty ? pips(edge.rank) : "",
  );
  return make("li", {}, row);
}
export function stepRow(edge, worst) {
  const row = claimRow(edge, edge.effect);
  row.firstElementChild.prepend(make("span", { class: "cause" }, edge.cause.label));
  if (edge === worst) row.firstElementChild.append(make("small", { class: "worst" }, "weakest step"));
  return row;
}
