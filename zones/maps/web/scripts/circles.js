// Counts as circles whose area is the figure: a fill would grow with the municipality.
import { radiusOf } from "./classes.js";
import { base, rampNamed } from "./colour.js";
import { data } from "./data.js";
import { mostPeople } from "./series.js";
import { chosenColumn } from "./indicators.js";
import { hasPoint, pointOf } from "./pairs.js";
import { keepFromTabbing, stage } from "./stage.js";
import { state } from "./state.js";

/** Which municipality a circle is of. @type {WeakMap<L.Layer, number>} */
const owners = new WeakMap();

/** The number of the municipality that a circle or polygon is of. @param {L.Layer} layer */
export const unitOfLayer = (layer) => owners.get(layer) ?? stage.units.indexOf(/** @type {L.Polygon} */ (layer));

/** @param {boolean} negative */
export const circleColour = (negative) => rampNamed("change").at(negative ? 0 : -1) ?? "";

/** Pixels of the largest circle; a small map has small ones. */
export const mostRadius = () => (stage.map.getSize().x < 480 ? 20 : 30);

/** What is drawn as circles, if anything: a figure a municipality, and the largest one. @returns {Circled | null} */
export function circled() {
  const column = chosenColumn();
  if (state.view === "people") return { values: data.units.map((unit) => unit.people), most: mostPeople(), digits: 0 };
  return state.view === "indicator" && column?.circles ? column : null;
}

/** @type {L.Canvas | undefined} */
let canvas;
/** Very many circles are one picture, in a pane that lets the pointer through to what is below. */
const circleCanvas = () => { canvas ??= L.canvas({ pane: "hatch" }); return canvas; };

export function drawCircles() {
  stage.circles.clearLayers();
  const shown = circled();
  if (!shown) return;
  const { values, most } = shown;
  const options = { pane: "circles", className: "circle", weight: 1, color: base().casing, fillOpacity: 0.8, ...(stage.canvas ? { pane: "hatch", interactive: false, renderer: circleCanvas() } : {}) };
  /** @param {Unit} unit */
  const size = (unit) => Math.abs(values[unit.index] ?? 0);
  // Small ones lie on large ones.
  const order = data.units.filter((unit) => size(unit) && hasPoint(unit)).sort((a, b) => size(b) - size(a));
  for (const unit of order) {
    const circle = L.circleMarker(pointOf(unit), {
      ...options, radius: radiusOf(size(unit), most, mostRadius()), fillColor: circleColour((values[unit.index] ?? 0) < 0),
    });
    owners.set(circle, unit.index);
    stage.circles.addLayer(circle);
    keepFromTabbing(circle);
  }
}
