// Printing: light theme, the map sized and fitted for A4, everything put back afterwards. What is
// said of the map stands below it, on the same page as long as the map stays large enough.
import { byId } from "./dom.js";
import { drawLabels } from "./labels.js";
import { boundsOfUnits, goTo, stage } from "./stage.js";
import { tell } from "./state.js";
import { showTheme } from "./theme.js";

/** @type {{ centre: L.LatLng, zoom: number, scroll: number } | null} */
let before = null;
export const isPrinting = () => before !== null;

// Pixels of CSS: the page within its margins, and how high the map is at least and at most.
const PAGE = 1038;
const LEAST_MAP = 420;
const MOST_MAP = 700;

/** As high as leaves room for the rest of the page; where that takes more pages, as high as looks well. */
function setMapHeight() {
  const { classList, style } = document.documentElement;
  style.setProperty("--paper-map", `${LEAST_MAP}px`);
  const room = () => PAGE - document.body.scrollHeight;
  classList.toggle("tight", room() < 0);
  classList.toggle("tight", classList.contains("tight") && room() >= 0);
  style.setProperty("--paper-map", `${room() < 0 ? MOST_MAP : Math.min(MOST_MAP, byId("map-region").offsetHeight + room())}px`);
}

/** @param {"light" | undefined} theme @param {number} zoomSnap */
function turn(theme, zoomSnap) {
  document.documentElement.classList.toggle("printing", theme !== undefined);
  showTheme(theme);
  tell("theme");
  if (theme) setMapHeight();
  stage.map.invalidateSize({ animate: false, pan: false });
  stage.map.options.zoomSnap = zoomSnap;
}

/** @param {number} homeZoom */
function beforePrint(homeZoom) {
  if (before) return;
  const { map } = stage;
  before = { centre: map.getCenter(), zoom: map.getZoom(), scroll: byId("panel").scrollTop };
  // What was scrolled away would be cut off on paper.
  byId("panel").scrollTop = 0;
  turn("light", 0);
  // A view that was zoomed in is printed as it is; else all of it is fitted, to the pixel.
  if (before.zoom <= homeZoom + 0.6) map.fitBounds(boundsOfUnits(), { paddingTopLeft: [6, 6], paddingBottomRight: [6, 20], animate: false });
  else map.setView(before.centre, before.zoom, { animate: false });
  drawLabels();
}

function afterPrint() {
  if (!before) return;
  const { centre, zoom, scroll } = before;
  before = null;
  turn(undefined, 0.25);
  goTo([centre.lat, centre.lng, zoom]);
  byId("panel").scrollTop = scroll;
  drawLabels();
}

/** @param {number} homeZoom */
export function startPaper(homeZoom) {
  addEventListener("beforeprint", () => beforePrint(homeZoom));
  addEventListener("afterprint", afterPrint);
  byId("print-button").addEventListener("click", () => print());
}
