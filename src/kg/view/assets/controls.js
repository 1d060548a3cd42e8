// The buttons of the page, and the two fields of a route.
import { $ } from "./elements.js";
import { byIri, data, first, nodes } from "./graph.js";
import { usualDepth } from "./world.js";
import { PALETTE, setColours, theme } from "./shapes.js";
import { LARGE, container, hiddenKinds, hiddenRanks, state } from "./state.js";
import { arrange, fitAll, home, network, redraw } from "./map.js";
import { onNamed } from "./ends.js";
import { remember } from "./address.js";
import { clear } from "./selection.js";
import { startCorrecting } from "./correcting.js";
import { showPicked } from "./routes.js";
import { filter, setDepth } from "./filters.js";
import { begin } from "./restore.js";

for (const id of ["from", "to"]) onNamed($(id, HTMLInputElement), showPicked);

export function setTheme(name) {
  setColours(PALETTE[name]);
  document.documentElement.dataset.theme = name;
  $("dark").setAttribute("aria-pressed", String(name === "dark"));
  redraw();
}
$("dark").addEventListener("click", () => setTheme(theme === PALETTE.dark ? "light" : "dark"));

$("more").addEventListener("click", () => {
  if (LARGE) state.limit = 120;
  else state.all = true;
  arrange();
  remember();
  $("less").focus();
});
$("less").addEventListener("click", () => {
  state.limit = 45;
  state.all = false;
  arrange();
  remember();
  $("more").focus();
});
$("back").addEventListener("click", clear);
$("reset").addEventListener("click", () => {
  hiddenKinds.clear();
  hiddenRanks.clear();
  filter({});
  Object.assign(state, { centre: first, all: false, limit: 45 });
  setDepth(usualDepth);
  clear();
  begin();
  home();
});
$("table").addEventListener("click", () => {
  $("claims").scrollIntoView();
  $("claims").focus();
});
$("correct").addEventListener("click", () => {
  const start = state.chosen || byIri.get(data.start) || nodes.find((node) => node.kind === "NutrientStatus") || first;
  if (start) startCorrecting(start);
});
$("zoomin").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.25 }));
$("zoomout").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.25 }));
$("fit").addEventListener("click", fitAll);
// The map is as high as the window less what stands above and below it, whose lines wrap with the width.
let lastWidth = 0;
export function rememberWidth() {
  lastWidth = container.clientWidth;
  const around = [...document.querySelectorAll("header, .legend")].map((one) => one.getBoundingClientRect().height);
  document.body.style.setProperty("--around", `${Math.ceil(around.reduce((sum, high) => sum + high, 0))}px`);
}
network.on("resize", () => {
  if (container.clientWidth !== lastWidth) {
    rememberWidth();
    arrange();
  }
});
