"use strict";
// "Copy as": the query on the page as a program that sends it, for curl, Python and R. It is shown as well as copied,
// since a browser may refuse to copy.
(() => {
  const BASE = document.documentElement.dataset.base ?? "";
  const endpoint = `${location.origin}${BASE}/sparql`;
  const builds = (query) => /^\s*(construct|describe)\b/im.test(query.replace(/^\s*(prefix|base)\b.*$/gim, ""));
  const WAYS = {
    curl: (query, kind) =>
      `curl -H 'Accept: ${kind}' --data-urlencode query@- '${endpoint}' <<'SPARQL'\n${query.trimEnd()}\nSPARQL\n`,
    Python: (query, kind) =>
      `import urllib.parse, urllib.request

query = """
${query.trim().replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"')}
"""
request = urllib.request.Request(
    "${endpoint}",
    urllib.parse.urlencode({"query": query}).encode(),
    {"Accept": "${kind}"},
)
with urllib.request.urlopen(request) as answer:
    print(answer.read().decode())
`,
    R: (query, kind) =>
      `library(httr2)

query <- r"---(
${query.trim()}
)---"
answer <- request("${endpoint}") |>
  req_headers(Accept = "${kind}") |>
  req_body_form(query = query) |>
  req_perform() |>
  resp_body_string()
${kind === "text/csv" ? "rows <- read.csv(text = answer)" : "cat(answer)"}
`,
  };
  for (const place of document.querySelectorAll(".ways")) {
    const said = place.querySelector("[role=status]"),
      shown = place.querySelector("pre");
    const read = () =>
      document.querySelector(".CodeMirror")?.CodeMirror.getValue() ??
      document.querySelector(".sparql pre")?.textContent ??
      "";
    for (const [name, write] of Object.entries(WAYS)) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.addEventListener("click", async () => {
        const query = read();
        shown.textContent = write(query, builds(query) ? "text/turtle" : "text/csv");
        shown.hidden = false;
        try {
          await navigator.clipboard.writeText(shown.textContent);
          said.textContent = `Copied for ${name}.`;
        } catch {
          said.textContent = `For ${name}, to copy by hand:`;
        }
      });
      said.before(button);
    }
    place.hidden = false;
  }
})();
