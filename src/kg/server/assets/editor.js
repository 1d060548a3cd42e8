"use strict";
// Sets up the editor (Yasgui): our endpoint, our prefixes, completion over our words, the library as examples. It asks
// nobody but this server: the completers that ask other sites are left out.
(async () => {
  const BASE = document.documentElement.dataset.base ?? "";
  const KG = "https://w3id.org/nutrition-kg/",
    FOLDERS = ["claim", "source", "food", "statement", "evidence", "amount", "intake"];
  const CAUSAL = new Set([`${KG}promotes`, `${KG}inhibits`]),
    LONGEST = 7000; // so long an address may be
  const place = document.getElementById("editor");
  const { prefixes, words, values, examples } = await (
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
  // By the CURIE, by any part of the label ("cramp" finds kg:muscle-cramp), or by another name.
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
    get: async (yasqe, token) => {
      const typed = (token?.autocompletionString ?? "").toLowerCase(),
        plain = typed.replace(/^[\w.-]*:/, "").replaceAll("-", " ");
      const fit = valuesAt(yasqe).filter((name) => name.toLowerCase().includes(typed.replace(/^\w*:/, "")));
      const ranked = known
        .map((word) => [nearness(word, typed, plain), word.text])
        .filter(([rank]) => rank < 9)
        .sort((a, b) => a[0] - b[0] || a[1].length - b[1].length || (a[1] < b[1] ? -1 : 1))
        .map(([, text]) => text);
      return [...new Set([...fit, ...ranked.slice(0, 12), ...(await called(plain)), ...ranked])].slice(0, 40);
    },
  });
  // What the property before the cursor takes, where that is a closed list: kg:high after kg:certainty.
  const lists = new Map(Object.entries(values ?? {}).map(([property, list]) => [compact(property), list.map(compact)]));
  const valuesAt = (yasqe) => {
    const { line, ch } = yasqe.getDoc().getCursor();
    const before = yasqe.getDoc().getLine(line).slice(0, ch);
    return lists.get(/([\w-]+:[\w-]+)\s+\S*$/.exec(before)?.[1]) ?? [];
  };
  // The best match first: the name itself, its beginning, the beginning of a word, any part.
  const nearness = ({ text, label }, typed, plain) => {
    if (text.toLowerCase() === typed || label === plain) return 0;
    if (text.toLowerCase().startsWith(typed)) return 1;
    if (plain.length < 3) return 9;
    const at = label.indexOf(plain);
    return at < 0 ? 9 : at === 0 ? 2 : label[at - 1] === " " ? 3 : 4;
  };
  // What is called so by another name: "tingl" finds kg:paresthesia.
  const called = async (plain) => {
    if (plain.length < 3) return [];
    try {
      const answer = await fetch(`${BASE}/suggest?${new URLSearchParams({ q: plain })}`, {
        headers: { Accept: "application/json" },
      });
      return answer.ok ? (await answer.json()).map(({ iri }) => compact(iri)) : [];
    } catch {
      return [];
    }
  };

  // What a CONSTRUCT builds of causal edges opens in the map of the site.
  class CausalMap {
    constructor(yasr) {
      this.yasr = yasr;
      this.label = "Map";
      this.priority = 9;
    }
    canHandleResults() {
      const found = this.yasr.results?.getStatements?.() ?? [];
      return found.some(({ predicate }) => CAUSAL.has(predicate.value)) && address().length < LONGEST;
    }
    // On a narrow screen the tabs bear their pictures alone.
    getIcon() {
      const space = "http://www.w3.org/2000/svg",
        picture = document.createElementNS(space, "svg"),
        path = document.createElementNS(space, "path");
      picture.setAttribute("viewBox", "0 0 16 16");
      picture.setAttribute("aria-hidden", "true");
      path.setAttribute("d", "M1,1h5v2.2h4V1h5v5h-5V4.8H8.8v6.4H10V10h5v5h-5v-2.2H7.2v-8H6V6H1Z");
      picture.append(path);
      return picture;
    }
    draw() {
      const frame = Object.assign(document.createElement("iframe"), { title: "Map of the answer", src: address() });
      frame.className = "view";
      frame.setAttribute("sandbox", SANDBOX);
      const whole = Object.assign(document.createElement("a"), { href: address(), textContent: "The map as a page" });
      this.yasr.resultsEl.replaceChildren(frame, whole);
    }
  }
  const address = () => `${BASE}/view?${new URLSearchParams({ query: yasgui.getTab().getYasqe().getValue() })}`;
  Yasr.registerPlugin("map", CausalMap, true);

  // Values as a reader wants them, without their types; a tick brings the types back.
  class PlainTable extends Yasr.plugins.table {
    constructor(yasr) {
      super(yasr);
      this.persistentConfig = { ...this.persistentConfig, compact: true };
    }
  }
  Yasr.registerPlugin("table", PlainTable, true);

  // What the server says of a query that it cannot answer, in words, its line marked.
  Yasr.defaults.errorRenderers = [
    async (error) => {
      let problem;
      try {
        problem = JSON.parse(error.text);
      } catch {
        return undefined;
      }
      if (!problem?.detail) return undefined;
      const place = document.createElement("div");
      place.className = "problem";
      place.setAttribute("role", "alert");
      const words = problem.detail.charAt(0).toUpperCase() + problem.detail.slice(1);
      place.append(Object.assign(document.createElement("p"), { textContent: `${words.replace(/\.$/, "")}.` }));
      if (problem.line) {
        const editor = yasgui.getTab().getYasqe(),
          go = document.createElement("button");
        go.type = "button";
        go.textContent = `To line ${problem.line}`;
        editor.addLineClass(problem.line - 1, "background", "wrong");
        go.addEventListener("click", () => {
          editor.focus();
          editor.setCursor({ line: problem.line - 1, ch: (problem.column || 1) - 1 });
        });
        place.append(go);
      }
      return place;
    },
  ];
  const unmark = (editor) => editor.eachLine((line) => editor.removeLineClass(line, "background", "wrong"));

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
    yasr: { prefixes, pluginOrder: ["map", "table", "response"], defaultPlugin: "map" },
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
  // A name that is not in the graph finds nothing, in silence: say so above the answer, and say an error in words.
  const hints = document.getElementById("hints");
  const tell = (lines, kind) =>
    hints.replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line, className: kind })),
    );
  const asked = async (yasqe) => {
    tell([], "");
    unmark(yasqe);
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

  if (place.dataset.query) show(place.dataset.query, true);
  document.getElementById("example")?.addEventListener("change", (event) => {
    const found = examples.find(([name]) => name === event.target.value);
    if (found) show(found[2], true);
  });

  // The label of each record in an answer, for who rests on its name: from the words that are here, or asked for.
  const labels = new Map(words.map(([iri, label]) => [iri, label])),
    wanted = new Map();
  let waiting = 0;
  const named = (link, iri) => {
    if (labels.has(iri)) {
      if (labels.get(iri)) link.title = labels.get(iri);
      return;
    }
    wanted.set(iri, [...(wanted.get(iri) ?? []), link]);
    if (!waiting) waiting = setTimeout(ask, 150);
  };
  const ask = async () => {
    const asked = [...wanted].slice(0, 200);
    waiting = 0;
    for (const [iri] of asked) wanted.delete(iri);
    const values = asked.map(([iri]) => `<${iri}>`).join(" ");
    const query = `SELECT ?s ?l { VALUES ?s { ${values} } ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }`;
    try {
      const answer = await fetch(`${BASE}/sparql`, {
        method: "POST",
        headers: { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" },
        body: query,
      });
      for (const { s, l } of (await answer.json()).results.bindings) labels.set(s.value, l.value);
    } catch {
      /* a name without its label is still a name */
    }
    for (const [iri, links] of asked) {
      labels.set(iri, labels.get(iri) ?? "");
      for (const link of links) named(link, iri);
    }
  };

  // What the editor leaves unnamed gets a name; links to our records lead to their pages here.
  const mend = () => {
    for (const link of place.querySelectorAll(`a.iri[href^="${KG}"]`)) {
      const iri = link.getAttribute("href");
      link.href = local(iri);
      if (/^[^\s<>"{}|\\^`]+$/.test(iri)) named(link, iri);
    }
    for (const link of place.querySelectorAll("a[target=_blank]")) {
      link.rel = "noopener noreferrer";
    }
    // A table that stands in for a map that cannot be drawn is marked as what is shown.
    const map = place.querySelector(".yasr_btnGroup .select_map");
    const away = map?.classList.contains("disabled") && map.classList.contains("selected");
    place.querySelector(".yasr_btnGroup .select_table")?.classList.toggle("stands-in", Boolean(away));
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

// What the map may do in its frame: run, save files, and lead to pages when it is clicked.
const SANDBOX = [
  "allow-scripts allow-downloads allow-popups",
  "allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation",
].join(" ");
const NAMES = {
  ".CodeMirror textarea": "SPARQL query",
  ".yasqe_queryButton": "Run the query",
  ".yasr_header .tableFilter": "Filter the rows",
  ".tableSizer": "Rows on a page",
  ".addTab": "New tab",
  ".closeTab": "Close the tab",
  ".dt-column-order": "Sort",
};
