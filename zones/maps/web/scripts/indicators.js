// Columns of the user's table: which one is shown, and what it says of a municipality.
import { data } from "./data.js";
import { nameText, number, percent, range, t } from "./language.js";
import { state } from "./state.js";

/** The column chosen; undefined where the page has no table. @returns {Indicator | undefined} */
export const chosenColumn = () => data.indicators.find((column) => column.id === state.column) ?? data.indicators[0];

/** Its name with unit and year. @param {Indicator} column */
export const headingOf = (column) => nameText(column.headings, 120);

/** Changes and balances, whose zero means something, carry their sign. @param {Indicator} column */
const isSigned = (column) => column.middle === 0;

/** A figure without its unit. @param {Indicator} column @param {number} value */
export const plainFigure = (column, value, digits = column.digits) => number(value, digits, isSigned(column));

/** @param {Indicator} column @param {number} value */
function withUnit(column, value) {
  if (column.percent) return percent(value, column.digits, isSigned(column));
  const word = nameText(column.units, 40);
  return word ? `${plainFigure(column, value)} ${word}` : plainFigure(column, value);
}

/** Why there is no figure, with bounds where they are known. @param {Indicator} column @param {number} index */
export function gapText(column, index) {
  const gap = column.gaps.get(index);
  if (!gap) return "";
  const known = gap.low !== null && gap.high !== null;
  const ends = known ? range(/** @type {number} */ (gap.low), /** @type {number} */ (gap.high), column.digits) : "";
  if (gap.why === "bounds") return ends || t("gap_bounds");
  return ends ? `${t(`gap_${gap.why}`)} (${ends})` : t(`gap_${gap.why}`);
}

/** What a column says of a municipality. @param {Indicator} column @param {number} index */
export function figureText(column, index) {
  const value = column.values[index];
  return value === null ? gapText(column, index) : withUnit(column, value);
}
