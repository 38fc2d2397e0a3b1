// Where labels go, so that none touches another, a point or a control.
const HEIGHT = 16;

/**
 * Place labels in their order, as long as there is room: right of the point, else left, else above.
 *
 * @param {{ index: number, x: number, y: number, width: number }[]} wanted
 * @param {{ size: { x: number, y: number }, room: number, taken: Box[], points: { index: number, x: number, y: number }[] }} where
 */
export function placeLabels(wanted, { size, room, taken, points }) {
  const full = [...taken];
  const placed = [];
  /** @param {Box} box */
  const clear = ([left, top, right, bottom]) =>
    !full.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);
  for (const { index, x, y, width } of wanted) {
    if (placed.length >= room) break;
    if (x < 4 || y < 8 || x > size.x - 4 || y > size.y - 8 || !clear([x - 4, y - 4, x + 4, y + 4])) continue;
    /** @param {number} left @param {number} top */
    const covers = (left, top) => points.some((point) => point.index !== index
      && point.x > left - 5 && point.x < left + width + 5 && point.y > top - 2 && point.y < top + HEIGHT + 2);
    const spots = [{ left: x + 7, top: y - 8, side: "" }, { left: x - 7 - width, top: y - 8, side: "left" }, { left: x - width / 2, top: y - 23, side: "above" }];
    const spot = spots.find(({ left, top }) => left > 2 && left + width < size.x - 2 && top > 2
      && clear([left, top, left + width, top + HEIGHT]) && !covers(left, top));
    if (!spot) continue;
    full.push([spot.left, spot.top, spot.left + width, spot.top + HEIGHT], [x - 6, y - 6, x + 6, y + 6]);
    placed.push({ index, side: spot.side });
  }
  return placed;
}
