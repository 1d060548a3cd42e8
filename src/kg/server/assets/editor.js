"use strict";
// Sets up the editor (Yasgui): our endpoint, our prefixes, completion over our words, the library as examples. It asks
// nobody but this server: the completers that ask other sites are left out.
(async () => {
  const BASE = document.documentElement.dataset.base ?? "";
  const KG = "https://w3id.org/nutrition-kg/",
    FOLDERS = ["claim", "source", "food", "statement", "evidence", "amount", "intake"];
  const place = document.getElementById("editor");
  const { prefixes, words, examples } = await (
    await fetch(`${BASE}/vocabulary.json`, { headers: { Accept: "application/json" } })
  ).json();
  const spaces = Object.entries(prefixes).sort((a, b) => b[1].length - a[1].length);
  const compact = (iri) => {
    const fit = spaces.find(([, space]) => iri.startsWith(space) && /^[\w-]*$/.test(iri.slice(space.length)));
    return fit ? `${fit[0]}:${iri.slice(fit[1].length)}` : `<${iri}>`;
  };
  const local = (iri) => {
    const name = iri.slice(KG.length);
    return FOLDERS.includes(name.split("/")[0]) && name.includes("/") ? `${BASE}/${name}` : `${BASE}/term/${name}`;
  };
  const known = words.map(([iri, label, sort]) => ({ text: compact(iri), label: label.toLowerCase(), sort }));

  const Yasqe = Yasgui.Yasqe ?? window.Yasqe,
    Yasr = Yasgui.Yasr;
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.forkAutocompleter("prefixes", {
    name: "our-prefixes",
    persistenceId: null,
    get: () => Object.entries(prefixes).map(([name, space]) => `${name}: <${space}>`),
  });
  // By the beginning of the CURIE or by any part of the label: "cramp" finds kg:muscle-cramp.
  Yasqe.registerAutocompleter({
    name: "our-words",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => {
      const token = yasqe.getCompleteToken();
      return (
        token.string.trim().length > 1 &&
        !/^[?$"'#]/.test(token.string) &&
        token.state.queryType !== "PREFIX" &&
        !/^\s*(prefix|base)\b/i.test(yasqe.getDoc().getLine(yasqe.getDoc().getCursor().line))
      );
    },
    preProcessToken: (yasqe, token) => ({ ...token, autocompletionString: token.string.trim() }),
    postProcessSuggestion: (yasqe, token, text) => text,
    get: (yasqe, token) => {
      const typed = (token?.autocompletionString ?? "").toLowerCase(),
        plain = typed.replace(/^[\w.-]*:/, "").replaceAll("-", " ");
      const first = known.filter(({ text }) => text.toLowerCase().startsWith(typed));
      const second = plain.length > 2 ? known.filter(({ label }) => label.includes(plain)) : [];
      return [...new Set([...first, ...second].map(({ text }) => text))].slice(0, 40);
    },
  });

  class Picture {
    constructor(yasr) {
      this.yasr = yasr;
      this.label = "Picture";
      this.priority = 9;
    }
    canHandleResults() {
      const found = this.yasr.results?.getStatements?.();
      return Boolean(found?.length) && found.length <= 400;
    }
    getIcon() {
      return document.createElement("span");
    }
    draw() {
      this.yasr.resultsEl.replaceChildren(drawn(this.yasr.results.getStatements(), compact, local, KG));
    }
  }
  Yasr.registerPlugin("picture", Picture, true);

  const start =
    place.dataset.query ||
    "SELECT ?cause ?label\nWHERE {\n  ?cause kg:promotes kg:muscle-cramp ; rdfs:label ?label .\n}\nORDER BY ?label";
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: `${location.origin}${BASE}/sparql`, method: "POST" },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
    copyEndpointOnNewTab: false,
    autofocus: false,
    populateFromUrl: true,
    persistenceId: place.dataset.query ? null : "nutrition-kg-editor",
    yasqe: {
      value: withPrefixes(start),
      autocompleters: ["our-prefixes", "our-words", "variables"],
      editorHeight: "20rem",
      screenReaderLabel: "SPARQL query",
      tabindex: 0,
    },
    yasr: { prefixes, pluginOrder: ["table", "picture", "response"], defaultPlugin: "table" },
  });
  function withPrefixes(text) {
    const missing = Object.keys(prefixes).filter(
      (name) =>
        new RegExp(`(^|[^\\w:<])${name}:[\\w-]`, "m").test(text) && !new RegExp(`prefix\\s+${name}:`, "i").test(text),
    );
    return missing.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("") + text;
  }
  const show = (text, run) => {
    const tab = yasgui.getTab();
    tab.setQuery(withPrefixes(text));
    if (run)
      tab
        .getYasqe()
        .query()
        .catch(() => {});
  };
  if (place.dataset.query) show(place.dataset.query, true);
  document.getElementById("example")?.addEventListener("change", (event) => {
    const found = examples.find(([name]) => name === event.target.value);
    if (found) show(found[2], true);
  });

  // A name that is not in the graph finds nothing, in silence: say so above the answer, and say an error in words.
  const hints = document.getElementById("hints");
  const tell = (lines, kind) =>
    hints.replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line, className: kind })),
    );
  const asked = async (yasqe) => {
    tell([], "");
    try {
      const answer = await fetch(`${BASE}/hints?${new URLSearchParams({ query: yasqe.getValue().slice(0, 4000) })}`, {
        headers: { Accept: "application/json" },
      });
      if (answer.ok) tell(await answer.json(), "hint");
    } catch {
      /* the answer stands without hints */
    }
  };
  yasgui.on("query", (_, tab) => asked(tab.getYasqe()));

  // What the editor leaves unnamed gets a name; links to our records lead to their pages here.
  const mend = () => {
    for (const link of place.querySelectorAll(`a.iri[href^="${KG}"]`)) {
      link.href = local(link.getAttribute("href"));
    }
    for (const link of place.querySelectorAll("a[target=_blank]")) {
      link.rel = "noopener noreferrer";
    }
    for (const button of place.querySelectorAll(".tabsList button:not([role])")) {
      button.setAttribute("role", "tab");
      button.setAttribute("aria-selected", "false");
    }
    for (const title of place.querySelectorAll("th.dt-orderable-none .dt-column-title:empty")) {
      const name = document.createElement("span");
      name.className = "away";
      name.textContent = "Row";
      title.append(name);
    }
    for (const [selector, name] of Object.entries(NAMES)) {
      for (const element of place.querySelectorAll(selector)) {
        if (!element.getAttribute("aria-label")) element.setAttribute("aria-label", name);
      }
    }
  };
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });
  mend();
  document.documentElement.dataset.ready = "true";
})();

