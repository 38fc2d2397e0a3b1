// What the reader has chosen, and who is told when it changes.
import { data } from "./data.js";

/** @type {View[]} */
const VIEWS = ["groups", "people", "density", "change"];
/** Columns of a table are a view where there is a table. @returns {View[]} */
export const viewsOf = () => (data.indicators.length ? [...VIEWS, "indicator"] : VIEWS);
export const LAYERS = ["spines", "centres", "lakes", "borders", "distances", "shared", "ties"];

export const freshState = () => /** @type {State} */ ({
  lang: data.lang ?? "fi", theme: "auto", view: data.view ?? "groups", column: null, extents: new Map(), unit: null, known: null, year: null, at: null,
  shown: new Set(data.groups?.filter((group) => group.shown).map((group) => group.id)),
  layers: new Set(["spines", "centres", "lakes"]),
});
export const state = freshState();

/** @type {Map<Topic, () => void>} */
const listeners = new Map();

/** @param {Topic} topic @param {() => void} action */
export const listen = (topic, action) => { listeners.set(topic, action); };

/** @param {Topic} topic */
export const tell = (topic) => listeners.get(topic)?.();

/** The extent chosen; undefined for a group whose members are not known. @param {Group} group @returns {Extent | undefined} */
export const extentOf = (group) => {
  const { extents } = group;
  return extents.find((one) => one.id === state.extents.get(group.id)) ?? extents.find((one) => one.default) ?? extents[0];
};

/** @param {Group} group */
export const membersOf = (group) => extentOf(group)?.units ?? [];

/** @param {Group} group @param {Unit} unit */
export const holds = (group, unit) => extentOf(group)?.set.has(unit.index) ?? false;

export const shownGroups = () => data.groups.filter((group) => state.shown.has(group.id) && group.extents.length);

/** Groups shown, by number of the unit. */
export function groupsByUnit() {
  /** @type {Group[][]} */
  const found = data.units.map(() => []);
  for (const group of shownGroups()) for (const index of membersOf(group)) found[index].push(group);
  return found;
}
