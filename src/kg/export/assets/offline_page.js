// The page: questions as forms, the editor, the table of an answer, and what the graph says of one term.
import { LITERALS, bound, compacted, csvOf, folded, termOf } from "./offline_names.js";

const facts = JSON.parse(document.getElementById("facts").textContent);
const PREFIXES = facts.prefixes;
/** An element of the template; which kind it is, the template says. @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);
/** @type {import("./offline_names.js").Name[]} */
let names = [];
let worker;
let waiting = new Map();
let next = 1;

/** An element with attributes and children; a child that is text stays text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** @param {string} id @param {string} type */
function blob(id, type) {
  const packed = atob($(id).textContent.trim());
  return new Blob([Uint8Array.from(packed, (letter) => letter.charCodeAt(0))], { type });
}

function say(words, bad = false) {
  $("status").textContent = words;
  $("status").classList.toggle("bad", bad);
}

/** Start the engine in a worker of its own, so that the page stays alive and a query can be stopped. */
async function start() {
  const packed = blob("script", "application/gzip").stream().pipeThrough(new DecompressionStream("gzip"));
  const source = await new Response(packed).text();
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const from = performance.now();
  say("The graph is being loaded …");
  worker = new Worker(address);
  const declared =
    Object.entries(PREFIXES)
      .map(([prefix, space]) => `PREFIX ${prefix}: <${space}>`)
      .join(" ") + " ";
  await new Promise((resolve, reject) => {
    worker.onerror = () =>
      reject(
        new Error("this browser does not start the engine; a newer one does (Chrome 80, Firefox 114, Safari 16.4)"),
      );
    worker.onmessage = ({ data }) => {
      if (data.failed) reject(new Error(data.failed));
      else if (data.ready) {
        document.body.dataset.ready = String(Math.round(performance.now() - from));
        $("size").textContent = `${data.ready.toLocaleString("en")} triples`;
        resolve();
      } else {
        const wait = waiting.get(data.id);
        waiting.delete(data.id);
        if (wait) data.error ? wait.reject(new Error(told(data.error, declared.length))) : wait.resolve(data);
      }
    };
    worker.postMessage({ start: { engine: blob("engine", ""), graph: blob("graph", ""), prefixes: declared } });
  });
  URL.revokeObjectURL(address);
}

/** Where a query goes wrong, counted without the prefixes that were put before it. */
function told(error, ahead) {
  return error.replace(
    /error at (\d+):(\d+)/,
    (_, line, column) => `line ${line}, column ${line === "1" ? Math.max(1, column - ahead) : column}`,
  );
}

/** Ask the engine. @param {string} query */
function ask(query) {
  return new Promise((resolve, reject) => {
    const id = next++;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, query });
  });
}

async function rows(query) {
  return JSON.parse((await ask(query)).answer).results.bindings;
}

/** The names of all terms, by which what is typed becomes an IRI. */
async function readNames() {
  const found = await rows(`SELECT ?iri ?name ?label (GROUP_CONCAT(?kind; separator=" ") AS ?kinds) WHERE {
    ?iri rdfs:label|skos:altLabel ?name ; rdfs:label ?label ; a ?type . ?iri kg:nameKey [] .
    FILTER(STRSTARTS(STR(?type), "${PREFIXES.kg}")) BIND(STRAFTER(STR(?type), "${PREFIXES.kg}") AS ?kind)
  } GROUP BY ?iri ?name ?label`);
  names = found.map((row) => ({
    iri: row.iri.value,
    name: row.name.value,
    label: row.label.value,
    kinds: row.kinds.value.split(" "),
  }));
  for (const { stage } of await rows("SELECT DISTINCT ?stage WHERE { ?set kg:lifeStage ?stage }"))
    names.push({ iri: "", name: stage.value, label: stage.value, kinds: ["LifeStage"] });
}

function labelOf(term) {
  const iri = term.replace(/^kg:/, PREFIXES.kg).replace(/^<|>$/g, "");
  const found = names.find((name) => name.iri === iri);
  return found ? found.label : term.replace(/^"(.*)"(@[\w-]+|\^\^.*)?$/, "$1");
}

