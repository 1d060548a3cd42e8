// The walks of a page, run in Node against the answers of Python. KG_CASES names a file that tests/view/test_javascript.py
// wrote: the data of one page, as a map that is opened reads it, and what Python answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const { name, data, paths, corrections } = JSON.parse(readFileSync(process.env.KG_CASES, "utf8"));
// The modules that need no screen read the data of their page when they are loaded, and nothing else of it.
globalThis.document = { getElementById: () => ({ textContent: JSON.stringify(data) }) };
const assets = new URL("../../src/kg/view/assets/", import.meta.url);
const { pathsAsJson } = await import(new URL("paths.js", assets));
const { bestOf, routes } = await import(new URL("paths.js", assets));
const { byIri } = await import(new URL("graph.js", assets));
const { verdict } = await import(new URL("words.js", assets));
const { correct } = await import(new URL("correction.js", assets));

for (const { ends, expected, verdicts, best } of paths)
  test(`${name}: routes from ${ends[0]} to ${ends[1]} are those of Python`, () => {
    const found = pathsAsJson(...ends).paths;
    assert.deepEqual(
      found.map(({ sign, strength, certainty, steps }) => [sign, strength, certainty, steps.map((step) => step.claim)]),
      expected,
    );
    const drawn = routes(...ends.map((end) => byIri.get(end))).routes;
    assert.deepEqual(drawn.map(verdict), verdicts);
    if (drawn.length) assert.equal(drawn.indexOf(bestOf(drawn)), best);
  });
for (const { corrected, expected } of corrections)
  test(`${name}: correcting ${corrected.join(", ")} ends what Python says`, () => {
    assert.deepEqual(correct(corrected), expected);
  });
