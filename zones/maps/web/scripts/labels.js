// Names of centres, as many as fit without touching.
import { data } from "./data.js";
import { el } from "./dom.js";
import { unitName } from "./language.js";
import { groupsInSight } from "./members.js";
import { drawGroundNames, drawMarks, drawZoneNames } from "./names.js";
import { hasPoint, pointOf } from "./pairs.js";
import { placeLabels } from "./placement.js";
import { stage } from "./stage.js";
import { state } from "./state.js";
import { shorten } from "./text.js";

/** @type {HTMLElement | null} */
let labelBox = null;

function ruler() {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  /** @param {string} name */
  return (name) => context.measureText(name).width;
}

/** Where the scale, the sources and the buttons stand, no label goes. @returns {Box[]} */
function controlBoxes() {
  const frame = stage.map.getContainer().getBoundingClientRect();
  return [...stage.map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
    const box = control.getBoundingClientRect();
    return [box.left - frame.left - 3, box.top - frame.top - 3, box.right - frame.left + 3, box.bottom - frame.top + 3];
  });
}

let due = false;
/** Once for all that one step of the reader sets off. */
export function redrawLabels() {
  if (due) return;
  due = true;
  queueMicrotask(() => { due = false; drawLabels(); });
}

export function drawLabels() {
  const { map } = stage;
  labelBox ??= /** @type {HTMLElement} */ (map.getPane("labels")).appendChild(el("div", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" }));
  labelBox.replaceChildren();
  const taken = controlBoxes();
  drawMarks(labelBox, taken);
  const figures = drawZoneNames(labelBox, taken);
  if (state.layers.has("centres")) drawCentres(labelBox, taken);
  drawGroundNames(labelBox, taken, figures);
}

/** @param {HTMLElement} place @param {Box[]} taken */
function drawCentres(place, taken) {
  const { map } = stage;
  const onSpine = new Set(state.layers.has("spines") ? groupsInSight().flatMap((group) => group.spine.map((point) => point.unit)) : []);
  /** @param {Unit} unit */
  const rank = (unit) => (unit.newest ?? 0) * (onSpine.has(unit.index) ? 8 : 1) + (unit.index === state.unit ? 1e9 : 0);
  const ranked = data.units.filter(hasPoint).sort((a, b) => rank(b) - rank(a)).slice(0, 160);
  const widthOf = ruler();
  /** @param {Unit} unit */
  const nameOf = (unit) => shorten(unitName(unit), 24);
  /** @param {Unit} unit */
  const at = (unit) => ({ index: unit.index, ...map.latLngToContainerPoint(pointOf(unit)) });
  const size = map.getSize();
  const placed = placeLabels(ranked.map((unit) => ({ ...at(unit), width: widthOf(nameOf(unit)) + 4 })), {
    size, room: Math.max(0, size.x * size.y) / (map.getZoom() < 6 ? 23000 : 15000), taken,
    // A label covers no other point of an axis.
    points: data.units.filter((unit) => onSpine.has(unit.index) && hasPoint(unit)).map(at),
  });
  for (const { index, side } of placed) {
    const unit = data.units[index];
    const point = map.latLngToLayerPoint(pointOf(unit));
    const label = el("span", { class: `label ${side}${onSpine.has(index) ? " on-spine" : ""}` }, el("bdi", {}, nameOf(unit)));
    label.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)`;
    place.append(label);
  }
  const frame = map.getContainer().getBoundingClientRect();
  for (const name of place.querySelectorAll(".label bdi")) {
    const box = name.getBoundingClientRect();
    taken.push([box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top]);
  }
}
