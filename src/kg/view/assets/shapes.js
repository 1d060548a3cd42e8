// How states and claims look, as shapes that canvas, SVG and legend share. A kind has an outline, a sign a dash and an
// arrowhead, a certainty a width and pips: nothing is told by colour alone.
import { data } from "./graph.js";

export const PALETTE = data.palette;
export let theme = PALETTE.light;
export const setColours = (palette) => {
  theme = palette;
};
export const FONT = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans Condensed", sans-serif';
export const WIDTH = [5, 3.4, 2, 1.1],
  STRENGTH = [1, 0.95, 0.85, 0.75];
export const colours = (kind) => (theme[kind] || theme.other).split(" ");

// The outline of a state around (0, 0), as path data.
export function outline(kind, w, h) {
  const x = w / 2,
    y = h / 2,
    c = Math.min(9, y);
  const rounded = (r) =>
    `M${-x + r},${-y}H${x - r}Q${x},${-y} ${x},${-y + r}V${y - r}Q${x},${y} ${x - r},${y}` +
    `H${-x + r}Q${-x},${y} ${-x},${y - r}V${-y + r}Q${-x},${-y} ${-x + r},${-y}Z`;
  switch (kind) {
    case "Exposure":
      return `M${-x + c},${-y}H${x}V${y}H${-x}V${-y + c}Z`;
    case "NutrientStatus":
      return rounded(5);
    case "PhysiologicalState":
      return `M${-x + c},${-y}H${x - c}L${x},0L${x - c},${y}H${-x + c}L${-x},0Z`;
    case "Condition":
      return `M${-x},${-y}H${x}V${y}H${-x}Z M${-x + 3},${-y + 3}H${x - 3}V${y - 3}H${-x + 3}Z`;
    case "Symptom":
      return rounded(Math.min(y, 16));
    case "Sign":
      return `M${-x + 8},${-y}H${x - 8}Q${x + 5},0 ${x - 8},${y}H${-x + 8}Q${-x - 5},0 ${-x + 8},${-y}Z`;
    case "LabFinding":
      return `M${-x + c},${-y}H${x}L${x - c},${y}H${-x}Z`;
    default:
      return `M${-x},${-y}H${x}V${y}H${-x}Z`;
  }
}
export const kindDash = (kind) => (kind === "NutrientStatus" ? [6, 3] : []);

export const curve = (line) => {
  let path = `M${line[0]},${line[1]}`;
  for (let at = 2; at + 5 < line.length; at += 6) path += `C${line.slice(at, at + 6).join(",")}`;
  return path;
};

// Points along a line of Bézier pieces, for hits, heads and marks.
export function along(line, pieces = 10) {
  const points = [[line[0], line[1]]];
  for (let at = 0; at + 7 < line.length; at += 6) {
    const [x0, y0, x1, y1, x2, y2, x3, y3] = line.slice(at, at + 8);
    for (let i = 1; i <= pieces; i += 1) {
      const t = i / pieces,
        u = 1 - t,
        a = u * u * u,
        b = 3 * u * u * t,
        c = 3 * u * t * t,
        d = t * t * t;
      points.push([a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3]);
    }
  }
  return points;
}
// The point at a share of a line's length.
export function pointAt(points, share) {
  const lengths = points.slice(1).map((point, at) => Math.hypot(point[0] - points[at][0], point[1] - points[at][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (let at = 0; at < lengths.length; at += 1) {
    if (left <= lengths[at] && lengths[at]) {
      const t = left / lengths[at],
        [a, b] = [points[at], points[at + 1]];
      return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    }
    left -= lengths[at];
  }
  return points[points.length - 1];
}

const DASH = { promotes: [], inhibits: [9, 5], refuted: [1.5, 5], beside: [7, 3, 1.5, 3] };
export const dash = (edge) =>
  DASH[edge.status === "refuted" ? "refuted" : edge.beside ? "beside" : edge.relation] || [];
export const hollow = (edge) => edge.status === "unverified";
export const wideOf = (edge) => (edge.beside ? 1.4 : WIDTH[edge.rank] || 1.5);
export const mark = (edge) => ({ contested: "?", refuted: "×" })[edge.status] || "";

// The end of an arrow: a triangle promotes, a bar inhibits; hollow (two bars) where it has no good source.
// What is not causal ends in two strokes.
export function head(edge, points, size) {
  const [x, y] = points[points.length - 1];
  let before = points[0];
  for (const point of points) if (Math.hypot(point[0] - x, point[1] - y) > size * 0.7) before = point;
  const turn = Math.atan2(y - before[1], x - before[0]),
    cos = Math.cos(turn),
    sin = Math.sin(turn);
  const at = (dx, dy) => `${(x + dx * cos - dy * sin).toFixed(1)},${(y + dx * sin + dy * cos).toFixed(1)}`;
  const bar = (dx) => `M${at(dx, -size * 0.62)}L${at(dx, size * 0.62)}`;
  if (edge.beside) return `M${at(-size, -size * 0.46)}L${at(0, 0)}L${at(-size, size * 0.46)}`;
  if (edge.relation === "inhibits") return hollow(edge) ? bar(-1.5) + bar(-6) : bar(-1.5);
  return `M${at(0, 0)}L${at(-size, -size * 0.46)}L${at(-size, size * 0.46)}Z`;
}
