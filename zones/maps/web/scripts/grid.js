// Shapes come as steps on a grid; here they become latitudes and longitudes.

/** @param {number[]} steps @param {number} scale */
export function decodeRing(steps, scale) {
  /** @type {[number, number][]} */
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points.push([y / scale, x / scale]);
  }
  return points;
}

/** @param {Shape} shape @param {number} scale */
export const decodePolygons = (shape, scale) => shape.map((polygon) => polygon.map((ring) => decodeRing(ring, scale)));
