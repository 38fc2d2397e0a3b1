// What the reader has chosen, and who is told when it changes.
import { data } from "./data.js";

/** @type {View[]} */
const VIEWS = ["groups", "people", "density", "change"];
/** Columns of a table are a view where there is a table. @returns {View[]} */
export const viewsOf = () => (data.indicators.length ? [...VIEWS, "indicator"] : VIEWS);
export const LAYERS = ["spines", "centres", "lakes", "borders", "distances", "shared", "ties"];

/** More networks than this cannot be told apart; zones are never too many. */
export const MOST_NETWORKS = 4;

/** The groups of these that may be on together: all zones, the first few networks. @param {string[]} ids */
export function withoutTooMany(ids) {
  const networks = new Set(data.networks?.map((group) => group.id));
  const first = ids.filter((id) => networks.has(id)).slice(0, MOST_NETWORKS);
  return ids.filter((id) => !networks.has(id) || first.includes(id));
}

/** Whether one more network would be one too many. @param {Group} group */
export const isTooMany = (group) => group.kind === "network" && !state.shown.has(group.id)
  && data.networks.filter(({ id }) => state.shown.has(id)).length >= MOST_NETWORKS;

export const freshState = () => /** @type {State} */ ({
  lang: data.lang ?? "fi", theme: "auto", view: data.view ?? "groups", column: null, extents: new Map(), unit: null, group: null, known: null, year: null, at: null, compared: null, tried: null,
  shown: new Set(withoutTooMany(data.groups?.filter((group) => group.shown).map((group) => group.id) ?? [])),
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

/** Who takes a click on a municipality, where it is not to be told of. @type {{ take: ((index: number) => void) | null }} */
export const pointing = { take: null };
