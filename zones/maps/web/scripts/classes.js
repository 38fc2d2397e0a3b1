// Classes of a choropleth: fixed round limits read better than computed ones, and stay the same
// between maps.

/** @param {number | null} value @param {number[]} limits */
export const classOf = (value, limits) => (value === null ? null : limits.filter((limit) => value >= limit).length);

/** How many values each class has, and how many have no figure. @param {(number | null)[]} values @param {number[]} limits */
export function countClasses(values, limits) {
  const counts = new Array(limits.length + 1).fill(0);
  let unknown = 0;
  for (const value of values) {
    const rank = classOf(value, limits);
    if (rank === null) unknown += 1;
    else counts[rank] += 1;
  }
  return { counts, unknown };
}

/** A circle's area grows with its figure; the smallest can still be seen. @param {number} value @param {number} most @param {number} largest */
export const radiusOf = (value, most, largest) => (value === 0 || most === 0 ? 0 : Math.max(1, largest * Math.sqrt(Math.abs(value) / most)));

/** Round figures for a key of circles: near the largest, a quarter and a twentieth of it. @param {number} most @param {number} digits */
export function sizeSteps(most, digits) {
  if (!most) return [];
  const rounded = [most, most / 4, most / 20].map((value) => {
    const step = 10 ** Math.floor(Math.log10(value));
    return Number((Math.floor(value / step) * step).toPrecision(1));
  });
  return [...new Set(rounded)].filter((value) => value >= 10 ** -digits);
}
