// The map inside another page: it leaves the wheel and one finger to its host, and fits when it comes in sight.
import { t } from "./language.js";
import { goTo, note, stage } from "./stage.js";

export const isEmbedded = () => document.documentElement.classList.contains("embedded");

const HINT_MS = 1600;

/** The wheel scrolls the host; with Ctrl, or once the reader has clicked into a map with its panel, it zooms. */
function leaveWheel() {
  const box = stage.map.getContainer();
  let entered = false;
  let waiting = 0;
  box.addEventListener("pointerdown", () => { entered = !isEmbedded(); });
  box.addEventListener("pointerleave", () => { entered = false; });
  box.addEventListener("wheel", (event) => {
    if (entered || event.ctrlKey || event.metaKey) return;
    event.stopImmediatePropagation();
    note(t("wheel_hint"));
    clearTimeout(waiting);
    waiting = setTimeout(() => note(""), HINT_MS);
  }, { capture: true, passive: true });
}

export function startFrame() {
  if (!isEmbedded() && window === window.parent) return;
  leaveWheel();
  // Leaflet takes the focus at a click; the host shall not jump.
  const box = stage.map.getContainer();
  box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
  // One finger scrolls the host; two move and zoom the map.
  if (isEmbedded() && matchMedia("(pointer: coarse)").matches) stage.map.dragging.disable();
}

/** A map that had no size when it was made is fitted once it has one. @param {() => void} fit @param {() => void} resized */
export function watchSize(fit, resized) {
  const { map } = stage;
  const box = map.getContainer();
  const hasSize = () => Math.min(map.getSize().x, map.getSize().y) > 0;
  let seen = hasSize();
  new ResizeObserver(() => {
    // Paper sizes the map itself, and puts it back.
    if (document.documentElement.classList.contains("printing")) return;
    const { x, y } = map.getSize();
    if (x !== box.clientWidth || y !== box.clientHeight) {
      // Leaflet would round the centre, which the address says, to a pixel.
      const [centre, zoom] = [map.getCenter(), map.getZoom()];
      map.invalidateSize({ animate: false, pan: false });
      if (seen && hasSize()) goTo([centre.lat, centre.lng, zoom]);
    }
    if (!hasSize()) return;
    if (seen) resized();
    else fit();
    seen = true;
  }).observe(box);
}
