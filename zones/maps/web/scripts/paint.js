// Colours of what lies on the map, from the bottom up.
import { drawCircles } from "./circles.js";
import { classOf } from "./classes.js";
import { base, colourOf, dashOf, gapPattern, mixed, rampNamed, rampOf, stripes, wavePattern } from "./colour.js";
import { data } from "./data.js";
import { byId } from "./dom.js";
import { statusesOf, withStatus } from "./evidence.js";
import { decodePolygons } from "./grid.js";
import { chosenColumn } from "./indicators.js";
import { drawParts } from "./overlay.js";
import { stage } from "./stage.js";
import { extentOf, groupsByUnit, shownGroups, state } from "./state.js";

/** @type {L.Polygon[]} */
let outlines = [];
/** @type {L.Polygon[]} */
let hatch = [];
/** @type {L.Polygon[]} */
let former = [];
/** @type {L.Polygon | null} */
let selected = null;

/** @param {Unit} unit @param {Group[]} groups @param {number[]} fullness @returns {L.PathOptions} */
function unitStyle(unit, groups, fullness) {
  const colours = base();
  const style = { weight: stage.canvas ? 0.4 : 0.8, color: colours.unit_line, fillColor: colours.unit, fillOpacity: stage.tiles ? 0.25 : 1, opacity: 1 };
  const column = state.view === "indicator" ? chosenColumn() : undefined;
  if (column) return { ...style, ...indicatorStyle(column, unit.index) };
  if (state.view !== "groups" && state.view !== "indicator") {
    const figure = figureOf(unit, state.view);
    const rank = state.view === "people" ? null : classOf(figure, data.palette.views[state.view].limits);
    if (figure === null && !stage.canvas) return { ...style, fillColor: gapPattern("missing") };
    const filled = rank === null || state.view === "people" ? {} : { fillColor: rampOf(state.view)[rank], fillOpacity: stage.tiles ? 0.7 : 1 };
    return { ...style, ...(rank === null ? {} : { color: colours.class_line }), ...filled };
  }
  if (!groups.length) return style;
  const [first, ...others] = groups;
  if (!others.length) return { ...style, color: colours.group_line, fillColor: colourOf(first), fillOpacity: fullness[0] };
  if (stage.canvas) return { ...style, color: colours.group_line, fillColor: mixed(groups.map(colourOf)), fillOpacity: Math.max(...fullness) };
  return { ...style, color: colours.group_line, fillColor: stripes(groups, false, fullness), fillOpacity: 1 };
}

/** What a view says of a municipality. @param {Unit} unit @param {"people" | Choropleth} view */
export const figureOf = (unit, view) => (view === "change" ? unit.rate : unit[view]);

/** A figure fills with the colour of its class, or is a circle on plain land; a gap has its pattern. @param {Indicator} column @param {number} index @returns {L.PathOptions} */
function indicatorStyle(column, index) {
  const gap = column.gaps.get(index);
  if (gap) return { fillColor: gapPattern(gap.why) };
  const rank = column.circles ? null : classOf(column.values[index], column.limits);
  return rank === null ? {} : { color: base().class_line, fillColor: rampNamed(column.ramp)[column.shades[rank]], fillOpacity: stage.tiles ? 0.7 : 1 };
}

/** Whether fills are classes of figures. */
export function inClasses() {
  const column = state.view === "indicator" ? chosenColumn() : undefined;
  return column ? !column.circles : state.view === "density" || state.view === "change";
}

export function restyle() {
  const colours = base();
  byId("map-place").style.setProperty("--sea", "");
  const { land, lakes, frontiers, national } = stage.backdrop;
  land?.setStyle({ color: colours.coast, weight: 0.8, fillColor: colours.land, fillOpacity: 1 });
  const waved = inClasses() && !stage.canvas;
  const water = { color: waved ? colours.wave : colours.lake_line, fillColor: waved ? wavePattern() : colours.lake };
  lakes?.setStyle({ ...water, weight: 0.6, fillOpacity: 1 });
  // The key of layers shows them as they are.
  document.documentElement.style.setProperty("--shore", water.color);
  document.documentElement.style.setProperty("--lakes", water.fillColor);
  frontiers?.setStyle({ color: colours.border, weight: 1, dashArray: "5 4", opacity: 0.8 });
  national?.setStyle({ color: colours.national, weight: 1.6, dashArray: "7 3 1.5 3", opacity: 1 });
  if (state.layers.has("lakes")) lakes?.addTo(stage.map);
  else lakes?.remove();
  const found = groupsByUnit();
  styleUnits(found);
  drawHatch(found);
  drawOutlines();
  drawCircles();
  drawSelected();
  drawParts();
}

/** Former members have an outline and no fill, and so are not among those that fill. @param {Group[][]} found */
function styleUnits(found) {
  const statuses = new Map(shownGroups().map((group) => [group, statusesOf(/** @type {Extent} */ (extentOf(group)))]));
  /** @param {Group} group @param {number} index */
  const full = (group, index) => data.palette.evidence[statuses.get(group)?.get(index) ?? "extent"];
  stage.units.forEach((layer, index) => {
    const groups = found[index].filter((group) => full(group, index));
    layer.setStyle(unitStyle(data.units[index], groups, groups.map((group) => full(group, index))));
  });
  for (const layer of former) layer.remove();
  former = state.view !== "groups" ? [] : shownGroups().flatMap((group) => withStatus(/** @type {Extent} */ (extentOf(group)), "former").map((index) => L.polygon(stage.units[index].getLatLngs(), {
    pane: "hatch", interactive: false, fill: false, color: colourOf(group), weight: 1.8, dashArray: "3 3.5", lineCap: "butt", className: "former",
  }).addTo(stage.map)));
}

/** Over a choropleth, municipalities of several groups get thin stripes in the groups' colours. @param {Group[][]} found */
function drawHatch(found) {
  for (const layer of hatch) layer.remove();
  hatch = [];
  if (state.view === "groups" || stage.canvas) return;
  found.forEach((groups, index) => {
    if (groups.length < 2) return;
    hatch.push(L.polygon(stage.units[index].getLatLngs(), {
      pane: "hatch", interactive: false, stroke: false, fillColor: stripes(groups, true), fillOpacity: 0.9, className: "hatch",
    }).addTo(stage.map));
  });
}

function drawOutlines() {
  for (const layer of outlines) layer.remove();
  outlines = shownGroups().reverse().flatMap((group) => {
    const points = decodePolygons(extentOf(group)?.outline ?? [], data.grid);
    const thin = group.kind === "network";
    const common = /** @type {const} */ ({ pane: "outlines", interactive: false, fill: false, smoothFactor: 0.8, lineJoin: "round", lineCap: "round" });
    return [
      L.polygon(points, { ...common, color: base().casing, weight: thin ? 4.4 : 6.2, opacity: 0.9, className: "casing" }).addTo(stage.map),
      L.polygon(points, { ...common, color: colourOf(group), weight: thin ? 2 : 3, dashArray: dashOf(group) ?? undefined, className: `outline outline-${group.index}` }).addTo(stage.map),
    ];
  });
}

export function drawSelected() {
  selected?.remove();
  selected = state.unit === null ? null : L.polygon(stage.units[state.unit].getLatLngs(), {
    pane: "selected", interactive: false, fill: false, color: base().selected, weight: 2.6, className: "selected-unit",
  }).addTo(stage.map);
}
