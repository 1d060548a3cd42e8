// The elements of the page: those of the template by their id, and new ones. Everything is made with textContent, so
// that no text of the graph is ever read as HTML.

/**
 * An element of the template.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind] which kind of element it is, where more is asked of it than of any
 * @returns {T}
 */
export const $ = (id, kind) => {
  const found = document.getElementById(id);
  if (kind && !(found instanceof kind)) throw new TypeError(`#${id} is no ${kind.name}`);
  return /** @type {T} */ (found);
};
/** Tell those who listen rather than look. @param {string} words */
export const say = (words) => {
  $("live").textContent = words;
};

/** The names of states that are not English, each with its language. @type {Map<string, string>} */
const tongues = new Map();
/** @type {RegExp | null} */
let foreign = null;
/** Say in which language a name is. @param {string} name @param {string} tongue */
export function nameIn(name, tongue) {
  tongues.set(name, tongue);
  foreign = null;
}
/** A text, with its language and direction on each such name in it. @param {string} text @returns {Node|string} */
function spoken(text) {
  if (!tongues.size) return text;
  if (tongues.has(text))
    return Object.assign(document.createElement("bdi"), { lang: tongues.get(text), textContent: text });
  if (!foreign) {
    const names = [...tongues.keys()].sort((a, b) => b.length - a.length);
    const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    foreign = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "u");
  }
  const parts = text.split(foreign);
  if (parts.length < 2) return text;
  const whole = document.createElement("span");
  whole.append(...parts.map((part, at) => (at % 2 ? spoken(part) : part)));
  return whole;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {(Node|string|null|undefined)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const given = children.filter((child) => child !== null && child !== undefined && child !== "");
  element.append(...given.map((child) => (typeof child === "string" ? spoken(child) : child)));
  return element;
}
/**
 * A button. What it does is a function, or attributes that name an act (see acts.js) and what it is done to.
 * @param {string} text @param {(() => void)|null} action @param {Record<string, any>} [attributes]
 */
export const button = (text, action, attributes = {}) => {
  const element = make("button", { type: "button", ...attributes }, text);
  if (action) element.addEventListener("click", action);
  return element;
};
/** A link where the address is one of the web, else the bare text. @param {string} text @param {string} url */
export function link(text, url) {
  let safe = null;
  try {
    const parsed = new URL(url);
    if (parsed.protocol === "http:" || parsed.protocol === "https:") safe = parsed.href;
  } catch {
    safe = null;
  }
  return safe
    ? make("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, text)
    : document.createTextNode(text);
}
/** Fill the panel beside the map. @param {(Node|string|null)[]} children */
export function show(...children) {
  $("panel").replaceChildren(...children.filter(Boolean));
  $("panel").parentElement.scrollTop = 0;
  document.body.classList.add("told");
  document.body.classList.remove("listed");
}