function listQuestions(filter = "") {
  const key = folded(filter);
  const groups = new Map();
  for (const question of facts.questions) {
    if (key && !folded(`${question.name} ${question.summary} ${question.tags.join(" ")}`).includes(key)) continue;
    const tag = question.tags[0] || "other";
    groups.set(tag, [...(groups.get(tag) || []), question]);
  }
  const lists = [...groups]
    .sort((one, other) => other[1].length - one[1].length)
    .map(([tag, questions]) =>
      make(
        "section",
        {},
        make("h3", {}, tag),
        make(
          "ul",
          {},
          ...questions.map((question) =>
            make("li", {}, make("a", { href: `#question=${question.name}` }, question.summary)),
          ),
        ),
      ),
    );
  $("questions").replaceChildren(
    ...(lists.length ? lists : [make("p", {}, "No question fits; clear the field to see all.")]),
  );
}

/** The form of a question, filled with what the address says or with the defaults. */
function showQuestion(question, given) {
  const lists = [];
  const fields = question.parameters.map((parameter) => {
    const kinds = names.filter((name) => parameter.kind === "Thing" || name.kinds.includes(parameter.kind));
    const id = `list-${parameter.name}`;
    if (!(parameter.kind in LITERALS)) {
      lists.push(
        make(
          "datalist",
          { id },
          ...[...new Set(kinds.map((name) => name.label))].sort().map((label) => make("option", { value: label })),
        ),
      );
    }
    const value = given[parameter.name] ?? labelOf(parameter.default);
    const field = make("input", {
      id: `p-${parameter.name}`,
      name: parameter.name,
      value,
      list: parameter.kind in LITERALS ? null : id,
      autocomplete: "off",
    });
    return make("p", { class: "field" }, make("label", { for: `p-${parameter.name}` }, parameter.about), field);
  });
  const form = make(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        /** @type {any} a form of text fields, whose data are pairs of strings */
        const fields = new FormData(form);
        const typed = new URLSearchParams(fields);
        const address = `#question=${question.name}${typed.size ? `&${typed}` : ""}`;
        if (location.hash === address) void answerQuestion(question, Object.fromEntries(typed));
        else location.hash = address;
      },
    },
    ...fields,
    make("button", {}, "Ask"),
  );
  $("asked").replaceChildren(make("h2", {}, question.summary), make("p", {}, question.description), form, ...lists);
}

async function answerQuestion(question, given) {
  /** @type {Record<string, string>} */
  const terms = {};
  try {
    for (const parameter of question.parameters) {
      const typed = given[parameter.name];
      if (typed !== undefined && typed !== labelOf(parameter.default))
        terms[parameter.name] = termOf(parameter, typed, names, PREFIXES);
    }
  } catch (error) {
    say(error.message, true);
    $("answer").replaceChildren();
    return;
  }
  $("query").value = bound(question, terms);
  await run();
}

/** Ask what stands in the editor. */
async function run() {
  $("stop").hidden = false;
  document.body.removeAttribute("data-answered");
  say("Asking …");
  const from = performance.now();
  try {
    const found = await ask($("query").value);
    const time = `${Math.round(performance.now() - from).toLocaleString("en")} ms`;
    if (found.form === "triples") showTriples(found.answer, time);
    else showRows(JSON.parse(found.answer), time);
  } catch (error) {
    $("answer").replaceChildren();
    say(error.message, true);
  }
  $("stop").hidden = true;
  document.body.dataset.answered = "yes";
}

function showBoolean(answer, time) {
  $("answer").replaceChildren(
    make("p", { class: "boolean" }, answer ? "Yes: it is so in this graph." : "No: nothing in this graph says so."),
  );
  say(time);
}

function showTriples(text, time) {
  const count = text.split("\n").filter(Boolean).length;
  say(`${count.toLocaleString("en")} triples, ${time}`);
  $("answer").replaceChildren(
    save(text, "answer.nt", "application/n-triples"),
    make("pre", { tabindex: "0" }, text.slice(0, 200_000)),
  );
}

