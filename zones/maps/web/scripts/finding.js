// Finding by any name, former name, place or code, also where a letter is wrong.
import { fold } from "./text.js";

/** Every name that something is found by. @param {Unit[]} units @param {Group[]} groups @returns {Entry[]} */
export function entriesOf(units, groups) {
  /** @param {{ unit: Unit } | { group: Group }} target @param {Iterable<string | null | undefined>} names @param {EntryKind} kind */
  const entries = (target, names, kind) =>
    [...new Set(names)].flatMap((name) => (name ? [/** @type {Entry} */ ({ ...target, name, key: fold(name), kind })] : []));
  return [
    ...units.flatMap((unit) => [
      ...entries({ unit }, [unit.fi, unit.sv, unit.en], "name"), ...entries({ unit }, [unit.code, unit.id], "code"),
      ...entries({ unit }, unit.former, "former"), ...entries({ unit }, unit.places ?? [], "place"),
    ]),
    ...groups.flatMap((group) => entries({ group }, [...Object.values(group.short), ...Object.values(group.names), ...group.aliases], "name")),
  ];
}

/**
 * How many letters must be put in, taken out, changed or swapped with the next to make one text of
 * another (optimal string alignment); with `start`, of the other's start that is nearest.
 *
 * @param {string} typed @param {string} key
 */
export function editDistance(typed, key, start = false) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: key.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= key.length; column += 1) {
      const same = typed[row - 1] === key[column - 1];
      next[column] = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && typed[row - 1] === key[column - 2] && typed[row - 2] === key[column - 1];
      if (swapped) next[column] = Math.min(next[column], before[column - 2] + 1);
    }
    [before, last] = [last, next];
  }
  return start ? Math.min(...last) : last[key.length];
}

/** How many letters may be wrong: none in a short word or a code, two in a long one. @param {string} key */
const slips = (key) => (/\d/.test(key) || key.length < 4 ? 0 : key.length < 8 ? 1 : 2);

// Ranks: equal, starts so, holds the text, then as many letters wrong; one more where it is not the name shown.
const RANK = { starts: 2, holds: 4, near: 6, nothing: 99 };

/**
 * The best matches, each place or group once: equal, then starting so, then holding the text, then
 * with a letter or two wrong; the name that the reader sees goes before the other names.
 *
 * @param {Entry[]} entries @param {string} text @param {(entry: Entry) => string} shownName
 */
export function findEntries(entries, text, shownName, most = 8) {
  const key = fold(text);
  if (!key) return [];
  const may = slips(key);
  /** @param {Entry} entry @param {boolean} start */
  const near = (entry, start) => {
    if (!may || entry.kind === "code" || (!start && Math.abs(entry.key.length - key.length) > may)) return RANK.nothing;
    const wrong = editDistance(key, entry.key, start);
    return wrong > may ? RANK.nothing : RANK.near + 2 * wrong;
  };
  /** @param {Entry} entry */
  const exact = (entry) => (entry.key === key ? 0 : entry.key.startsWith(key) ? RANK.starts : entry.key.includes(key) ? RANK.holds : RANK.nothing);
  /** @param {Entry} entry */
  const aside = (entry) => (entry.kind === "place" ? 1.5 : entry.kind === "name" && entry.name === shownName(entry) ? 0 : 1);
  /** @param {(entry: Entry) => number} rankOf */
  const search = (rankOf) => entries.map((entry) => ({ entry, rank: rankOf(entry) + aside(entry) }))
    .filter((hit) => hit.rank < RANK.nothing);
  let hits = search((entry) => Math.min(exact(entry), near(entry, false)));
  // A name that is not yet typed to its end may have a wrong letter too.
  if (!hits.length) hits = search((entry) => near(entry, true));
  const seen = new Set();
  return hits.sort((a, b) => a.rank - b.rank || a.entry.key.length - b.entry.key.length || (a.entry.key < b.entry.key ? -1 : 1))
    .map((hit) => hit.entry)
    .filter(({ unit, group }) => !seen.has(unit ?? group) && seen.add(unit ?? group))
    .slice(0, most);
}
