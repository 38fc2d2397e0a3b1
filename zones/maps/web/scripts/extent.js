// Boxes of the plane as Leaflet's bounds: its own are boxes of degrees, whose corners lie elsewhere once they are projected.

/** A box of the plane, with its true corners. @param {L.Map} map @param {L.Bounds} box @returns {L.LatLngBounds} */
function cornered(map, box) {
  const { projection } = /** @type {any} */ (map.options.crs);
  const [left, bottom, right, top] = [Number(box.min?.x), Number(box.min?.y), Number(box.max?.x), Number(box.max?.y)];
  /** @type {[name: string, x: number, y: number][]} */
  const corners = [["SouthWest", left, bottom], ["NorthEast", right, top], ["NorthWest", left, top], ["SouthEast", right, bottom]];
  const degrees = corners.map(([, x, y]) => projection.unproject(L.point(x, y)));
  const bounds = L.latLngBounds(degrees);
  corners.forEach(([name], place) => Object.assign(bounds, { [`get${name}`]: () => degrees[place] }));
  return Object.assign(bounds, { cornered: true });
}

/** @param {L.Map} map @param {[left: number, bottom: number, right: number, top: number]} sides */
export const boundsOfBox = (map, [left, bottom, right, top]) => cornered(map, L.bounds([left, bottom], [right, top]));

/** The box that polygons fill on the plane. @param {L.Map} map @param {L.Polygon[]} layers */
export function boundsOf(map, layers) {
  const { projection } = /** @type {any} */ (map.options.crs);
  const box = L.bounds([]);
  for (const layer of layers) {
    for (const point of /** @type {L.LatLng[]} */ (/** @type {any} */ (layer.getLatLngs()).flat(3))) box.extend(projection.project(point));
  }
  return box.isValid() ? cornered(map, box) : L.latLngBounds([]);
}

/** A box of degrees as the box of the plane around it. @param {L.Map} map @param {L.LatLngBoundsExpression} given */
function upright(map, given) {
  const bounds = L.latLngBounds(/** @type {any} */ (given));
  if ("cornered" in bounds || !bounds.isValid()) return bounds;
  const { projection } = /** @type {any} */ (map.options.crs);
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const steps = Array.from({ length: 9 }, (_, step) => step / 8);
  const around = steps.flatMap((part) => [[south, west + part * (east - west)], [north, west + part * (east - west)], [south + part * (north - south), west], [south + part * (north - south), east]]);
  return cornered(map, L.bounds(around.map(([lat, lng]) => projection.project(L.latLng(lat, lng)))));
}

/** Views are fitted to boxes of the plane, whoever asks. @param {L.Map} map */
export function fitOnPlane(map) {
  const { fitBounds } = map;
  map.fitBounds = (bounds, options) => fitBounds.call(map, upright(map, bounds), options);
}
