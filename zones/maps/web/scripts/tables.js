// Tables as text for other programs: what is seen, what it is exactly, and whence.
import { headText, plainCell } from "./columns.js";
import { t } from "./language.js";
import { state } from "./state.js";
import { harmless, quoted } from "./text.js";

/** A figure as the page has it, unrounded. @param {Column<any>} column @param {any} row @param {string} decimal */
function exactCell(column, row, decimal) {
  const value = column.number?.(row) ?? null;
  return value === null ? "" : String(value).replace(".", decimal);
}

/** Head and rows; beside a figure that is rounded to be read stands the figure itself. @param {Column<any>[]} columns @param {any[]} rows @param {string} decimal @returns {string[][]} */
export function cellsOf(columns, rows, decimal) {
  /** @param {Column<any>} column */
  const isRounded = (column) => column.number !== undefined && !column.plain && rows.some((row) => !Number.isInteger(column.number?.(row) ?? 0));
  const written = columns.map((column) => ({ column, twice: isRounded(column) }));
  return [
    written.flatMap(({ column, twice }) => [harmless(headText(column)), ...(twice ? [harmless(t("exact", { name: headText(column) }))] : [])]),
    ...rows.map((row) => written.flatMap(({ column, twice }) => [plainCell(column, row, decimal), ...(twice ? [exactCell(column, row, decimal)] : [])])),
  ];
}

/** A CSV file in the language of the reader; sources and years stand below. @param {Column<any>[]} columns @param {any[]} rows @param {string[]} below */
export function tableText(columns, rows, below) {
  // Spreadsheets in Finnish and Swedish expect semicolons and decimal commas.
  const [separator, decimal] = state.lang === "en" ? [",", "."] : [";", ","];
  const lines = [...cellsOf(columns, rows, decimal).map((cells) => cells.map(quoted).join(separator)), "", ...below.map((line) => quoted(harmless(line)))];
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
