"use strict";
// Suggestions below every field marked data-suggest, after the pattern of an editable combobox (WAI-ARIA Authoring
// Practices). data-suggest="fill" puts the label into the field; without a value a choice leads to the term's page.
let count = 0;
for (const input of document.querySelectorAll("input[data-suggest], textarea[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = `suggested-${(count += 1)}`;
  list.className = "suggested";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.after(list);
  // A textarea may be no combobox; it says that it completes, and what it controls.
  const lines = input.tagName === "TEXTAREA";
  const expanded = (open) => {
    if (!lines) input.setAttribute("aria-expanded", String(open));
  };
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  if (!lines) input.setAttribute("role", "combobox");
  expanded(false);
  // A textarea holds one name on each line: what is typed on the last one is looked up, and a choice begins the next.
  const typed = () => (lines ? input.value.split("\n").pop() : input.value).trim();
  const fill = (label) => {
    input.value = lines ? [...input.value.split("\n").slice(0, -1), label, ""].join("\n") : label;
  };
  let found = [],
    at = -1,
    asked = 0,
    timer = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    expanded(false);
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (entry) => {
    if (input.dataset.suggest === "fill") {
      fill(entry.label);
      close();
    } else {
      location.href = (document.documentElement.dataset.base ?? "") + entry.href;
    }
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    list.replaceChildren(
      ...found.map((entry, number) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        name.textContent = entry.label;
        const more = document.createElement("span");
        more.className = "quiet";
        more.textContent =
          entry.name === entry.label ? entry.kind_label : `${entry.kind_label}, also called ${entry.name}`;
        item.append(name, more);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(entry);
        });
        return item;
      }),
    );
    at = -1;
    list.hidden = found.length === 0;
    expanded(found.length > 0);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = typed(),
      turn = (asked += 1);
    if (text.length < 2) {
      close();
      return;
    }
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(
          `${document.documentElement.dataset.base ?? ""}/suggest?` +
            new URLSearchParams({ q: text, kind: input.dataset.kind ?? "" }),
          { headers: { Accept: "application/json" } },
        );
        if (!answer.ok || turn !== asked) return;
        found = await answer.json();
        show();
      } catch {
        close();
      }
    }, 90);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") {
      mark((at + 1) % found.length);
      event.preventDefault();
    } else if (event.key === "ArrowUp") {
      mark(at <= 0 ? found.length - 1 : at - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape") {
      close();
      event.preventDefault();
    }
  });
  input.addEventListener("blur", close);
}
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("input[type=search]");
  if (
    event.key === "/" &&
    field &&
    !/^(input|textarea|select)$/i.test(document.activeElement.tagName) &&
    !document.activeElement.closest(".yasgui")
  ) {
    event.preventDefault();
    field.focus();
  }
});
