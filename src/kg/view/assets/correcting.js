// What ends when states are corrected: the answer in a sentence, its lists, and the marks on the map.
import { button, make, say, show } from "./elements.js";
import { byIri, data, plural } from "./graph.js";
import { inWorld } from "./world.js";
import { correct, effectsOf } from "./correction.js";
import { LARGE, narrow, state } from "./state.js";
import { arrange } from "./map.js";
import { onNamed } from "./ends.js";
import { remember } from "./address.js";
import { clear, forget } from "./selection.js";

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
      rows(glyph, items.length > FEW ? here : items, words),
      beyond.length && items.length > FEW
        ? make("details", {}, make("summary", {}, `${beyond.length} beyond this map`), rows(glyph, beyond, words))
        : "",
    );
  };
  const folded = (title, glyph, items, words) =>
    make(
      "details",
      {},
      make("summary", {}, make("strong", {}, `${title} (${items.length})`)),
      rows(glyph, items, words),
    );
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
    make("p", {}, inShort(answer, [...chosen].map(label))),
    list("Ends", "○", answer.lost, timed),
    answer.improved.length ? list("Improves", "◐", answer.improved, timed) : "",
    answer.kept.length
      ? folded(
          "Stays for another cause",
          "●",
          answer.kept,
          (item) => `${item.label}${item.through.length ? `, through ${some(item.through.map(label))}` : ""}`,
        )
      : "",
    make(
      "p",
      { class: "quiet" },
      "On the map: ○ in a dotted frame ends, ● stays or only improves, a line through a state is what is corrected.",
    ),
    answer.may_not_reverse.length
      ? list("May not go back", "!", answer.may_not_reverse, (item) => `${item.label}: ${item.why}`)
      : "",
    make(
      "p",
      { class: "quiet" },
      (data.world.others.length
        ? "From the whole graph, of which this map is a part."
        : "As far as this map reaches.") +
        " What ends has lost most of what is known to lead to it; that it goes in a person is said only where a time " +
        "or “goes back” stands beside it. Information, not medical advice.",
    ),
  );
  remember();
  say(
    `${plural(answer.lost.length, "finding")} or conditions end, ${answer.improved.length} improve, ` +
      `${answer.kept.length} stay for another cause.`,
  );
}
// What a correction does, in a sentence; lists of so many and fewer are shown whole.
const FEW = 8;
function inShort(answer, names) {
  const { lost, improved, kept } = answer,
    of = `Of ${plural(lost.length + improved.length + kept.length, "finding")} that ${some(names, 2)} may lead to`;
  if (!lost.length && !improved.length) return `Nothing ends: each finding has another cause, or goes on by itself.`;
  const parts = [`${lost.length || "none"} ${lost.length === 1 ? "ends" : "end"}`];
  if (improved.length) parts.push(`${improved.length} ${improved.length === 1 ? "improves" : "improve"}`);
  if (kept.length) parts.push(`${kept.length} ${kept.length === 1 ? "stays" : "stay"} for another cause`);
  return `${of}, ${parts.join(", ")}.`;
}
const timed = (item) => (item.time ? `${item.label} (${item.time})` : item.label);
const some = (names, most = 4) =>
  names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");
function addPicker() {
  const field = make("input", { "aria-label": "Also correct", placeholder: "Also correct …", list: "states" });
  onNamed(field, (node) => {
    if (state.corrected.has(node.iri)) return;
    state.corrected.add(node.iri);
    showCorrection();
  });
  return field;
}
