// What Leaflet holds: backdrop, municipalities, the view.
import { byId } from "./dom.js";
import { boundsOf, boundsOfBox, fitOnPlane } from "./extent.js";
import { decodePolygons, decodeRing } from "./grid.js";
import { crsOf } from "./projection.js";

export const stage = /** @type {Stage} */ (/** @type {Partial<Stage>} */ ({ units: [], canvas: false, tiles: null, backdrop: {} }));

/** The map in its plane; without one, in Web Mercator. @param {string} id @param {L.MapOptions} options @param {Ground} ground */
export function openMap(id, options, { plane, ground, near }) {
  stage.near = near;
  const map = L.map(id, { ...options, crs: plane ? crsOf(plane) : L.CRS.EPSG3857, maxBoundsViscosity: 1 });
  fitOnPlane(map);
  if (!ground) {
    document.documentElement.dataset.ground = "none";
    return map;
  }
  // No view is wider than the ground, and none leaves it: nobody sees it end.
  const whole = boundsOfBox(map, ground);
  const least = map.getMinZoom();
  const bound = () => { map.setMinZoom(Math.max(least, map.getBoundsZoom(whole, true))); };
  map.options.maxBounds = whole;
  map.on("load resize", bound);
  return map;
}

/** @param {L.Map} map @param {Backdrop} parts */
export function addBackdrop(map, parts) {
  stage.map = map;
  const { scale } = parts;
  const options = { interactive: false, smoothFactor: 0.6 };
  /** @param {Shape[]} shapes @param {string} pane */
  const polygons = (shapes, pane) => (shapes.length
    ? L.polygon(shapes.flatMap((shape) => decodePolygons(shape, scale)), { ...options, pane }).addTo(map) : undefined);
  /** @param {number[][]} lines @param {string} pane */
  const polylines = (lines, pane) => (lines.length
    ? L.polyline(lines.map((line) => decodeRing(line, scale)), { ...options, pane }).addTo(map) : undefined);
  stage.backdrop = {
    land: polygons(parts.land ?? [], "back"), lakes: polygons(parts.lakes ?? [], "lakes"),
    frontiers: polylines(parts.borders ?? [], "frontiers"), national: polylines(parts.national ?? [], "national"),
  };
}

/** @param {L.Map} map @param {{ shapes: Shape[], scale: number, most_svg: number }} parts */
export function addUnits(map, { shapes, scale, most_svg: most }) {
  stage.map = map;
  stage.canvas = shapes.length > most;
  const options = { pane: "units", className: "unit", smoothFactor: stage.canvas ? 1 : 0.4, ...(stage.canvas ? { renderer: L.canvas({ pane: "units" }) } : {}) };
  stage.units = shapes.map((shape) => L.polygon(decodePolygons(shape, scale), options));
  stage.group = L.featureGroup(stage.units).addTo(map);
  stage.circles = L.featureGroup().addTo(map);
  return stage.group;
}

/** Paths are no tab stops: what they tell is reached through the search and the table. @param {L.Layer} layer */
export const keepFromTabbing = (layer) => /** @type {L.Path} */ (layer).getElement?.()?.setAttribute("tabindex", "-1");

/** What is drawn is an image to look at; what it tells is in the panel, the sheet and the table. */
export function hideDrawings() {
  const hide = () => { for (const node of stage.map.getContainer().querySelectorAll(".leaflet-pane > :is(svg, canvas)")) node.setAttribute("aria-hidden", "true"); };
  stage.map.on("layeradd", ({ layer }) => { if (layer instanceof L.Renderer) hide(); });
  hide();
}

export const boundsOfUnits = () => boundsOf(stage.map, stage.units);

/** @param {boolean} animate */
export function fitAll(animate) {
  const bounds = boundsOfUnits();
  if (bounds.isValid()) stage.map.fitBounds(bounds, { paddingTopLeft: [8, 8], paddingBottomRight: [8, stage.map.getSize().x < 480 ? 52 : 34], animate });
}

// Without `reset` Leaflet goes by whole pixels where the zoom stays, and the place is another than what was asked for.
/** @param {[number, number, number]} at */
export const goTo = ([lat, lon, zoom]) => { stage.map.setView([lat, lon], zoom, /** @type {L.ZoomPanOptions} */ ({ animate: false, reset: true })); };

/** @param {string} text */
export function note(text) {
  byId("map-note").textContent = text;
  byId("map-note").hidden = !text;
}
