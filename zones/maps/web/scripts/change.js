// Change in people, by the same rule as `zones.maps.change`.

const MOST_YEARS = 10;
/** A rate has so many decimals, by which it is classed, too: a figure and its class never disagree. */
export const RATE_DIGITS = 2;

/** From the oldest figure within ten years to that at a place; null where there is nothing to compare with. @param {number[]} years @param {(number | null)[]} values @param {number} place @returns {Change | null} */
export function changeAt(years, values, place) {
  const [last, people] = [years[place], values[place] ?? null];
  if (people === null) return null;
  const before = years.findIndex((year, at) => (values[at] ?? null) !== null && year >= last - MOST_YEARS);
  const start = values[before];
  if (before === place || !start) return null;
  const ratio = people / start;
  const rate = 100 * (ratio ** (1 / (last - years[before])) - 1);
  return { first: years[before], last, percent: 100 * (ratio - 1), rate: Number(rate.toFixed(RATE_DIGITS)) };
}
