// The tip beside the pointer.
import { append, el } from "./dom.js";
import { stage } from "./stage.js";

/** @type {L.Tooltip | null} */
let tip = null;
export const canHover = () => matchMedia("(hover: hover)").matches;

/** @param {L.LatLng} latlng @param {Child[]} content */
export function showTip(latlng, content) {
  tip ??= L.tooltip({ className: "tip", direction: "auto", offset: [14, 0], opacity: 1 });
  tip.setLatLng(latlng).setContent(append(el("div"), content));
  if (!stage.map.hasLayer(tip)) tip.addTo(stage.map);
}

/** @param {L.LatLng} latlng */
export const moveTip = (latlng) => { if (tip && stage.map.hasLayer(tip)) tip.setLatLng(latlng); };
export const hideTip = () => { tip?.remove(); };