const NAMES = {
  ".CodeMirror textarea": "SPARQL query",
  ".yasqe_queryButton": "Run the query",
  ".yasr_header .tableFilter": "Filter the rows",
  ".tableSizer": "Rows on a page",
  ".addTab": "New tab",
  ".closeTab": "Close the tab",
  ".dt-column-order": "Sort",
};

// A graph of up to 400 triples in layers from left to right, as SVG; literals other than labels are left to the table.
function drawn(statements, compact, local, KG) {
  const LABEL = "http://www.w3.org/2000/01/rdf-schema#label",
    labels = new Map(),
    edges = [];
  for (const { subject, predicate, object } of statements) {
    if (predicate.value === LABEL) labels.set(subject.value, object.value);
    else if (object.termType === "NamedNode" || object.termType === "BlankNode")
      edges.push([subject.value, predicate.value, object.value]);
  }
  const nodes = [...new Set(edges.flatMap(([from, , to]) => [from, to]))],
    layer = new Map(nodes.map((node) => [node, 0]));
  for (let round = 0; round < Math.min(nodes.length, 30); round += 1) {
    let moved = false;
    for (const [from, , to] of edges) {
      if (from !== to && layer.get(to) <= layer.get(from) && layer.get(from) < 14) {
        layer.set(to, layer.get(from) + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const columns = [];
  for (const node of nodes) (columns[layer.get(node)] ??= []).push(node);
  const used = columns.filter(Boolean),
    at = new Map();
  const order = (side) => (node) => {
    const near = edges
      .filter((edge) => edge[2 - side] === node)
      .map((edge) => at.get(edge[side])?.row)
      .filter((row) => row !== undefined);
    return near.length ? near.reduce((a, b) => a + b, 0) / near.length : 0;
  };
  used.forEach((column, x) => {
    const key = new Map(column.map((node) => [node, order(0)(node)]));
    column.sort((a, b) => key.get(a) - key.get(b));
    column.forEach((node, row) => at.set(node, { row: row - column.length / 2, x }));
  });
  const WIDE = 190,
    GAP = 70,
    HIGH = 34,
    STEP = 46,
    tallest = Math.max(...used.map((column) => column.length), 1);
  const place = (node) => ({ x: at.get(node).x * (WIDE + GAP) + 10, y: (at.get(node).row + tallest / 2) * STEP + 10 });
  const make = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const width = used.length * (WIDE + GAP) - GAP + 20,
    height = tallest * STEP + 20;
  const svg = make("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": `A graph of ${nodes.length} nodes and ${edges.length} edges`,
    class: "drawn",
  });
  svg.append(
    make(
      "defs",
      {},
      make(
        "marker",
        {
          id: "tip",
          viewBox: "0 0 10 10",
          refX: 9,
          refY: 5,
          markerWidth: 7,
          markerHeight: 7,
          orient: "auto-start-reverse",
        },
        make("path", { d: "M0,0L10,5L0,10z", class: "tip" }),
      ),
      make(
        "marker",
        {
          id: "bar",
          viewBox: "0 0 10 10",
          refX: 5,
          refY: 5,
          markerWidth: 8,
          markerHeight: 8,
          orient: "auto-start-reverse",
        },
        make("path", { d: "M5,0V10", class: "edge inhibits" }),
      ),
    ),
  );
  for (const [from, property, to] of edges) {
    const a = place(from),
      b = place(to),
      back = b.x <= a.x,
      x1 = back ? a.x : a.x + WIDE,
      x2 = back ? b.x + WIDE : b.x,
      y1 = a.y + HIGH / 2,
      y2 = b.y + HIGH / 2,
      bend = (x2 - x1) / 2;
    const name = property === `${KG}inhibits` ? "inhibits" : "other";
    svg.append(
      make(
        "path",
        {
          d: `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
          class: `edge ${name}`,
          "marker-end": `url(#${name === "inhibits" ? "bar" : "tip"})`,
        },
        make("title", {}, compact(property)),
      ),
    );
  }
  for (const node of nodes) {
    const { x, y } = place(node),
      text =
        labels.get(node) ??
        (compact(node).startsWith("<") ? node : compact(node).replace(/^kg:/, "").replaceAll("-", " "));
    const short = text.length > 27 ? `${text.slice(0, 26)}…` : text;
    const box = [
      make("rect", { x, y, width: WIDE, height: HIGH, rx: 6 }),
      make("text", { x: x + WIDE / 2, y: y + HIGH / 2 + 4.5, "text-anchor": "middle" }, short),
      make("title", {}, text),
    ];
    svg.append(node.startsWith(KG) ? make("a", { href: local(node) }, ...box) : make("g", {}, ...box));
  }
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Picture of the graph");
  scroll.append(svg);
  return scroll;
}
