// The figures of the groups shown as text and as a table for other programs.
import { sentenceOf } from "./cards.js";
import { data } from "./data.js";
import { byId, el } from "./dom.js";
import { nameText, t } from "./language.js";
import { plainNumber } from "./numbers.js";
import { extentOf, shownGroups, state } from "./state.js";
import { harmless } from "./text.js";

/** Where the figures come from, in lines. */
export const sourceLines = () => [
  `${nameText(data.title, 240)}. ${byId("subtitle").textContent}.`,
  `${t("sources")}: ${data.credits[state.lang]}.`,
  ...data.indicators.filter((column) => column.source).map((column) => `${nameText(column.names, 120)}: ${t("column_credit", { source: column.source, year: String(column.year) })}.`),
];

/** A group whose members are known, with its extent. */
const shownExtents = () => shownGroups().flatMap((group) => { const extent = extentOf(group); return extent ? [{ group, extent }] : []; });

/** A sentence a group shown, with the evidence, years and credit. */
export const figuresText = () => [...shownExtents().map(({ group, extent }) => sentenceOf(group, extent)), "", ...sourceLines()].join("\n");

/** @param {Extent} extent @param {string} name */
const rowOf = (extent, name) => extent.measures.find((row) => row.name === name && row.key === null);

/** @param {number | null | undefined} value @param {number} digits */
const cellOf = (value, digits) => (value === null || value === undefined ? "" : plainNumber(value, digits).replace(".", state.lang === "en" ? "." : ","));

/** Key figures, a row a group shown. */
export function figureRows() {
  const heads = ["column_group", "extent", "table_units", "head_evidence", "people", "column_people_year", "head_people_evidence", "head_share", "head_area", "head_area_low", "head_area_high", "column_density"];
  const rows = shownExtents().map(({ group, extent }) => {
    const [people, sure, known, share, area, density] = ["population", "population_with_evidence", "members_with_evidence", "population_share", "area", "density"].map((name) => rowOf(extent, name));
    const named = [nameText(group.short, 200), extent.names ? nameText(extent.names, 200) : extent.id];
    return [...named.map(harmless), String(extent.units.length), cellOf(known?.value, 0), cellOf(people?.value, 0), people?.year ? String(people.year) : "", cellOf(sure?.value, 0),
      cellOf(share?.value, 1), cellOf(area?.value, 0), cellOf(area?.low, 0), cellOf(area?.high, 0), cellOf(density?.value, 1)];
  });
  return [heads.map((key) => t(key)), ...rows];
}

/** @param {string[][]} rows @param {string[]} below */
export function tableMarkup([heads, ...rows], below) {
  return el("div", {}, el("table", {}, el("thead", {}, el("tr", {}, heads.map((head) => el("th", {}, head)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, cell)))))), below.map((line) => el("p", {}, line))).innerHTML;
}

/** @param {string[][]} rows @param {string[]} below */
export const tabbed = (rows, below) => [...rows.map((row) => row.map((cell) => cell.replace(/[\t\n\r]+/g, " ")).join("\t")), "", ...below.map(harmless)].join("\n");
