// SVG elements, and how wide words are.
import { FONT } from "./shapes.js";

export function svgElement(tag, attributes = {}, text = null) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== "") element.setAttribute(name, value);
  if (text !== null) element.textContent = text;
  return element;
}
const ruler = document.createElement("canvas").getContext("2d");
export function textWidth(text, size, bold = false) {
  ruler.font = `${bold ? "bold " : ""}${size}px ${FONT}`;
  return ruler.measureText(text).width;
}