function save(text, name, type) {
  const button = make("button", { type: "button", class: "plain" }, `Save ${name}`);
  button.onclick = () => {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return button;
}

/** A table of labels: a column `x` beside `x_label` becomes the link of the label. */
function showRows(answer, time) {
  if (answer.boolean !== undefined) return showBoolean(answer.boolean, time);
  const columns = answer.head.vars.filter((column) => !answer.head.vars.includes(`${column}_label`));
  const all = answer.results.bindings;
  let order = all;
  let shown = 200;
  let [by, down] = ["", false];
  const body = make("tbody");
  const more = make("button", {
    type: "button",
    class: "plain",
    onclick: () => {
      shown = Infinity;
      fill();
    },
  });
  const filter = make("input", {
    id: "filter",
    type: "search",
    placeholder: "filter the rows",
    "aria-label": "filter the rows",
    oninput: fill,
  });
  const heads = columns.map((column) => {
    const button = make(
      "button",
      { type: "button", class: "head" },
      column.replace(/_label$/, "").replaceAll("_", " "),
    );
    const head = make("th", { scope: "col" }, button);
    button.onclick = () => {
      [by, down] = [column, by === column && !down];
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      order = [...all].sort((one, other) => (down ? -1 : 1) * compared(one[column], other[column]));
      fill();
    };
    return head;
  });
  function fill() {
    const key = folded(filter.value);
    const fits = key
      ? order.filter((row) => columns.some((column) => row[column] && folded(row[column].value).includes(key)))
      : order;
    body.replaceChildren(
      ...fits.slice(0, shown).map((row) => make("tr", {}, ...columns.map((column) => cell(row, column)))),
    );
    more.hidden = fits.length <= shown;
    more.textContent = `Show all ${fits.length.toLocaleString("en")} rows`;
  }
  fill();
  say(
    `${all.length.toLocaleString("en")} ${all.length === 1 ? "row" : "rows"}, ${time}` +
      (all.length ? "" : unknownNames()),
  );
  const table = make(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": "answer" },
    make("table", { "aria-label": "Table of the answer" }, make("thead", {}, make("tr", {}, ...heads)), body),
  );
  $("answer").replaceChildren(
    make("p", { class: "tools" }, filter, save(csvOf(answer), "answer.csv", "text/csv")),
    table,
    more,
  );
}

/** Names of ours in the query that no triple of the graph has: the usual reason for an empty answer. */
function unknownNames() {
  const used = [
    ...$("query")
      .value.replace(/#[^\n]*|"[^"\n]*"/g, " ")
      .matchAll(/\bkg:([A-Za-z][\w-]*)/g),
  ].map((match) => match[1]);
  const unknown = [...new Set(used)].filter(
    (name) => !facts.names.includes(name) && !names.some((known) => known.iri === PREFIXES.kg + name),
  );
  return unknown.length
    ? `. The graph has no ${unknown.map((name) => `kg:${name}`).join(", ")}: look for a slip of the pen`
    : "";
}

const isNumber = (text) => text !== "" && !Number.isNaN(Number(text));
function compared(one, other) {
  const [first, second] = [one ? one.value : "", other ? other.value : ""];
  const numbers = isNumber(first) && isNumber(second);
  return numbers ? first - second : first.localeCompare(second, "en");
}

function cell(row, column) {
  const term = row[column];
  if (!term) return make("td");
  const about = column.endsWith("_label") ? row[column.slice(0, -6)] : term;
  const text = term.type === "uri" ? compacted(term.value, PREFIXES) : term.value;
  if (about && about.type === "uri" && about.value.startsWith(PREFIXES.kg))
    return make("td", {}, make("a", { href: `#term=${encodeURIComponent(about.value)}` }, text));
  if (about && about.type === "uri" && /^https?:/.test(about.value))
    return make("td", {}, make("a", { href: about.value, rel: "noreferrer" }, text));
  return make("td", { class: term.type === "literal" && isNumber(term.value) ? "number" : null }, text);
}

/** What the graph says of a term: claims first, each with how sure it is. */
function showTerm(iri) {
  const own = names.filter((name) => name.iri === iri);
  const label = own.length ? own[0].label : compacted(iri, PREFIXES);
  const others = own.map((name) => name.name).filter((name) => name !== label);
  $("asked").replaceChildren(
    make("h2", {}, label),
    make("p", {}, make("code", {}, iri)),
    others.length ? make("p", {}, `also called: ${others.join(", ")}`) : null,
  );
  $("query").value =
    `# What the graph says of ${label.replace(/[\r\n]/g, " ")}: its claims with how sure they are, then all else.
SELECT ?says ?what_label ?status_label ?certainty_label ?what WHERE {
  VALUES ?term { <${iri}> }
  { ?claim kg:subject ?term ; kg:relation ?relation ; kg:object ?what ; kg:status/rdfs:label ?status_label ;
      kg:certainty/rdfs:label ?certainty_label .
    ?relation rdfs:label ?verb BIND(CONCAT(?verb, " …") AS ?says) BIND(1 AS ?order) }
  UNION
  { ?claim kg:object ?term ; kg:relation ?relation ; kg:subject ?what ; kg:status/rdfs:label ?status_label ;
      kg:certainty/rdfs:label ?certainty_label .
    ?relation rdfs:label ?verb BIND(CONCAT("… ", ?verb, " this") AS ?says) BIND(2 AS ?order) }
  UNION
  { ?term ?property ?what . FILTER(isLiteral(?what)) FILTER(?property NOT IN (kg:nameKey, kg:wordKey))
    OPTIONAL { ?property rdfs:label ?named } BIND(COALESCE(?named, STR(?property)) AS ?says) BIND(0 AS ?order) }
  OPTIONAL { ?what rdfs:label ?name }
  BIND(COALESCE(?name, STR(?what)) AS ?what_label)
}
ORDER BY ?order ?says ?what_label`;
  return run();
}

function suggest() {
  const key = folded($("find").value);
  const found = key.length < 2 ? [] : names.filter((name) => name.iri && folded(name.name).includes(key));
  const rank = (name) => (folded(name.name).startsWith(key) ? 0 : 1) * 1000 + name.name.length;
  const seen = new Map();
  for (const name of found.sort((one, other) => rank(one) - rank(other)))
    if (!seen.has(name.iri)) seen.set(name.iri, name);
  $("found").replaceChildren(
    ...[...seen.values()]
      .slice(0, 12)
      .map((name) =>
        make(
          "li",
          {},
          make(
            "a",
            { href: `#term=${encodeURIComponent(name.iri)}` },
            name.label,
            name.name === name.label ? null : make("small", {}, ` ${name.name}`),
          ),
        ),
      ),
  );
}

/** Show what the address says: a question with its values, a term, or a query. */
async function follow() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const question = facts.questions.find((one) => one.name === asked.get("question"));
  $("found").replaceChildren();
  if (location.hash && $("asked").getBoundingClientRect().top > innerHeight / 2) $("asked").scrollIntoView();
  if (question) {
    asked.delete("question");
    showQuestion(question, Object.fromEntries(asked));
    await answerQuestion(question, Object.fromEntries(asked));
  } else if (asked.get("term")) await showTerm(asked.get("term"));
  else if (asked.get("query")) {
    $("query").value = asked.get("query");
    $("asked").replaceChildren();
    await run();
  }
}

$("run").onclick = () => run();
$("query").onkeydown = (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
};
$("share").onclick = () => {
  location.hash = `#${new URLSearchParams({ query: $("query").value })}`;
};
$("stop").onclick = async () => {
  worker.terminate();
  for (const wait of waiting.values()) wait.reject(new Error("stopped; the graph is loaded again"));
  waiting = new Map();
  await start();
  say("Stopped; ready again.");
};
$("filter-questions").oninput = (event) => listQuestions(event.currentTarget.value);
$("find").oninput = suggest;
/** For the console of the browser: `(await kg.ask("SELECT …")).answer`. */
window.kg = { ask, questions: facts.questions };
listQuestions();
try {
  await start();
  say("The names of its terms are being read …");
  await readNames();
  say("Ready.");
  window.addEventListener("hashchange", follow);
  await follow();
} catch (error) {
  say(`The graph could not be loaded: ${error.message}`, true);
}
document.body.dataset.loaded = "yes";
