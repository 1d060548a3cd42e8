// Layouts for a narrow screen: the neighbours of a state as a ladder, a route as a staircase.
import { byLabel, data, touching } from "./graph.js";
import { pointAt, theme } from "./shapes.js";
import { hidden } from "./state.js";
import { GAP, fresh, straight } from "./layout.js";
import { textWidth } from "./text.js";

const inBox = (node) => data.marks?.[node.iri] ?? node.label; // a candidate has its number, a food its amount
function wrapped(label, width) {
  const lines = [];
  for (const word of label.split(/[^\S\u00a0]+/)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && textWidth(longer, 14) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines;
}

// A ladder for a narrow screen: the causes of a state above it, its effects below, every arrow with a rung of its own.
// The state's frame has an arm to which its causes point, and one from which its effects come.
export function ladder(centre, wide, most = 6) {
  const made = fresh(),
    box = Math.max(150, Math.min(330, wide - 92)),
    rung = 46,
    arm = box / 2 + rung;
  const pick = (list, end) =>
    [...list]
      .filter((edge) => edge[end] !== centre && !hidden(edge[end]))
      .sort((a, b) => a.rank - b.rank || byLabel(a[end], b[end]));
  const causes = pick(touching(centre, "into"), "cause"),
    effects = pick(touching(centre, "out"), "effect").filter(
      (edge) => !causes.slice(0, most).some((other) => other.cause === edge.effect),
    );
  const words = (count, kind) =>
    count > most
      ? `The ${most} most certain of ${count} ${kind}; the list below has all.`
      : count
        ? ""
        : `No ${kind} on this map.`;
  const texts = [[words(causes.length, "causes"), -8]];
  let y = 14;
  const put = (node, x) => {
    const lines = wrapped(inBox(node), box - 76),
      h = 12 + 18 * lines.length;
    made.places.set(node, { x, y: y + h / 2, w: box, h, lines });
    y += h + GAP.ladder;
    return made.places.get(node);
  };
  const rungs = [];
  for (const edge of causes.slice(0, most)) {
    const at = put(edge.cause, 0);
    made.lines.set(edge, straight(at.x + box / 2, at.y, arm, at.y));
    rungs.push(at.y);
  }
  if (rungs.length) y += 10;
  const own = put(centre, rung / 2);
  y += 10;
  const below = [],
    left = rung - box / 2 - 24;
  for (const edge of effects.slice(0, most)) {
    const at = put(edge.effect, rung);
    made.lines.set(edge, straight(left - 22, at.y, at.x - box / 2, at.y));
    below.push(at.y);
  }
  texts.push([words(effects.length, "effects"), y + 8]);
  made.pip = (edge) => {
    const other = edge.cause === centre ? edge.effect : edge.cause;
    return [other.x + other.w / 2 - 22, other.y];
  };
  made.extra = () => [
    ...(rungs.length ? [{ d: `M${arm},${rungs[0]}V${own.y}H${own.x + box / 2}`, line: theme.ink, width: 3 }] : []),
    ...(below.length
      ? [{ d: `M${own.x - box / 2},${own.y}H${left - 22}V${below[below.length - 1]}`, line: theme.ink, width: 3 }]
      : []),
    ...texts
      .filter(([text]) => text)
      .map(([text, at]) => ({ text, x: rung / 2, y: at, size: 13, colour: theme.quiet, max: box + 60 })),
  ];
  return made;
}
// A route from top to bottom, for a narrow screen.
export function staircase(route, wide) {
  const made = fresh(),
    box = Math.max(150, Math.min(300, wide - 60));
  made.pip = (edge) => [24, pointAt(edge.points, 0.5)[1]];
  let y = 0,
    above = null;
  for (const node of [route[0].cause, ...route.map((edge) => edge.effect)]) {
    const lines = wrapped(inBox(node), box - 26),
      h = 12 + 18 * lines.length;
    made.places.set(node, { x: 0, y: y + h / 2, w: box, h, lines });
    if (above !== null)
      made.lines.set(
        route.find((edge) => edge.effect === node),
        straight(0, above, 0, y),
      );
    above = y + h;
    y += h + 44;
  }
  return made;
}
