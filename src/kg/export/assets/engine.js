// The worker: the whole graph in Oxigraph, compiled to WebAssembly. It is joined to `oxigraph.js`, whose default export
// is `__wbg_init`. What comes in is `{id, query}`; what goes out `{id, form, answer}` or `{id, error}`, and once
// `{ready: triples}` or `{failed: words}`.

/** @type {Store} */
let store;
let prefixes = "";

/** @param {Blob} packed @returns {Promise<Uint8Array>} */
async function unpacked(packed) {
  return new Uint8Array(await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/**
 * The form of an answer, by the first word of the query that says it.
 * @param {string} query
 * @returns {"rows"|"triples"}
 */
function formOf(query) {
  // What may hold any word without meaning it: IRIs, strings, comments, variables and prefixed names.
  const quiet = /<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[?$]\w+|[\w.-]*:[\w.:%-]*/g;
  const bare = query.replace(quiet, " ");
  const word = /\b(select|ask|construct|describe)\b/i.exec(bare);
  return word && /construct|describe/i.test(word[1]) ? "triples" : "rows";
}

/** @param {string} query */
function answered(query) {
  const form = formOf(query);
  const options = { results_format: form === "rows" ? "json" : "application/n-triples" };
  return { form, answer: store.query(prefixes + query, options) };
}

self.onmessage = async ({ data }) => {
  if (data.start) {
    try {
      await __wbg_init({ module_or_path: await unpacked(data.start.engine) });
      const text = await unpacked(data.start.graph);
      store = new Store();
      store.load(text, { format: "text/turtle", lenient: true, no_transaction: true });
      prefixes = data.start.prefixes;
      self.postMessage({ ready: store.size });
    } catch (error) {
      self.postMessage({ failed: String(error?.message || error) });
    }
    return;
  }
  try {
    self.postMessage({ id: data.id, ...answered(data.query) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error?.message || error) });
  }
};
