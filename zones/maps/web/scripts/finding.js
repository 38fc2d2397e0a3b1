// Finding by any name, former name or code.
import { fold } from "./text.js";

/** Every name that something is found by. @param {Unit[]} units @param {Group[]} groups @returns {Entry[]} */
export function entriesOf(units, groups) {
  /** @param {{ unit: Unit } | { group: Group }} target @param {Iterable<string | null | undefined>} names */
  const entries = (target, names, former = false) =>
    [...new Set(names)].flatMap((name) => (name ? [/** @type {Entry} */ ({ ...target, name, key: fold(name), former })] : []));
  return [
    ...units.flatMap((unit) => [...entries({ unit }, [unit.fi, unit.sv, unit.en, unit.code, unit.id]), ...entries({ unit }, unit.former, true)]),
    ...groups.flatMap((group) => entries({ group }, [...Object.values(group.short), ...Object.values(group.names), ...group.aliases])),
  ];
}

/**
 * The best matches, each place or group once: equal, then starting so, then holding the text; the
 * name that the reader sees goes before the other names.
 *
 * @param {Entry[]} entries @param {string} text @param {(entry: Entry) => string} shownName
 */
export function findEntries(entries, text, shownName, most = 8) {
  const key = fold(text);
  if (!key) return [];
  /** @param {Entry} entry */
  const rank = (entry) => (entry.key === key ? 0 : entry.key.startsWith(key) ? 2 : entry.key.includes(key) ? 4 : 9)
    + (!entry.former && entry.name === shownName(entry) ? 0 : 1);
  const seen = new Set();
  return entries.map((entry) => ({ entry, rank: rank(entry) })).filter((hit) => hit.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.entry.key.length - b.entry.key.length || (a.entry.key < b.entry.key ? -1 : 1))
    .map((hit) => hit.entry)
    .filter(({ unit, group }) => !seen.has(unit ?? group) && seen.add(unit ?? group))
    .slice(0, most);
}
