// The walks of the page, run in Node against the answers of Python: KG_CASES names a file that tests/view/test_javascript.py wrote.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const { sources, graphs } = JSON.parse(readFileSync(process.env.KG_CASES, "utf8"));

/** Run the modules that need no screen over the data of a page. */
function load(data) {
  const document = { getElementById: () => ({ textContent: JSON.stringify(data) }) };
  return new Function("document", `"use strict";\n${sources.join("\n")}\nreturn { pathsAsJson, correct, reach, byIri };`)(document);
}

for (const { name, data, paths, corrections } of graphs) {
  const page = load(data);
  for (const { ends, expected } of paths) {
    test(`${name}: routes from ${ends[0]} to ${ends[1]} are those of Python`, () => {
      const found = page.pathsAsJson(...ends).paths;
      const told = found.map((one) => [one.sign, one.strength, one.certainty, one.steps.map((step) => step.claim)]);
      assert.deepEqual(told, expected);
    });
  }
  for (const { corrected, expected } of corrections)
    test(`${name}: correcting ${corrected.join(", ")} ends what Python says`, () => {
      assert.deepEqual(page.correct(corrected), expected);
    });
}
