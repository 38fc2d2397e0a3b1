// What is chosen stays in sight: the map is scrolled to, and what is shown comes out from under the sheet.
import { byId } from "./dom.js";
import { boundsOf } from "./extent.js";
import { boundsOfUnits, fitAll, stage } from "./stage.js";
import { membersOf, shownGroups } from "./state.js";

const MARGIN = 28;
// A chosen municipality is looked at from no farther than this, and from no nearer.
const FARTHER = 2;
// What is shown is small where it could be drawn so many times larger than the whole map; it opens with so much around it.
const SMALL = 2.5;
const AROUND = 0.2;

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Where the page scrolls, as on a phone, the map comes into the window. */
function showMap() {
  const frame = byId("map-region").getBoundingClientRect();
  if (frame.top < 0 || frame.bottom > innerHeight + frame.height / 2) scrollTo({ top: scrollY + frame.top, behavior: "instant" });
}

/** The part of the map that is in the window and not under the sheet, in pixels of the map. */
export function clearPart() {
  const frame = stage.map.getContainer().getBoundingClientRect();
  const clear = { left: 0, top: Math.max(0, -frame.top), right: frame.width, bottom: Math.min(frame.height, innerHeight - frame.top) };
  const sheet = byId("sheet").getBoundingClientRect();
  if (!sheet.width) return clear;
  if (sheet.left > frame.left + 1) clear.right = Math.min(clear.right, sheet.left - frame.left);
  else clear.bottom = Math.min(clear.bottom, sheet.top - frame.top);
  return clear;
}

/** @param {L.LatLngBounds} bounds @param {L.FitBoundsOptions} options */
function fit(bounds, options) {
  const { x, y } = stage.map.getSize();
  const { left, top, right, bottom } = clearPart();
  const margin = Math.max(4, Math.min(MARGIN, (right - left) / 6, (bottom - top) / 6));
  stage.map.fitBounds(bounds, { paddingTopLeft: [left + margin, top + margin], paddingBottomRight: [x - right + margin, y - bottom + margin], ...options });
}

/** How far something must move to lie between two ends, in the middle where it is too long for that. @param {number} from @param {number} to @param {number} low @param {number} high */
function shift(from, to, low, high) {
  if (to - from > high - low) return (low + high - from - to) / 2;
  return Math.max(0, low - from) || Math.min(0, high - to);
}

/** Show bounds: near enough to see, where `closeUp`, else moved no more than it takes. @param {L.LatLngBounds} bounds @param {boolean} closeUp */
export function bringIntoSight(bounds, closeUp) {
  showMap();
  const { map } = stage;
  const corners = [bounds.getNorthWest(), bounds.getNorthEast(), bounds.getSouthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const { left, top, right, bottom } = clearPart();
  const across = shift(Math.min(...xs), Math.max(...xs), left + MARGIN, right - MARGIN);
  const down = shift(Math.min(...ys), Math.max(...ys), top + MARGIN, bottom - MARGIN);
  if (closeUp && (map.getZoom() < stage.near - FARTHER || across || down)) fit(bounds, { maxZoom: stage.near, animate: false });
  else if (across || down) map.panBy([-across, -down], { animate: !isStill() });
}

/** @param {Group} group */
export function fitGroup(group, animate = !isStill()) {
  const bounds = boundsOf(stage.map, membersOf(group).map((index) => stage.units[index]));
  showMap();
  if (bounds.isValid()) fit(bounds, { animate });
}

/** How the page opens: on the whole map, or on zones that are a small part of it. */
export function fitFirst() {
  const { map } = stage;
  const shown = shownGroups().flatMap(membersOf).map((index) => stage.units[index]);
  const [bounds, all] = [boundsOf(map, shown), boundsOfUnits()];
  const closer = bounds.isValid() ? map.getBoundsZoom(bounds) - map.getBoundsZoom(all) : 0;
  if (closer < Math.log2(SMALL)) fitAll(false);
  else map.fitBounds(bounds, { padding: map.getSize().multiplyBy(AROUND), maxZoom: stage.near, animate: false });
}
