// Which places are tied to which: land borders, distances, shared networks, bridges and ferries.
import { data } from "./data.js";
import { number, t, term } from "./language.js";
import { holds, membersOf, shownGroups, state } from "./state.js";

/** @param {Unit} unit @returns {[number, number]} */
export const pointOf = (unit) => /** @type {[number, number]} */ ([unit.lat, unit.lon]);
/** @param {{ lat: number | null }} unit */
export const hasPoint = (unit) => unit.lat !== null;
/** @param {Metric} a @param {Metric} b */
export const kilometres = (a, b) => Math.hypot(Number(a.x) - Number(b.x), Number(a.y) - Number(b.y));

/** What is said of a border; a true one may not be drawn at this scale. @param {number} km */
export const borderText = (km) => (km ? t("border_of", { km: number(km) }) : t("border_not_drawn"));

export const borderPairs = () => shownGroups().flatMap((group) => data.borders
  .map(([a, b, km]) => ({ group, a: data.units[a], b: data.units[b], km }))
  .filter(({ a, b }) => holds(group, a) && holds(group, b) && hasPoint(a) && hasPoint(b)));

/** The one nearest to another; nothing where it stands alone. @type {<T extends Metric>(one: T, others: T[]) => T | null} */
export function nearest(one, others) {
  let best = null;
  for (const other of others) {
    if (other !== one && (best === null || kilometres(one, other) < kilometres(one, best))) best = other;
  }
  return best;
}

/** To each member's nearest other member; from a chosen municipality, to all members of its groups. */
export function distancePairs() {
  /** @type {Map<string, [Unit, Unit]>} */
  const pairs = new Map();
  /** @param {Unit} a @param {Unit | null} b */
  const add = (a, b) => b && pairs.set([a.index, b.index].sort((x, y) => x - y).join("-"), [a, b]);
  for (const group of shownGroups()) {
    const members = membersOf(group).map((index) => data.units[index]).filter((unit) => unit.x !== null);
    const chosen = members.find((unit) => unit.index === state.unit);
    if (chosen) members.forEach((unit) => unit !== chosen && add(chosen, unit));
    else if (members.length < 500) members.forEach((unit) => add(unit, nearest(unit, members)));
  }
  return [...pairs.values()];
}

/** Pairs of units that share networks: all of them, or those of the chosen municipality where it has any. */
export function sharedPairs() {
  /** @type {Map<string, { a: Unit, b: Unit, groups: Group[] }>} */
  const pairs = new Map();
  for (const group of data.networks) {
    const members = [...membersOf(group)].sort((a, b) => a - b);
    members.forEach((a, place) => {
      for (const b of members.slice(place + 1)) {
        const pair = pairs.get(`${a}-${b}`) ?? { a: data.units[a], b: data.units[b], groups: [] };
        pair.groups.push(group);
        pairs.set(`${a}-${b}`, pair);
      }
    });
  }
  const all = [...pairs.values()];
  const own = all.filter(({ a, b }) => a.index === state.unit || b.index === state.unit);
  return (own.length ? own : all).sort((p, q) => p.groups.length - q.groups.length);
}

export const typedPairs = () => data.ties
  .map((link) => ({ link, a: data.units[link.between[0]], b: data.units[link.between[1]] }))
  .filter(({ a, b }) => hasPoint(a) && hasPoint(b));

const spinePairs = () => shownGroups().flatMap((group) => group.runs.flatMap((run) => run.slice(1).flatMap((rank, place) => {
  const [a, b] = [group.spine[run[place]].unit, group.spine[rank].unit];
  return a === null || b === null ? [] : [{ a: data.units[a], b: data.units[b], groups: [group] }];
})));

/** The links on the map as rows of a table. @returns {LinkRow[]} */
export function linkRows() {
  /** @type {Record<string, () => { a: Unit, b: Unit, detail?: string, groups?: Group[] }[]>} */
  const gather = {
    spines: spinePairs,
    borders: () => borderPairs().map(({ a, b, km, group }) => ({ a, b, detail: borderText(km), groups: [group] })),
    distances: () => distancePairs().map(([a, b]) => ({ a, b })),
    shared: sharedPairs,
    ties: () => typedPairs().map(({ link, a, b }) => ({ a, b, detail: `${term("link", link.kind)}: ${link.name}` })),
  };
  return Object.keys(gather).filter((layer) => state.layers.has(layer)).flatMap((layer) => gather[layer]().map(({ a, b, detail = "", groups = [] }) =>
    ({ layer, a, b, detail, groups, km: a.x !== null && b.x !== null ? kilometres(a, b) : null })));
}
