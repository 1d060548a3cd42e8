// The map as a list of simple pieces, each a path or a text, and two painters for it: one on the canvas, one as SVG.
import { edges, nodes } from "./graph.js";
import {
  FONT,
  STRENGTH,
  colours,
  curve,
  dash,
  head,
  hollow,
  kindDash,
  mark,
  outline,
  pointAt,
  theme,
  wideOf,
} from "./shapes.js";
import { bandPieces } from "./bands.js";
import { scene } from "./scene.js";
import { edgeRole, hidden, narrow, nodeRole, pipped, state, stepsTo } from "./state.js";
import { svgElement, textWidth } from "./text.js";

const DIM = { edge: 0.09, node: 0.2, opening: 0.4 };

/** @param {Claim} edge @param {string} role @returns {Piece[]} */
export function edgePieces(edge, role) {
  const strong = role === "chosen" || role === "upstream" || role === "downstream";
  const own = edge.beside ? theme.quiet : theme[edge.relation] || theme.ink,
    colour = role === "upstream" || role === "downstream" ? theme[role] : own;
  const wide = wideOf(edge),
    alpha =
      role === "aside"
        ? state.opening
          ? DIM.opening / 2
          : DIM.edge
        : role === "chosen"
          ? 1
          : STRENGTH[edge.rank] || 0.8;
  const size = 7 + 1.7 * wide,
    path = curve(edge.line),
    pieces = [],
    width = wide + (strong ? 0.6 : 0);
  if (edge.status === "contested")
    pieces.push({ d: path, line: theme.contested, width: width + 5, alpha: alpha * 0.3 });
  pieces.push({ d: path, line: colour, width, dash: dash(edge), alpha });
  const bar = edge.beside || edge.relation === "inhibits",
    empty = hollow(edge);
  pieces.push({
    d: head(edge, edge.points, size),
    line: colour,
    fill: bar ? null : empty ? theme.ground : colour,
    width: bar ? 2.4 : 1.3,
    alpha,
  });
  if (edge.beside) pieces.push(...namePieces(edge, alpha));
  else if (mark(edge)) {
    const [x, y] = pointAt(edge.points, 0.5),
      tint = edge.status === "contested" ? theme.contested : colour;
    pieces.push(
      { d: circle(x, y, 8), fill: theme.ground, line: tint, width: 1.6, alpha },
      { text: mark(edge), x, y, size: 12, bold: true, colour: tint, alpha },
    );
  }
  return pieces;
}
// What is not causal bears the name of its relation, and the mark of its status behind it.
function namePieces(edge, alpha) {
  const text = `${edge.relation} ${mark(edge)}`.trim();
  if (!text || narrow()) return []; // a rung of a ladder has no room for it; the list below has it
  const [x, y] = pointAt(edge.points, 0.5),
    wide = Math.min(textWidth(text, 11), 88) + 6;
  return [
    { d: `M${x - wide / 2},${y - 8}h${wide}v16h${-wide}Z`, fill: theme.ground, alpha },
    { text, x, y, size: 11, colour: theme.quiet, max: wide - 4, alpha },
  ];
}
const circle = (x, y, r) => `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;

// Four small bars, filled from the left: high certainty fills all of them.
function pipPieces(rank, x, y, alpha = 1) {
  const pieces = narrow() ? [] : [{ d: `M${x - 13},${y - 7}h26v14h-26Z`, fill: theme.ground, alpha: alpha * 0.92 }];
  for (let at = 0; at < 4; at += 1) {
    const high = 4 + 2 * at,
      left = x - 10.5 + at * 5.5;
    pieces.push({
      d: `M${left},${y + 5}v${-high}h4v${high}Z`,
      fill: at < 4 - rank ? theme.ink : null,
      line: theme.ink,
      width: 0.9,
      alpha,
    });
  }
  return pieces;
}

/** @param {State} node @param {string} role @param {number} [steps] @returns {Piece[]} */
export function nodePieces(node, role, steps) {
  const [fill, line] = colours(node.kind),
    { x, y, w, h } = node,
    shape = moved(outline(node.kind, w, h), x, y);
  const alpha = role === "aside" ? (state.opening ? DIM.opening : DIM.node) : 1;
  /** @type {Piece[]} */
  const pieces = [
    { d: shape, fill: theme.ground, alpha: 1 },
    { d: shape, fill, line, width: 1.5, dash: kindDash(node.kind), alpha },
  ];
  if (role === "chosen" || role === "upstream" || role === "downstream") {
    pieces.push({
      d: moved(outline("box", w + 7, h + 7), x, y),
      line: role === "chosen" ? theme.ink : theme[role],
      width: role === "chosen" ? 3 : 2.4,
      dash: role === "upstream" ? [2.5, 3] : [],
    });
  }
  node.lines.forEach((text, row) =>
    pieces.push({
      text,
      x,
      y: y + (row - (node.lines.length - 1) / 2) * 16,
      size: 14,
      colour: theme.ink,
      max: w - 12,
      alpha,
    }),
  );
  if (steps) {
    // how many claims away: before the box where it is upstream, after it downstream
    const at = role === "upstream" ? x - w / 2 - 4 : x + w / 2 + 4;
    pieces.push(
      { d: circle(at, y - h / 2 - 2, 7.5), fill: theme[role], line: theme.ground, width: 1.2 },
      { text: String(steps), x: at, y: y - h / 2 - 2, size: 11, bold: true, colour: theme.ground },
    );
  }
  const cx = x + w / 2 - 2,
    cy = y - h / 2;
  if (role === "lost") pieces.push({ d: circle(cx, cy, 7), fill: theme.ground, line: theme.ink, width: 2 });
  if (role === "kept") pieces.push({ d: circle(cx, cy, 7), fill: theme.ink, line: theme.ground, width: 1.5 });
  if (role === "corrected")
    pieces.push({ d: `M${x - w / 2},${y + h / 2}L${x + w / 2},${y - h / 2}`, line: theme.ink, width: 2 });
  if (role === "lost")
    pieces.push({ d: moved(outline("box", w + 9, h + 9), x, y), line: theme.ink, width: 2, dash: [3, 4] });
  return pieces;
}
// Path data of an outline, moved: our outlines use only absolute M, L, H, V, Q and Z.
export function moved(path, x, y) {
  return path.replace(/([MLHVQ])([^MLHVQZ]*)/g, (_, letter, numbers) => {
    const found = numbers.trim().split(/[ ,]+/).map(Number);
    if (letter === "H") return `H${found[0] + x}`;
    if (letter === "V") return `V${found[0] + y}`;
    return letter + found.map((number, at) => number + (at % 2 ? y : x)).join(",");
  });
}

// All pieces of the map as it is now, for a picture of it.
export const pieces = () => [
  ...piecesBelow(),
  ...nodes
    .filter((node) => node.shown && !hidden(node))
    .flatMap((node) => nodePieces(node, nodeRole(node), stepsTo(node))),
  ...piecesAbove(),
];

// What lies below the states: bands and arrows, faint ones below strong ones.
/** @returns {Piece[]} */
export function piecesBelow() {
  const list = [...bandPieces(), ...scene.extra()];
  /** @type {[Claim, string][]} */
  const drawn = edges.filter((edge) => edge.shown && !hidden(edge)).map((edge) => [edge, edgeRole(edge)]);
  const strong = drawn.filter(([, role]) => role !== "aside" && role !== "plain");
  for (const [edge, role] of drawn) if (role === "aside" || role === "plain") list.push(...edgePieces(edge, role));
  if (!state.route) list.push(...strongPieces(strong));
  return list;
}
function strongPieces(strong) {
  const list = strong.flatMap(([edge, role]) => edgePieces(edge, role));
  if (strong.length > 30 || narrow()) return list;
  for (const [edge] of strong)
    if (pipped(edge) && !edge.beside)
      list.push(...pipPieces(edge.rank, ...pointAt(edge.points, mark(edge) ? 0.24 : 0.45)));
  return list;
}
// What lies above the states: the arrows of a route, which would else be hidden by boxes that it passes by; on a narrow
// screen the certainty of a claim, which stands in a state's box.
/** @returns {Piece[]} */
export function piecesAbove() {
  const shown = edges.filter((edge) => edge.shown && !hidden(edge));
  const route = state.route ? shown.filter((edge) => edgeRole(edge) === "chosen") : [];
  return [
    ...strongPieces(route.map((edge) => [edge, "chosen"])),
    ...(narrow() ? shown.flatMap((edge) => (edge.beside ? [] : pipPieces(edge.rank, ...scene.pip(edge)))) : []),
  ];
}

/** @param {CanvasRenderingContext2D} ctx @param {Piece[]} list */
export function paint(ctx, list) {
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  for (const piece of list) {
    ctx.globalAlpha = piece.alpha ?? 1;
    if (piece.text !== undefined) {
      ctx.fillStyle = piece.colour;
      ctx.textAlign = piece.align || "center";
      ctx.font = `${piece.bold ? "bold " : ""}${piece.size}px ${FONT}`;
      ctx.fillText(piece.text, piece.x, piece.y + 0.5, piece.max || 400);
      continue;
    }
    piece.path ||= new Path2D(piece.d);
    if (piece.fill) {
      ctx.fillStyle = piece.fill;
      ctx.fill(piece.path);
    }
    if (piece.line) {
      ctx.strokeStyle = piece.line;
      ctx.lineWidth = piece.width;
      ctx.setLineDash(piece.dash || []);
      ctx.stroke(piece.path);
    }
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

/** @param {Piece} piece */
export function svgPiece(piece) {
  const opacity = piece.alpha !== undefined && piece.alpha < 1 ? piece.alpha.toFixed(2) : null;
  if (piece.text !== undefined) {
    const tight = piece.max && textWidth(piece.text, piece.size, piece.bold) > piece.max;
    return svgElement(
      "text",
      {
        x: piece.x,
        y: piece.y + piece.size * 0.36,
        "font-size": piece.size,
        "font-weight": piece.bold ? "bold" : null,
        fill: piece.colour,
        opacity,
        "text-anchor": piece.align === "left" ? null : "middle",
        textLength: tight ? piece.max : null,
        lengthAdjust: tight ? "spacingAndGlyphs" : null,
      },
      piece.text,
    );
  }
  return svgElement("path", {
    d: piece.d,
    fill: piece.fill || "none",
    stroke: piece.line,
    "stroke-width": piece.line ? piece.width : null,
    "stroke-dasharray": (piece.dash || []).join(" "),
    "stroke-linejoin": piece.line ? "round" : null,
    opacity,
  });
}
