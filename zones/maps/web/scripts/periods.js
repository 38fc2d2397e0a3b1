// Of which years the figures of municipalities are, country by country.
import { data } from "./data.js";
import { number, t } from "./language.js";
import { holds, shownGroups, state } from "./state.js";

/** What is said of the units of each country; nothing of those of no country. @param {(unit: Unit) => string | null} say @param {(said: string[]) => string} join */
function byCountry(say, join) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const unit of data.units) {
    const said = say(unit);
    if (unit.country && said) found.set(unit.country, [...found.get(unit.country) ?? [], said]);
  }
  return [...found].sort().map(([code, said]) => `${t(`country_${code}`)} ${join(said)}`);
}

/** From the first year to the last, where they are not one. @param {number[]} years */
export const span = (years) => [...new Set([Math.min(...years), Math.max(...years)])].join("–");

/** Each country's years of its newest figures: of those that the groups are in, and in a view of figures of all on the map. */
export function newestYears() {
  const groups = state.view === "groups" ? shownGroups() : [];
  const countries = new Set(data.units.filter((unit) => !groups.length || groups.some((group) => holds(group, unit))).map((unit) => unit.country));
  return byCountry((unit) => (unit.people_year === null || !countries.has(unit.country) ? null : String(unit.people_year)), (years) => span(years.map(Number))).join(", ") || data.years.people;
}

/** Each country's periods of change, the one of most municipalities first. */
export function changePeriods() {
  return byCountry((unit) => (unit.change === null ? null : `${unit.change_from}–${unit.people_year}`), (periods) => {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const period of periods) counts.set(period, (counts.get(period) ?? 0) + 1);
    const several = counts.size > 1;
    return [...counts].sort((a, b) => b[1] - a[1]).map(([period, count]) => (several ? `${period} (${number(count)})` : period)).join(", ");
  }).join("; ");
}

/** Where municipalities have no figure in the year chosen. @param {(unit: Unit) => number | null} figure */
export function lacking(figure) {
  const of = byCountry((unit) => (figure(unit) === null ? "1" : null), (units) => t("n_municipalities", { n: units.length }));
  return of.length && state.year !== null ? t("lacking_in", { year: String(state.year), where: of.join(", ") }) : "";
}
