// What is chosen, as GeoJSON and CSV: the municipality or group if one is, else the groups shown.
import { TABS } from "./columns.js";
import { data } from "./data.js";
import { decodePolygons } from "./grid.js";
import { nameText, t, unitName } from "./language.js";
import { statusOf } from "./members.js";
import { sourceText } from "./sources.js";
import { stage } from "./stage.js";
import { extentOf, holds, membersOf, shownGroups, state } from "./state.js";
import { sourceLines } from "./figures.js";
import { tableText } from "./tables.js";

/** The zone or network whose sheet is open, else those shown. */
const chosenGroups = () => (state.group === null ? shownGroups() : [data.groups[state.group]].filter(extentOf));

const chosenUnits = () => (state.unit === null ? [...new Set(chosenGroups().flatMap(membersOf))].sort((a, b) => a - b) : [state.unit]).map((index) => data.units[index]);

export function nameOfChosen() {
  if (state.unit !== null) return unitName(data.units[state.unit]);
  const shown = chosenGroups();
  return shown.length === 1 ? nameText(shown[0].short, 60) : shown.length ? t("n_groups", { n: shown.length }) : "";
}

/** @typedef {[lon: number, lat: number]} Position */

/** A ring that closes, counter-clockwise outside and clockwise inside. @param {Position[]} points @param {boolean} hole */
function ringOf(points, hole) {
  const ring = [...points, points[0]];
  let doubled = 0;
  for (let i = 1; i < ring.length; i += 1) doubled += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return doubled > 0 === hole ? ring.reverse() : ring;
}

/** @param {Position[][][]} polygons */
export const geometryOf = (polygons) => ({
  type: "MultiPolygon",
  coordinates: polygons.map((rings) => rings.map((ring, place) => ringOf(ring, place > 0))),
});

/** @param {number} value */
const degrees = (value) => Math.round(value * 1e6) / 1e6;

/** @param {Unit} unit */
const unitGeometry = (unit) => geometryOf(/** @type {L.LatLng[][][]} */ (stage.units[unit.index].getLatLngs())
  .map((rings) => rings.map((ring) => ring.map(({ lat, lng }) => /** @type {Position} */ ([degrees(lng), degrees(lat)])))));

/** @param {Group} group @param {Unit} unit */
const statusIn = (group, unit) => { const extent = extentOf(group); return extent ? statusOf(extent, unit.index) : null; };

/** @param {Evidence} row */
const membershipOf = (row) => ({
  group: data.groups[row.group].id, status: statusIn(data.groups[row.group], data.units[/** @type {number} */ (row.unit)]), role: row.role,
  from: row.from, to: row.to, as_of: row.year, confidence: row.confidence, weak: row.weak, sources: row.sources.map(sourceText),
});

/** @param {Unit} unit */
function unitFeature(unit) {
  const rows = unit.memberships.map(membershipOf);
  const without = data.groups.filter((group) => holds(group, unit) && !unit.memberships.some((row) => row.group === group.index));
  return {
    type: "Feature", id: unit.id, geometry: unitGeometry(unit),
    properties: {
      id: unit.id, kind: "municipality", name: unitName(unit), names: { fi: unit.fi, sv: unit.sv ?? unit.fi, en: unit.en ?? unit.fi },
      people: unit.people, people_year: unit.people_year, area_km2: unit.area,
      memberships: [...rows, ...without.map((group) => ({ group: group.id, status: statusIn(group, unit), sources: [] }))],
    },
  };
}

/** @param {Group} group */
function groupFeature(group) {
  const extent = /** @type {Extent} */ (extentOf(group));
  const outline = decodePolygons(extent.outline, data.grid).map((rings) => rings.map((ring) => ring.map(([lat, lon]) => /** @type {Position} */ ([lon, lat]))));
  const people = extent.measures.find((row) => row.name === "population" && row.key === null);
  return {
    type: "Feature", id: `${group.id}/${extent.id}`, geometry: geometryOf(outline),
    properties: {
      id: group.id, kind: group.kind, name: nameText(group.short), names: group.names, extent: extent.id, extent_names: extent.names,
      people: people?.value ?? null, people_year: people?.year ?? null,
      members: extent.units.map((index) => ({ id: data.units[index].id, name: unitName(data.units[index]), status: statusOf(extent, index) })),
      sources: extent.source === null ? [] : [sourceText(extent.source)],
    },
  };
}

export function geojsonText() {
  const groups = state.unit === null ? chosenGroups().map(groupFeature) : [];
  const said = { type: "FeatureCollection", title: nameText(data.title), credits: sourceLines(), features: [...groups, ...chosenUnits().map(unitFeature)] };
  return `${JSON.stringify(said)}\n`;
}

export const chosenTable = () => tableText(TABS.units.columns(), chosenUnits(), sourceLines());
