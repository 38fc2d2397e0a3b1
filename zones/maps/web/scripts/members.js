// Figures of any set of members, and of two sets side by side: what the page can compute itself.
import { data } from "./data.js";
import { statusesOf } from "./evidence.js";
import { shownGroups, state } from "./state.js";
import { sum } from "./text.js";

/** What is known of a member of an extent. @param {Extent} extent @param {number} index @returns {string | null} */
export const statusOf = (extent, index) => statusesOf(extent).get(index) ?? null;

/** @param {Chosen} chosen @returns {Side | null} */
export function sideOf({ group: groupId, extent: extentId }) {
  const group = data.groups.find((one) => one.id === groupId);
  const extent = group?.extents.find((one) => one.id === extentId);
  return group && extent ? { group, extent, members: extent.set } : null;
}

/** The two sides on the map, if any: two extents, or an extent and what it would be. @returns {{ first: Side, second: Side, isTrial: boolean } | null} */
export function sidesNow() {
  const { compared, tried } = state;
  const first = tried ? sideOf(tried) : compared && sideOf(compared.first);
  if (!first) return null;
  if (tried) {
    const members = new Set(first.members);
    for (const index of tried.changed) if (!members.delete(index)) members.add(index);
    return { first, second: { ...first, members }, isTrial: true };
  }
  const second = compared && sideOf(compared.second);
  return second ? { first, second, isTrial: false } : null;
}

/** Whose axes are drawn: of what is set side by side, else of what is shown. */
export const groupsInSight = () => { const sides = sidesNow(); return sides ? [...new Set([sides.first.group, sides.second.group])] : shownGroups(); };

/** Which of two lists a unit is in. @param {Set<number>} first @param {Set<number>} second @returns {Map<number, Part>} */
export function partsOf(first, second) {
  /** @type {Map<number, Part>} */
  const parts = new Map();
  for (const index of first) parts.set(index, second.has(index) ? "both" : "first");
  for (const index of second) if (!first.has(index)) parts.set(index, "second");
  return parts;
}

/** The newest year for which all have a figure, none newer than the division; null where there is none. @param {Iterable<number>} indices */
export function commonYear(indices) {
  const units = [...indices].map((index) => data.units[index]);
  const place = data.people_years.findLastIndex((year, at) => year <= data.years.division && units.every((unit) => unit.series[at] !== null && unit.series[at] !== undefined));
  return units.length && place >= 0 ? data.people_years[place] : null;
}

/** People of a unit at the end of a year; where no years are known, the figure that there is. @param {number} index @param {number | null} year */
export const peopleAt = (index, year) => (year === null ? data.units[index].people : data.units[index].series[data.people_years.indexOf(year)] ?? null);

/** Sum of what is known of all; null where one lacks it. @param {Iterable<number>} indices @param {(index: number) => number | null} figure */
export function total(indices, figure) {
  const values = [...indices].map(figure);
  return values.includes(null) ? null : sum(values, (value) => value);
}

/** Parts that hang together by borders over land, in each country for itself; null where no borders are known. @param {Set<number>} members */
export function componentsOf(members) {
  if (!data.borders.length) return null;
  /** @type {Map<number, number>} */
  const parent = new Map([...members].map((index) => [index, index]));
  /** @param {number} index @returns {number} */
  const root = (index) => {
    let at = index;
    while (parent.get(at) !== at) at = parent.get(at) ?? at;
    return at;
  };
  for (const [a, b] of data.borders) if (members.has(a) && members.has(b)) parent.set(root(a), root(b));
  return [...members].filter((index) => root(index) === index).length;
}

/** Whether so few members have evidence that a figure of all is a span. @param {Side} side */
export function isThin({ extent }) {
  const known = extent.measures.find((row) => row.name === "members_with_evidence")?.value;
  return known !== null && known !== undefined && known < data.thin_evidence * extent.units.length;
}

/** How surely a unit is in: at least and at most. @param {Side} side @param {number} index @param {boolean} sure @returns {Span} */
function standing(side, index, sure) {
  if (!side.members.has(index)) return { low: 0, high: 0 };
  return { low: sure || !isThin(side) || statusOf(side.extent, index) !== "extent" ? 1 : 0, high: 1 };
}

/** Between what a sum over the members lies. @param {Side} side @param {(index: number) => number} figure @returns {Span} */
export const spanOf = (side, figure, sure = false) => ({
  low: sum(side.members, (index) => standing(side, index, sure).low * figure(index)), high: sum(side.members, figure),
});

/** Between what the second side less the first lies; members that both have of one zone cancel, sure or not. @param {Side} first @param {Side} second @param {(index: number) => number} figure @returns {Span} */
export function differenceOf(first, second, figure, sure = false) {
  const span = { low: 0, high: 0 };
  for (const [index, part] of partsOf(first.members, second.members)) {
    if (part === "both" && first.group === second.group) continue;
    const [a, b] = [standing(first, index, sure), standing(second, index, sure)];
    span.low += (b.low - a.high) * figure(index);
    span.high += (b.high - a.low) * figure(index);
  }
  return span;
}
