// People year by year: of a municipality, of a zone with its bounds, and as a small line.
import { changeAt } from "./change.js";
import { data } from "./data.js";
import { svg } from "./dom.js";
import { state } from "./state.js";

/** People of a municipality in all the years that the page knows; null where there is no figure. @param {Unit} unit */
export const seriesOf = (unit) => ({ years: data.people_years, values: unit.series });

/** Between what a missing figure lies: the ones before and after it. @param {(number | null)[]} values @param {number} place @returns {[number, number] | null} */
function around(values, place) {
  const before = values.slice(0, place).findLast((value) => value !== null);
  const after = values.slice(place + 1).find((value) => value !== null);
  return before === undefined || after === undefined || before === null || after === null ? null : [Math.min(before, after), Math.max(before, after)];
}

/** People of municipalities together at the end of a year. Where some have no figure, between what the sum is; null where that is not known either. @param {number[]} units @param {number} year @returns {Together} */
export function peopleIn(units, year) {
  const place = data.people_years.indexOf(year);
  const found = { low: /** @type {number | null} */ (0), high: /** @type {number | null} */ (0), missing: 0 };
  for (const index of units) {
    const { series } = data.units[index];
    const value = series[place] ?? null;
    if (value === null) found.missing += 1;
    const ends = value === null ? around(series, place) : [value, value];
    found.low = ends === null || found.low === null ? null : found.low + ends[0];
    found.high = ends === null || found.high === null ? null : found.high + ends[1];
  }
  return found;
}

/** People of municipalities together in all years; null in a year in which one has no figure. @param {number[]} units */
export const sumsOf = (units) => data.people_years.map((year) => {
  const { low, missing } = peopleIn(units, year);
  return missing ? null : low;
});

/** The largest figure of any municipality in any year: circles of all years are to one scale. */
export const mostPeople = () => data.units.reduce((most, unit) => Math.max(most, unit.people ?? 0, ...unit.series.map((value) => value ?? 0)), 0);

/** The last figure, with its place. @param {(number | null)[]} values */
const lastPlace = (values) => values.findLastIndex((value) => value !== null);

/** Set what every municipality says to the year chosen, or to its newest figure. */
export function showYear() {
  for (const unit of data.units) {
    if (!unit.series.length) continue;
    unit.newest = unit.series[lastPlace(unit.series)] ?? null;
    const place = state.year === null ? lastPlace(unit.series) : data.people_years.indexOf(state.year);
    const change = changeAt(data.people_years, unit.series, place);
    unit.people = unit.series[place] ?? null;
    unit.people_year = unit.people === null ? null : data.people_years[place];
    unit.change = change?.percent ?? null;
    unit.change_from = change?.first ?? null;
    unit.rate = change?.rate ?? null;
    unit.density = unit.people !== null && unit.area > 0 ? unit.people / unit.area : null;
  }
}

/**
 * A small line of figures by year, from the least to the most; broken where there is none. Who does not see it gets the label.
 * @param {(number | null)[]} values @param {number[]} years @param {{ label: string, mark?: number | null, width?: number, height?: number }} options
 */
export function sparkline(values, years, { label, mark = null, width = 150, height = 34 }) {
  const edge = 4;
  const points = values.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  const [least, most] = [Math.min(...points.map(({ value }) => value)), Math.max(...points.map(({ value }) => value))];
  const [first, last] = [years[0], years[years.length - 1]];
  /** @param {number} place */
  const x = (place) => edge + ((width - 2 * edge) * (years[place] - first)) / Math.max(last - first, 1);
  /** @param {number} value */
  const y = (value) => (most === least ? height / 2 : height - edge - ((height - 2 * edge) * (value - least)) / (most - least));
  /** @param {{ value: number, place: number }[]} run */
  const path = (run) => `M${run.map(({ value, place }) => `${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}`;
  const pairs = points.slice(1).map((point, at) => [points[at], point]);
  /** @param {boolean} whole */
  const line = (whole) => pairs.filter(([a, b]) => (years[b.place] - years[a.place] === 1) === whole).map(path).join("");
  const marked = points.find(({ place }) => years[place] === mark) ?? (mark === null ? points.at(-1) : undefined);
  const common = { fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return svg("svg", { class: "sparkline", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    svg("path", { ...common, d: line(true) }),
    svg("path", { ...common, d: line(false), "stroke-dasharray": "1 4" }),
    ...(marked ? [svg("circle", { cx: x(marked.place).toFixed(1), cy: y(marked.value).toFixed(1), r: 3.2, fill: "currentColor" })] : []));
}
