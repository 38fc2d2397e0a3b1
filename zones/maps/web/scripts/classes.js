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
