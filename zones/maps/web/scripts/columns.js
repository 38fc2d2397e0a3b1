// What the tables hold: municipalities, the evidence, the links on the map.
import { RATE_DIGITS } from "./change.js";
import { data } from "./data.js";
import { gapText, headingOf } from "./indicators.js";
import { nameText, t, term, unitName, unitNames } from "./language.js";
import { plainNumber } from "./numbers.js";
import { linkRows } from "./pairs.js";
import { extentOf, groupsByUnit, holds, state } from "./state.js";
import { sourceText } from "./sources.js";
import { fold, harmless } from "./text.js";

/** @param {Group[]} groups @param {Unit} unit */
const namesOf = (groups, unit) => groups.filter((group) => holds(group, unit)).map((group) => nameText(group.short)).join("; ");

/** @param {Indicator} column @returns {Column<Unit>} */
const indicatorColumn = (column) => ({
  key: `indicator_${column.id}`, head: headingOf(column), digits: column.digits,
  number: (unit) => column.values[unit.index], word: (unit) => gapText(column, unit.index),
});

/** @returns {Column<Unit>[]} */
const unitColumns = () => [
  { key: "name", text: unitName, action: true },
  { key: "id", text: (unit) => unit.id },
  { key: "other_name", text: (unit) => unitNames(unit).slice(1).join(" / ") },
  { key: "region", text: (unit) => (unit.region === null ? "" : nameText(data.regions[unit.region])) },
  ...data.indicators.map(indicatorColumn),
  { key: "people", number: (unit) => unit.people, digits: 0 },
  { key: "people_year", number: (unit) => unit.people_year, plain: true },
  { key: "change_from", number: (unit) => unit.change_from, plain: true },
  { key: "change_to", number: (unit) => (unit.change === null ? null : unit.people_year), plain: true },
  { key: "change_percent", number: (unit) => unit.change, digits: 1 },
  { key: "change_rate", number: (unit) => unit.rate, digits: RATE_DIGITS },
  { key: "density", number: (unit) => unit.density, digits: 1 },
  { key: "zones", text: (unit) => namesOf(data.zones, unit) },
  { key: "networks", text: (unit) => namesOf(data.networks, unit) },
];

/** @returns {Column<Evidence>[]} */
const memberColumns = () => [
  { key: "name", text: (row) => (row.unit === null ? row.name ?? "" : unitName(data.units[row.unit])), action: true },
  { key: "group", text: (row) => nameText(data.groups[row.group].short) },
  { key: "id", text: (row) => (row.unit === null ? "" : data.units[row.unit].id) },
  { key: "role", text: (row) => term("role", row.role) },
  { key: "from", text: (row) => row.from ?? "" },
  { key: "to", text: (row) => row.to ?? "" },
  { key: "evidence_year", number: (row) => row.year, plain: true },
  { key: "confidence_word", text: (row) => (row.confidence ? term("confidence", row.confidence) : "") },
  { key: "basis", text: (row) => (row.basis ? term("basis", row.basis) : "") },
  { key: "weak", text: (row) => (row.weak ? t("yes") : "") },
  { key: "source", text: (row) => row.sources.map(sourceText).join(" "), link: true },
];

/** @returns {Column<LinkRow>[]} */
const linkColumns = () => [
  { key: "link", text: (row) => t(`layer_${row.layer}`) },
  { key: "place_a", text: (row) => unitName(row.a) },
  { key: "place_b", text: (row) => unitName(row.b) },
  { key: "distance", number: (row) => row.km, digits: 1 },
  { key: "link_groups", text: (row) => row.groups.map((group) => nameText(group.short)).join("; ") },
  { key: "detail", text: (row) => row.detail },
];

/** @type {Record<TabName, Tab>} */
export const TABS = {
  units: { columns: unitColumns, rows: () => data.units, file: "municipalities" },
  members: { columns: memberColumns, rows: () => data.memberships, file: "memberships" },
  links: { columns: linkColumns, rows: linkRows, file: "links" },
};

/** The rows of a tab, all or those of the groups shown. @param {TabName} tab @param {boolean} onlyShown @returns {any[]} */
export function rowsOfTab(tab, onlyShown) {
  if (!onlyShown || tab === "links") return [...TABS[tab].rows()];
  const found = groupsByUnit();
  return tab === "units" ? data.units.filter((unit) => found[unit.index].length)
    : data.memberships.filter((row) => state.shown.has(data.groups[row.group].id) && extentOf(data.groups[row.group]));
}

/** Regions to choose from, by name. @param {string} locale */
export const regionsOf = (locale) => data.regions.map((names, index) => ({ value: String(index), text: nameText(names) }))
  .sort(({ text: a }, { text: b }) => new Intl.Collator(locale).compare(a, b));

/** Roles that some evidence speaks of. */
export const rolesOf = () => [...new Set(data.memberships.map((row) => row.role))].map((role) => ({ value: role, text: term("role", role) }));

/** Units that a row speaks of. @param {TabName} tab @param {any} row @returns {Unit[]} */
const unitsOfRow = (tab, row) => (tab === "units" ? [row] : tab === "links" ? [row.a, row.b] : row.unit === null ? [] : [data.units[row.unit]]);

/** Rows whose text, region and role are those asked for; a municipality has the roles of its evidence in the groups shown. @param {any[]} rows @param {TabName} tab @param {{ text: string, region: string, role: string }} filter */
export function filtered(rows, tab, { text, region, role }) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const columns = TABS[tab].columns().filter((column) => column.text);
  /** @param {any} row */
  const inRegion = (row) => unitsOfRow(tab, row).some((unit) => unit.region === Number(region));
  /** @param {any} row */
  const inRole = (row) => (tab === "members" ? row.role === role
    : row.memberships.some((/** @type {Evidence} */ one) => one.role === role && state.shown.has(data.groups[one.group].id)));
  /** @param {any} row */
  const inText = (row) => {
    const key = fold(columns.map((column) => column.text?.(row)).join(" "));
    return words.every((word) => key.includes(word));
  };
  return rows.filter((row) => (!region || inRegion(row)) && (!role || tab === "links" || inRole(row)) && (!words.length || inText(row)));
}

/** Rows in the order of a column; those without a value stand last either way. @param {any[]} rows @param {Column<any>} by @param {boolean} down @param {string} locale */
export function sorted(rows, by, down, locale) {
  const words = new Intl.Collator(locale);
  /** @param {any} row */
  const value = (row) => (by.number ? by.number(row) : by.text(row) || null);
  /** @type {(a: any, b: any) => number} */
  const order = by.number ? (a, b) => a - b : words.compare;
  return rows.map((row) => ({ row, value: /** @type {any} */ (value(row)) }))
    .sort((a, b) => Number(a.value === null) - Number(b.value === null) || (a.value === null ? 0 : (down ? -1 : 1) * order(a.value, b.value)))
    .map(({ row }) => row);
}

/** A cell for another program. @param {Column<any>} column @param {any} row @param {string} decimal */
export function plainCell(column, row, decimal) {
  if (!column.number) return harmless(column.text(row));
  const value = column.number(row);
  if (value === null) return harmless(column.word?.(row) ?? "");
  return column.plain ? String(value) : plainNumber(value, column.digits ?? 0).replace(".", decimal);
}

/** @param {Column<any>} column */
export const headText = (column) => column.head ?? t(`column_${column.key}`);
