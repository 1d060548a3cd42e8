// Where the entries of a page begin with a word in bold, as the audit's do with their verdict, chips choose among them.
"use strict";
const entries = [...document.querySelectorAll("main li")].filter((entry) => entry.firstChild?.nodeName === "STRONG");
const verdict = (entry) => entry.firstChild.textContent;
const verdicts = new Map();
for (const entry of entries) verdicts.set(verdict(entry), (verdicts.get(verdict(entry)) ?? 0) + 1);

if (entries.length > 20 && verdicts.size > 1 && verdicts.size < 9) {
  const chosen = new Set();
  const bar = document.createElement("div");
  bar.className = "chips";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Show only");
  const count = document.createElement("span");
  count.className = "quiet";
  count.setAttribute("role", "status");
  for (const [word, number] of [...verdicts].sort(([, a], [, b]) => b - a)) {
    const chip = document.createElement("button");
    chip.className = "chip";
    chip.setAttribute("aria-pressed", "false");
    chip.textContent = `${word} ${number}`;
    chip.addEventListener("click", () => {
      if (!chosen.delete(word)) chosen.add(word);
      chip.setAttribute("aria-pressed", String(chosen.has(word)));
      show();
    });
    bar.append(chip, " ");
  }
  bar.append(count);
  document.querySelector("main h2").before(bar);

  const show = () => {
    for (const entry of entries) entry.hidden = chosen.size > 0 && !chosen.has(verdict(entry));
    for (const list of document.querySelectorAll("main ul")) {
      const within = entries.filter((entry) => entry.parentElement === list);
      if (!within.length) continue;
      list.hidden = within.every((entry) => entry.hidden);
      const head = list.previousElementSibling;
      if (head?.nodeName === "H3") head.hidden = list.hidden;
    }
    const shown = entries.filter((entry) => !entry.hidden).length;
    count.textContent = chosen.size ? `${shown} of ${entries.length} shown` : "";
  };
}
