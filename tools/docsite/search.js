// The search of the documentation: names by any of their words, without a server.
"use strict";
const field = document.querySelector("#find"),
  list = document.querySelector("#found"),
  told = document.querySelector("#told");
const top_ = document.documentElement.dataset.top;
let loading;

// The index is a script and not JSON, so that the site works from a folder too; it comes when somebody means to search.
function index() {
  loading ??= new Promise((ready) => {
    const script = document.createElement("script");
    script.src = top_ + "assets/index.js";
    script.addEventListener("load", ready);
    document.head.append(script);
  });
  return loading;
}

function item([name, about, href]) {
  const entry = document.createElement("li"),
    to = document.createElement("a"),
    more = document.createElement("span");
  to.href = top_ + href;
  to.textContent = name;
  more.className = "quiet";
  more.textContent = about;
  entry.append(to, more);
  return entry;
}

async function find() {
  await index();
  const words = field.value.trim().toLowerCase().split(/\s+/),
    typed = words.join(" ");
  let hits =
    typed.length < 2 ? [] : window.kgIndex.filter(([name]) => words.every((word) => name.toLowerCase().includes(word)));
  const rank = ([name]) => (name.toLowerCase().startsWith(typed) ? 0 : 1000) + name.length;
  hits.sort((a, b) => rank(a) - rank(b));
  const seen = new Set(); // a page is listed once, by the name that fits best
  hits = hits.filter(([, , href]) => !seen.has(href) && seen.add(href));
  list.replaceChildren(...hits.slice(0, 12).map(item));
  list.hidden = hits.length === 0;
  told.textContent = typed.length < 2 ? "" : `${hits.length || "no"} page${hits.length === 1 ? "" : "s"} found`;
}

field.addEventListener("focus", index);
field.addEventListener("input", find);
document.addEventListener("keydown", (event) => {
  const links = [...list.querySelectorAll("a")],
    at = links.indexOf(document.activeElement);
  if (event.key === "/" && document.activeElement !== field) {
    event.preventDefault();
    field.focus();
  }
  if (event.key === "Escape" && !list.hidden) {
    list.hidden = true;
    field.focus();
  }
  if (list.hidden || (document.activeElement !== field && at < 0)) {
    return;
  }
  if (event.key === "ArrowDown") {
    event.preventDefault();
    links[Math.min(at + 1, links.length - 1)].focus();
  }
  if (event.key === "ArrowUp") {
    event.preventDefault();
    (links[at - 1] ?? field).focus();
  }
  if (event.key === "Enter" && document.activeElement === field) {
    links[0].click();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".find")) {
    list.hidden = true;
  }
});

// Where there is room for it the list of sections stands open beside the text.
const contents = document.querySelector("details.contents");
if (contents) {
  contents.open = matchMedia("(min-width: 84rem)").matches;
}
