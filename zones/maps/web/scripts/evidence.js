// What is known of each unit of an extent, by the end of the year chosen: the picture, its key and the cards say it.
import { data } from "./data.js";
import { extentOf, shownGroups, state } from "./state.js";

/** @type {Record<string, Status>} */
const LETTERS = { d: "documented", e: "extent", f: "former" };

/** Whether there are rows of evidence at all; a user's own list of municipalities has none. @param {Extent} extent */
export const hasEvidence = (extent) => extent.known.length > 0;

/** A letter a unit, of those inside and then those beyond. @param {Extent} extent @returns {string} */
function lettersOf(extent) {
  const { known } = state;
  return (known === null ? extent.known : extent.known.filter(([year]) => year <= known)).at(-1)?.[1] ?? "";
}

/** The status of every unit that an extent or its evidence has, by number. @param {Extent} extent @returns {Map<number, Status>} */
export function statusesOf(extent) {
  const letters = lettersOf(extent);
  /** @type {Map<number, Status>} */
  const found = new Map();
  extent.units.forEach((unit, place) => found.set(unit, hasEvidence(extent) ? LETTERS[letters[place]] ?? "extent" : "documented"));
  extent.beyond.forEach((unit, place) => { if (letters[extent.units.length + place] === "f") found.set(unit, "former"); });
  return found;
}

/** @param {Extent} extent @param {Status} status */
export const withStatus = (extent, status) => [...statusesOf(extent)].filter(([, one]) => one === status).map(([unit]) => unit);

/** Units of an extent with evidence that they are or were members, as the measure counts them. @param {Extent} extent */
export function evidenced(extent) {
  const statuses = statusesOf(extent);
  return extent.units.filter((unit) => statuses.get(unit) !== "extent");
}

/** The years in which it changes; undated evidence stands first, before them all. @param {Extent} extent */
const changesOf = (extent) => extent.known.map(([year]) => year).filter(Boolean);

/** The years in which the evidence of the groups shown changes. */
export function knownYears() {
  const years = new Set(shownGroups().flatMap((group) => changesOf(/** @type {Extent} */ (extentOf(group)))));
  if (state.known !== null) years.add(state.known);
  return [...years].sort((a, b) => a - b);
}

/** Every year in which any evidence changes; what an address may ask for. */
export const allKnownYears = () => data.groups.flatMap((group) => group.extents.flatMap(changesOf));
