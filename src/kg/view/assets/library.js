// vis-network comes packed; the policy lets it run because it knows its hash.
import { $ } from "./elements.js";
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
const library = document.createElement("script");
try {
  library.textContent = await unpack($("library").textContent.trim());
} catch (error) {
  $("old").hidden = false;
  throw error;
}
document.head.append(library);
