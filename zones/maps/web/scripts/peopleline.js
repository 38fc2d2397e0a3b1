// People over the years as a small line, with the years and the change that it spans.
import { data } from "./data.js";
import { el } from "./dom.js";
import { number, percent, t } from "./language.js";
import { sparkline } from "./series.js";

/** Nothing where no two years are known. @param {string} name @param {(number | null)[]} values @param {number | null} mark The year that is marked. */
export function lineOfPeople(name, values, mark) {
  const known = values.flatMap((value, place) => (value === null ? [] : [place]));
  const [first, last] = [known[0], known[known.length - 1]];
  if (known.length < 2) return null;
  const [before, after] = [Number(values[first]), Number(values[last])];
  const period = `${data.people_years[first]}–${data.people_years[last]}`;
  const change = before ? percent(100 * (after / before - 1), 1, true) : "";
  const label = t("line_of_people", { name, from: number(before), first: String(data.people_years[first]), to: number(after), last: String(data.people_years[last]) });
  return el("p", { class: "line-of-people" }, sparkline(values, data.people_years, { label, mark }), el("span", { class: "small" }, `${period} `, el("b", {}, change)));
}
