// How states and claims look: one set of shapes for the canvas, the SVG and the legend. A kind has a shape and a colour, a
// sign a dash and an arrowhead, so that nothing is told by colour alone.
const LIGHT = {
  ground: "#fcfcfa", ink: "#1a1c1e", quiet: "#5c6166", band: "#f1f2ee", promotes: "#1f5f99", inhibits: "#a8410f",
  upstream: "#8a4b00", downstream: "#0b6e5f", chosen: "#1a1c1e",
  kinds: {
    Exposure: ["#fdeedd", "#9a5b13"], NutrientStatus: ["#fff6c9", "#7d6608"], PhysiologicalState: ["#ece8f8", "#5a4a9c"],
    Condition: ["#dff0f7", "#17607f"], Symptom: ["#fde4e8", "#a32a45"], Sign: ["#fbe6f4", "#8d2f77"], LabFinding: ["#e2f3e6", "#2c6e3f"],
  },
  other: ["#eeeeee", "#555555"],
};
const DARK = {
  ground: "#15181b", ink: "#eceff1", quiet: "#a6adb3", band: "#1d2125", promotes: "#7db8ec", inhibits: "#f0986a",
  upstream: "#f2b25c", downstream: "#5ad0bc", chosen: "#ffffff",
  kinds: {
    Exposure: ["#3a2a17", "#e8b26c"], NutrientStatus: ["#38330f", "#e3cf58"], PhysiologicalState: ["#2b2644", "#b7a9ee"],
    Condition: ["#15323f", "#7cc4e0"], Symptom: ["#431d27", "#f290a5"], Sign: ["#3d1d36", "#e59ad2"], LabFinding: ["#18351f", "#8ccf9d"],
  },
  other: ["#2c2f32", "#b9bec2"],
};
const WIDTH = { high: 3.6, moderate: 2.7, low: 1.9, "very low": 1.2 };
const STRENGTH = { high: 1, moderate: 0.92, low: 0.8, "very low": 0.62 };
let theme = LIGHT;

const colours = (kind) => theme.kinds[kind] || theme.other;

// The outline of a state around (0, 0), as SVG path data that the canvas takes too.
function outline(kind, w, h) {
  const x = w / 2, y = h / 2, c = 10;
  const rounded = (r) => `M${-x + r},${-y}H${x - r}Q${x},${-y} ${x},${-y + r}V${y - r}Q${x},${y} ${x - r},${y}H${-x + r}Q${-x},${y} ${-x},${y - r}V${-y + r}Q${-x},${-y} ${-x + r},${-y}Z`;
  switch (kind) {
    case "Exposure": return `M${-x + c},${-y}H${x}V${y}H${-x}V${-y + c}Z`;
    case "NutrientStatus": return rounded(6);
    case "PhysiologicalState": return `M${-x + c},${-y}H${x - c}L${x},0L${x - c},${y}H${-x + c}L${-x},0Z`;
    case "Condition": return `M${-x},${-y}H${x}V${y}H${-x}Z M${-x + 3.5},${-y + 3.5}H${x - 3.5}V${y - 3.5}H${-x + 3.5}Z`;
    case "Symptom": return rounded(Math.min(y, 17));
    case "Sign": return `M${-x + 8},${-y}H${x - 8}Q${x + 4},0 ${x - 8},${y}H${-x + 8}Q${-x - 4},0 ${-x + 8},${-y}Z`;
    case "LabFinding": return `M${-x + c},${-y}H${x}L${x - c},${y}H${-x}Z`;
    default: return `M${-x},${-y}H${x}V${y}H${-x}Z`;
  }
}
const dashed = (kind) => kind === "NutrientStatus";

const curve = (line) => {
  let path = `M${line[0]},${line[1]}`;
  for (let at = 2; at + 5 < line.length; at += 6) path += `C${line.slice(at, at + 6).join(",")}`;
  return path;
};

// Points along a line of Bézier pieces: for hit tests, the marker in the middle, and the length.
function along(line, pieces = 12) {
  const points = [];
  for (let at = 0; at + 7 < line.length; at += 6) {
    const [x0, y0, x1, y1, x2, y2, x3, y3] = line.slice(at, at + 8);
    for (let i = 0; i <= pieces; i += 1) {
      const t = i / pieces, u = 1 - t;
      points.push([
        u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3,
        u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3,
      ]);
    }
  }
  return points.length ? points : [[line[0], line[1]], [line[line.length - 2], line[line.length - 1]]];
}
for (const edge of edges) edge.points = along(edge.line);

const dash = (edge) => (edge.status === "refuted" ? [2, 5] : edge.relation === "inhibits" ? [9, 5] : []);

