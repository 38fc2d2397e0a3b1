// Transverse Mercator by Krüger's series (to the fourth power of n: below a millimetre), and what Leaflet needs of it.
const AXIS = 6378137;
const N = 1 / (2 * 298.257222101 - 1);
const RADIUS = (AXIS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ECCENTRICITY = (2 * Math.sqrt(N)) / (1 + N);
/** From the sphere that keeps angles to the plane. */
const FORWARD = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180, (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140, (49561 * N ** 4) / 161280,
];
const INVERSE = [
  N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360, N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
  (17 * N ** 3) / 480 - (37 * N ** 4) / 840, (4397 * N ** 4) / 161280,
];
/** From that sphere's latitude to the ellipsoid's. */
const LATITUDE = [
  2 * N - (2 * N ** 2) / 3 - 2 * N ** 3 + (116 * N ** 4) / 45, (7 * N ** 2) / 3 - (8 * N ** 3) / 5 - (227 * N ** 4) / 45,
  (56 * N ** 3) / 15 - (136 * N ** 4) / 35, (4279 * N ** 4) / 630,
];
const DEGREE = Math.PI / 180;
/** Radii from the meridian in the middle beyond which the series would run away. */
const WIDEST = 1.5;
const EQUATOR = 2 * Math.PI * AXIS;

/** The sum of a series of sines of a complex angle. @param {number[]} series @param {number} along @param {number} across */
function waves(series, along, across) {
  let [x, y] = [0, 0];
  series.forEach((factor, place) => {
    const turn = 2 * (place + 1);
    y += factor * Math.sin(turn * along) * Math.cosh(turn * across);
    x += factor * Math.cos(turn * along) * Math.sinh(turn * across);
  });
  return [x, y];
}

/** Metres of the plane. @param {Plane} plane @param {number} lat @param {number} lng @returns {[x: number, y: number]} */
export function toPlane({ meridian, scale, easting }, lat, lng) {
  const sine = Math.sin(lat * DEGREE);
  const tangent = Math.sinh(Math.atanh(sine) - ECCENTRICITY * Math.atanh(ECCENTRICITY * sine));
  const turn = (lng - meridian) * DEGREE;
  const along = Math.atan2(tangent, Math.cos(turn));
  const across = Math.asinh(Math.sin(turn) / Math.hypot(tangent, Math.cos(turn)));
  const [x, y] = waves(FORWARD, along, across);
  return [easting + scale * RADIUS * (across + x), scale * RADIUS * (along + y)];
}

/** Degrees. @param {Plane} plane @param {number} x @param {number} y @returns {[lat: number, lng: number]} */
export function fromPlane({ meridian, scale, easting }, x, y) {
  const [right, up] = [Math.max(-WIDEST, Math.min(WIDEST, (x - easting) / (scale * RADIUS))), y / (scale * RADIUS)];
  const [less, lower] = waves(INVERSE, up, right);
  const [across, along] = [right - less, up - lower];
  const sphere = Math.asin(Math.sin(along) / Math.cosh(across));
  const [, more] = waves(LATITUDE, sphere, 0);
  return [(sphere + more) / DEGREE, meridian + Math.atan2(Math.sinh(across), Math.cos(along)) / DEGREE];
}

/**
 * The plane as Leaflet's system of coordinates: latitudes and longitudes stay what layers are made of.
 *
 * A zoom level has the scale that Web Mercator has at the plane's latitude, so that addresses keep their meaning. A point is
 * projected once: it keeps where it lies, and zooming only multiplies.
 *
 * @param {Plane} plane @returns {L.CRS}
 */
export function crsOf(plane) {
  const round = EQUATOR * Math.cos(plane.latitude * DEGREE);
  /** @param {L.LatLng & { plane?: [number, number] }} latlng */
  const placeOf = (latlng) => (latlng.plane ??= toPlane(plane, latlng.lat, latlng.lng));
  return L.Util.extend({}, L.CRS.Earth, {
    code: plane.name, infinite: true,
    projection: {
      /** @param {L.LatLng} latlng */
      project: (latlng) => L.point(placeOf(latlng)),
      /** @param {L.Point} point */
      unproject: ({ x, y }) => L.latLng(fromPlane(plane, x, y)),
    },
    transformation: L.transformation(1, -plane.easting, -1, 0),
    /** @param {number} zoom */
    scale: (zoom) => (256 * 2 ** zoom) / round,
    /** @param {number} scale */
    zoom: (scale) => Math.log2((scale * round) / 256),
  });
}
