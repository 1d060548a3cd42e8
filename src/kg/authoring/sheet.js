// The sheet of a review: judgements by click or key, kept in the page until they are saved as a file.
"use strict";
const facts = JSON.parse(document.getElementById("facts").textContent);
const form = document.getElementById("sheet"),
  told = document.getElementById("told");
const reviewer = document.getElementById("reviewer"),
  orcid = document.getElementById("orcid");
const comments = [...form.querySelectorAll("textarea[data-claim]")];
let unsaved = false;

function answers() {
  const found = {};
  for (const box of comments) {
    const name = box.dataset.claim,
      chosen = form.querySelector(`input[name="${CSS.escape(name)}"]:checked`);
    if (chosen) found[name] = { verdict: chosen.value, comment: box.value.trim(), evidence: facts.evidence[name] };
  }
  return found;
}

form.addEventListener("input", () => {
  unsaved = true;
  const words = `${Object.keys(answers()).length} of ${comments.length} judged, not saved yet.`;
  if (told.textContent !== words) told.textContent = words; // said once, not at each letter of a comment
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const lonely = comments.find(
    (box) => box.value.trim() && !form.querySelector(`input[name="${CSS.escape(box.dataset.claim)}"]:checked`),
  );
  if (lonely) {
    told.textContent = "A comment stands without a judgement: choose agree, partly or disagree there.";
    lonely.focus();
    return;
  }
  const given = answers(),
    count = Object.keys(given).length;
  if (!count) {
    told.textContent = "Nothing is judged yet.";
    return;
  }
  const now = new Date(),
    day = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const review = {
    format: facts.format,
    topic: facts.topic,
    release: facts.release,
    reviewer: reviewer.value.trim(),
    orcid: orcid.value.trim(),
    on: day,
    answers: given,
  };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(review, null, 1) + "\n"], { type: "application/json" }));
  link.download = `review-${facts.slug}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  unsaved = false;
  told.textContent = `Saved: ${count} of ${comments.length} statements.`;
});

document.getElementById("earlier").addEventListener("change", async (event) => {
  let review;
  try {
    review = JSON.parse(await event.target.files[0].text());
  } catch {
    told.textContent = "That file is not a review, or it was cut short.";
    return;
  }
  if (!review || review.format !== facts.format || typeof review.answers !== "object") {
    told.textContent = "That file is not a review of this kind.";
    return;
  }
  reviewer.value = review.reviewer || "";
  orcid.value = review.orcid || "";
  let found = 0;
  for (const box of comments) {
    const given = review.answers[box.dataset.claim];
    if (!given) continue;
    const choice = form.querySelector(
      `input[name="${CSS.escape(box.dataset.claim)}"][value="${CSS.escape(String(given.verdict))}"]`,
    );
    if (choice) {
      choice.checked = true;
      box.value = given.comment || "";
      found += 1;
    }
  }
  told.textContent = `Opened: ${found} of ${Object.keys(review.answers).length} judgements stand on this sheet.`;
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
