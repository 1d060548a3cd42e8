// Names and values: how what a person types becomes a term of the query. Pure functions; `node --test` and the page
// use them alike.

/** @typedef {{iri: string, name: string, label: string, kinds: string[]}} Name */
/** @typedef {{name: string, kind: string, about: string, default: string}} Parameter */

/** Numbers that are not a class of the ontology, with the XSD type of their literal. */
export const LITERALS = { integer: "integer", decimal: "decimal", text: "string" };

// Accents and the points of Hebrew and Arabic; no marks that make another letter (of Thai, Hindi, kana, Cyrillic).
// kg.grounding.normalize has the same rule.
const ACCENTS =
  /(?<![иу](?=\u0306))(?<!і(?=\u0308))[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u0655]|[\ufe00-\ufe0f]/gu;

/** A name without case, accents, punctuation and runs of blanks. @param {string} name @returns {string} */
export function folded(name) {
  const plain = name.normalize("NFKD").toLowerCase().replace(ACCENTS, "").normalize("NFC");
  return plain
    .replace(/['’`´."]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}+%]+/gu, " ")
    .trim();
}

/** A word with its article. @param {string} word @returns {string} */
const articled = (word) => `${/^[aeiou]/i.test(word) ? "an" : "a"} ${word}`;

/** A string as SPARQL writes it. @param {string} text @returns {string} */
function quoted(text) {
  const escapes = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return `"${text.replace(/[\\"\n\r\t]/g, (letter) => escapes[letter])}"`;
}

/**
 * The serialised term for what was typed.
 * @param {Parameter} parameter @param {string} typed @param {Name[]} names @param {Record<string, string>} prefixes
 * @returns {string}
 */
export function termOf(parameter, typed, names, prefixes) {
  const value = typed.trim();
  if (!value) throw new Error(`${parameter.name}: nothing is written; write ${parameter.about}`);
  if (parameter.kind in LITERALS) return literalOf(parameter, value);
  if (parameter.kind === "LifeStage") return lifeStageOf(parameter, value, names);
  if (/^<[^<>"{}|^`\\\s]+>$/.test(value)) return value;
  const compact = /^([A-Za-z][\w.-]*):([\w./-]+)$/.exec(value);
  if (compact && compact[1] in prefixes) return `<${prefixes[compact[1]]}${compact[2]}>`;
  if (/^https?:\/\/[^<>"{}|^`\\\s]+$/.test(value)) return `<${value}>`;
  const key = folded(value);
  const fits = (name) => parameter.kind === "Thing" || name.kinds.includes(parameter.kind);
  const found = [...new Set(names.filter((name) => fits(name) && folded(name.name) === key).map((name) => name.iri))];
  if (found.length === 1) return `<${found[0]}>`;
  const label = (iri) => names.find((name) => name.iri === iri).label;
  if (found.length)
    throw new Error(`${parameter.name}: “${value}” names ${found.map(label).join(", ")}; write one of them`);
  const near = nearest(key, names.filter(fits));
  throw new Error(
    `${parameter.name}: “${value}” is not ${articled(parameter.kind)} of this graph` +
      (near.length ? `; did you mean ${near.join(", ")}?` : ""),
  );
}

/**
 * A life stage is a name of the tables of intakes, written as text.
 * @param {Parameter} parameter @param {string} value @param {Name[]} names
 */
function lifeStageOf(parameter, value, names) {
  const stages = names.filter((name) => name.kinds.includes("LifeStage"));
  const found = stages.find((name) => folded(name.name) === folded(value));
  if (found) return quoted(found.name);
  const near = nearest(folded(value), stages);
  const hint = near.length ? `did you mean ${near.join(", ")}?` : "choose one from the list";
  throw new Error(`${parameter.name}: “${value}” is not a life stage of the tables; ${hint}`);
}

/** @param {Parameter} parameter @param {string} value */
function literalOf(parameter, value) {
  const type = LITERALS[parameter.kind];
  const numeral = { integer: /^-?\d+$/, decimal: /^-?(\d+\.?\d*|\.\d+)$/ }[type];
  if (numeral && !numeral.test(value))
    throw new Error(`${parameter.name}: “${value}” is not ${articled(parameter.kind)}; write it in digits`);
  return `${quoted(value)}^^<http://www.w3.org/2001/XMLSchema#${type}>`;
}

/**
 * Up to four labels whose names share most with a key.
 * @param {string} key
 * @param {Name[]} names
 * @returns {string[]}
 */
function nearest(key, names) {
  const pairs = (word) => new Set([...word].slice(1).map((letter, place) => word[place] + letter));
  const own = pairs(key);
  const scored = new Map();
  for (const name of names) {
    const other = pairs(folded(name.name));
    const shared = [...own].filter((pair) => other.has(pair)).length;
    const score = (2 * shared) / (own.size + other.size || 1);
    if (score > (scored.get(name.label) || 0.45)) scored.set(name.label, score);
  }
  return [...scored]
    .sort((one, other) => other[1] - one[1])
    .slice(0, 4)
    .map(([label]) => label);
}

/**
 * The query of a question with its parameters filled in: each stands in a VALUES row of its own, which holds the
 * default.
 * @param {{text: string, parameters: Parameter[]}} question @param {Record<string, string>} terms serialised, by name
 */
export function bound(question, terms) {
  let text = question.text;
  for (const parameter of question.parameters) {
    if (!(parameter.name in terms)) continue;
    const row = (value) => `VALUES ?${parameter.name} { ${value} }`;
    if (!text.includes(row(parameter.default))) throw new Error(`the query has no row for ${parameter.name}`);
    text = text.split(row(parameter.default)).join(row(terms[parameter.name]));
  }
  return text;
}

/** An IRI in its short form where a prefix fits. @param {string} iri @param {Record<string, string>} prefixes */
export function compacted(iri, prefixes) {
  let best = "";
  for (const [prefix, space] of Object.entries(prefixes)) {
    if (iri.startsWith(space) && space.length > (prefixes[best] || "").length) best = prefix;
  }
  return best ? `${best}:${iri.slice(prefixes[best].length)}` : iri;
}

/**
 * Rows as CSV of the SPARQL 1.1 results.
 * @param {{head: {vars: string[]}, results: {bindings: Record<string, {value: string}>[]}}} answer
 */
export function csvOf(answer) {
  const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
  const columns = answer.head.vars;
  const shown = (term) => (term ? (term.type === "bnode" ? `_:${term.value}` : term.value) : "");
  const lines = answer.results.bindings.map((row) => columns.map((column) => cell(shown(row[column]))).join(","));
  return [columns.map(cell).join(","), ...lines, ""].join("\r\n");
}
