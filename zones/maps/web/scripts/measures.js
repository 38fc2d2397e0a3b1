// Key figures of an extent, with their bounds and years.
import { data } from "./data.js";
import { el } from "./dom.js";
import { number, percent, range, t } from "./language.js";
import { state } from "./state.js";

/** Bounds, where they are known and not one number. @param {Figure} row */
export function bounds(row) {
  if (row.low === null || row.high === null || row.low === row.high) return "";
  return range(row.low, row.high, data.measures[row.name].digits);
}

/** @param {Figure} row @returns {Child[]} */
function measureValue(row) {
  if (row.value === null) return ["–"];
  const { digits, unit, signed, dated, share } = data.measures[row.name];
  const between = share ? "" : bounds(row);
  const aside = [between, dated && row.year ? [row.from, row.year].filter(Boolean).join("–") : ""].filter(Boolean).join(" · ");
  return [share ? percent(row.value, digits, signed) : number(row.value, Number.isInteger(row.value) ? 0 : digits, signed),
    unit ? ` ${data.measure_names[state.lang][`unit.${unit}`]}` : "",
    aside ? el("span", { class: "bounds", title: between ? t("bounds") : null }, aside) : null];
}

/** All key figures, those of a country apart. @param {Extent} extent */
export function measureList(extent) {
  const names = data.measure_names[state.lang];
  /** @param {Figure} row */
  const line = (row) => [el("dt", {}, names[row.label] ?? row.name, row.key ? `, ${t(`country_${row.key}`)}` : ""), el("dd", {}, measureValue(row))];
  return el("dl", { class: "measures" }, extent.measures.filter((row) => row.key === null || row.value).map(line));
}
