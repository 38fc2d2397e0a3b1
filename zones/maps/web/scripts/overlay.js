// Two lists of members on the map: only the first, both, only the second, by colour and pattern.
import { base, rampNamed } from "./colour.js";
import { data } from "./data.js";
import { byId, el, svg } from "./dom.js";
import { decodePolygons } from "./grid.js";
import { lighting } from "./highlight.js";
import { number } from "./language.js";
import { partsOf, sidesNow } from "./members.js";
import { stage } from "./stage.js";

// What says other things than this picture, and would be taken for part of it.
const ASIDE = ["outlines", "hatch", "circles"];
/** @type {L.Polygon[]} */
let edges = [];

/** @param {Part} part */
const colourOfPart = (part) => (part === "both" ? base().link : rampNamed("change").at(part === "first" ? 0 : -1) ?? "");

/** @param {Part} part */
function fillOf(part) {
  if (part === "both") return colourOfPart(part);
  const id = `part-${part}`;
  const marks = { first: () => [svg("rect", { x: 0, y: 0, width: 4.4, height: 8 })], second: () => [svg("circle", { cx: 4, cy: 4, r: 2.7 })] };
  let pattern = document.getElementById(id);
  if (!pattern) {
    pattern = /** @type {any} */ (svg("pattern", { id, patternUnits: "userSpaceOnUse", width: 8, height: 8, ...(part === "first" ? { patternTransform: "rotate(45)" } : {}) },
      svg("rect", { width: 8, height: 8 }), ...marks[part]()));
    document.querySelector("#patterns defs")?.append(/** @type {any} */ (pattern));
  }
  const [ground, mark] = /** @type {HTMLElement} */ (pattern).children;
  ground.setAttribute("fill", colourOfPart(part));
  ground.setAttribute("fill-opacity", "0.28");
  mark.setAttribute("fill", colourOfPart(part));
  return `url(#${id})`;
}

/** @param {Part} part */
export const partPatch = (part) => svg("svg", { class: "patch", "aria-hidden": "true" }, svg("rect", { width: "100%", height: "100%", fill: fillOf(part), ...(part === "both" ? { "fill-opacity": 0.62 } : {}) }));

/** Over the fills of the view; nothing where nothing is compared or tried. */
export function drawParts() {
  for (const edge of edges) edge.remove();
  const sides = sidesNow();
  byId("view-section").hidden = sides !== null;
  for (const name of ASIDE) /** @type {HTMLElement} */ (stage.map.getPane(name)).style.display = sides ? "none" : "";
  edges = [];
  if (!sides) return;
  const { first, second, isTrial } = sides;
  const parts = partsOf(first.members, second.members);
  const colours = base();
  stage.units.forEach((layer, index) => {
    const part = parts.get(index);
    const plain = { color: part ? colours.group_line : colours.unit_line, fillColor: colours.unit, fillOpacity: stage.tiles ? 0.25 : 1 };
    layer.setStyle(part ? { ...plain, fillColor: stage.canvas ? colourOfPart(part) : fillOf(part), fillOpacity: part === "both" ? 0.62 : 1 } : plain);
  });
  const common = /** @type {const} */ ({ pane: "selected", interactive: false, fill: false, smoothFactor: 0.8, lineJoin: "round", className: "edge" });
  /** @param {Side} side @param {L.PathOptions} line */
  const edge = (side, line) => L.polygon(decodePolygons(side.extent.outline, data.grid), { ...common, ...line }).addTo(stage.map);
  edges = [edge(first, { color: colours.selected, weight: 2.2 }), ...(isTrial ? [] : [edge(second, { color: colours.selected, weight: 2.2, dashArray: "2 5" })])];
}

/** @param {(readonly [Part, string, number[]])[]} rows */
export const partsKey = (rows) => el("ul", { class: "legend plain" }, rows.map(([part, words, units]) =>
  lighting(el("li", {}, partPatch(part), el("span", {}, words), el("span", { class: "count" }, number(units.length))), () => units)));