// The end of an arrow: a filled head promotes, a hollow one rests on the articles alone, a bar inhibits.
function head(edge, size) {
  const [x, y] = edge.points[edge.points.length - 1];
  let before = edge.points[0];
  for (const point of edge.points) if (Math.hypot(point[0] - x, point[1] - y) > size * 0.8) before = point;
  const turn = Math.atan2(y - before[1], x - before[0]);
  const at = (dx, dy) => [x + dx * Math.cos(turn) - dy * Math.sin(turn), y + dx * Math.sin(turn) + dy * Math.cos(turn)].map((n) => n.toFixed(1)).join(",");
  if (edge.relation === "inhibits") return `M${at(-1, -size * 0.75)}L${at(-1, size * 0.75)}`;
  return `M${at(0, 0)}L${at(-size, -size * 0.48)}L${at(-size, size * 0.48)}Z`;
}
const hollow = (edge) => edge.status === "unverified";
const middle = (edge) => edge.points[Math.floor(edge.points.length / 2)];
const marker = (edge) => ({ contested: "?", refuted: "×" })[edge.status] || "";

// What a state or claim is to the present choice: chosen, upstream, downstream, aside or plain.
const look = { node: () => "plain", edge: () => "plain", hidden: () => false };

function drawEdge(ctx, edge) {
  if (look.hidden(edge.cause) || look.hidden(edge.effect)) return;
  const role = look.edge(edge), colour = role === "upstream" || role === "downstream" ? theme[role] : theme[edge.relation] || theme.ink;
  const wide = WIDTH[edge.certainty] || 1.5, strong = role === "upstream" || role === "downstream" || role === "chosen";
  ctx.save();
  ctx.globalAlpha = role === "aside" ? 0.1 : strong ? 1 : STRENGTH[edge.certainty] || 0.8;
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = wide + (strong ? 0.9 : 0);
  ctx.setLineDash(dash(edge));
  ctx.stroke(new Path2D(curve(edge.line)));
  ctx.setLineDash([]);
  const end = new Path2D(head(edge, 8 + 2 * wide));
  if (edge.relation === "inhibits") { ctx.lineWidth = 2.6; ctx.stroke(end); }
  else if (hollow(edge)) { ctx.lineWidth = 1.4; ctx.fillStyle = theme.ground; ctx.fill(end); ctx.stroke(end); }
  else ctx.fill(end);
  if (marker(edge)) {
    const [x, y] = middle(edge);
    ctx.fillStyle = theme.ground; ctx.lineWidth = 1.4;
    ctx.beginPath(); ctx.arc(x, y, 8, 0, 7); ctx.fill(); ctx.stroke();
    ctx.fillStyle = colour; ctx.font = "bold 12px Helvetica, Arial, sans-serif"; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.fillText(marker(edge), x, y + 0.5);
  }
  ctx.restore();
}

function drawNode(ctx, node) {
  if (look.hidden(node)) return;
  const role = look.node(node), [fill, line] = colours(node.kind);
  ctx.save();
  ctx.translate(node.x, node.y);
  ctx.globalAlpha = role === "aside" ? 0.18 : 1;
  const shape = new Path2D(outline(node.kind, node.w, node.h));
  ctx.fillStyle = fill; ctx.strokeStyle = line; ctx.lineWidth = 1.5;
  ctx.setLineDash(dashed(node.kind) ? [6, 3] : []);
  ctx.fill(shape); ctx.stroke(shape);
  ctx.setLineDash([]);
  if (role === "chosen" || role === "upstream" || role === "downstream") {
    ctx.strokeStyle = theme[role]; ctx.lineWidth = role === "chosen" ? 3.5 : 2.5;
    ctx.setLineDash(role === "upstream" ? [3, 3] : []);
    ctx.stroke(new Path2D(outline("box", node.w + 9, node.h + 9)));
    ctx.setLineDash([]);
  }
  ctx.fillStyle = theme.ink; ctx.font = "14px Helvetica, Arial, sans-serif"; ctx.textAlign = "center"; ctx.textBaseline = "middle";
  node.lines.forEach((text, row) => ctx.fillText(text, 0, (row - (node.lines.length - 1) / 2) * 16 + 0.5, node.w - 8));
  ctx.restore();
}

// Columns are drawn where they lie apart; where a loop pulls kinds together, a column would say what is not so.
function drawBands(ctx) {
  const box = bounds(), bands = [...data.bands].sort((a, b) => a.left - b.left);
  if (bands.some((band, at) => at && band.left < bands[at - 1].right)) return;
  for (const band of bands) {
    ctx.fillStyle = theme.band;
    ctx.fillRect(band.left - 12, box.top - 40, band.right - band.left + 24, box.bottom - box.top + 58);
    ctx.fillStyle = theme.quiet; ctx.font = "bold 14px Helvetica, Arial, sans-serif"; ctx.textAlign = "left"; ctx.textBaseline = "middle";
    ctx.fillText(band.name, band.left - 2, box.top - 24, band.right - band.left + 8);
  }
}

function bounds() {
  const box = { left: 0, right: 0, top: 0, bottom: 0 };
  nodes.forEach((node, at) => {
    const edgesOf = { left: node.x - node.w / 2, right: node.x + node.w / 2, top: node.y - node.h / 2, bottom: node.y + node.h / 2 };
    for (const side of ["left", "top"]) box[side] = at ? Math.min(box[side], edgesOf[side]) : edgesOf[side];
    for (const side of ["right", "bottom"]) box[side] = at ? Math.max(box[side], edgesOf[side]) : edgesOf[side];
  });
  return box;
}
