// Counts as circles whose area is the figure: a fill would grow with the municipality.
import { radiusOf } from "./classes.js";
import { base, rampNamed } from "./colour.js";
import { data } from "./data.js";
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

export function drawCircles() {
  stage.circles.clearLayers();
  const column = chosenColumn();
  if (state.view !== "indicator" || !column?.circles) return;
  /** @param {Unit} unit */
  const size = (unit) => Math.abs(column.values[unit.index] ?? 0);
  // Small ones lie on large ones.
  const order = data.units.filter((unit) => size(unit) && hasPoint(unit)).sort((a, b) => size(b) - size(a));
  for (const unit of order) {
    const circle = L.circleMarker(pointOf(unit), {
      pane: "circles", className: "circle", radius: radiusOf(size(unit), column.most, mostRadius()), weight: 1, color: base().casing,
      fillColor: circleColour((column.values[unit.index] ?? 0) < 0), fillOpacity: 0.8,
    });
    owners.set(circle, unit.index);
    stage.circles.addLayer(circle);
    keepFromTabbing(circle);
  }
}
