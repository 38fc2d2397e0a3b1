// Buttons and lines on the map itself, and tiles where they were asked for.
import { data } from "./data.js";
import { el, icon } from "./dom.js";
import { isEmbedded } from "./frame.js";
import { chosenColumn } from "./indicators.js";
import { t } from "./language.js";
import { restyle } from "./paint.js";
import { present } from "./present.js";
import { fitAll, note, stage } from "./stage.js";
import { state } from "./state.js";
import { shorten } from "./text.js";

/** @param {L.ControlPosition} position @param {HTMLElement} node */
function put(position, node) {
  const control = new L.Control({ position });
  control.onAdd = () => node;
  control.addTo(stage.map);
}

/** @param {string} key @param {string} path @param {() => void} click */
const button = (key, path, click) => el("button", { type: "button", "data-t-label": key, "data-t-title": key, on: { click } }, icon(path));

export function addControls() {
  const corner = el("div", { class: "leaflet-bar corner" },
    button("whole_map", "M3 9.5 10 3.5l7 6M5 8.5V16h10V8.5", () => fitAll(true)),
    isEmbedded() ? null : button("present", "M8 3H3v5M12 3h5v5M17 12v5h-5M8 17H3v-5", present));
  L.DomEvent.disableClickPropagation(corner);
  put("topright", corner);
  put("bottomright", el("div", { class: "leaflet-control-attribution" }));
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(stage.map);
}

export function labelControls() {
  const box = stage.map.getContainer();
  box.setAttribute("aria-label", t("map_help"));
  for (const [selector, key] of [[".leaflet-control-zoom-in", "zoom_in"], [".leaflet-control-zoom-out", "zoom_out"]]) {
    for (const name of ["aria-label", "title"]) box.querySelector(selector)?.setAttribute(name, t(key));
  }
  const tiles = stage.tiles?.getAttribution?.()?.replace(/<[^>]*>/g, "");
  const column = state.view === "indicator" ? chosenColumn() : undefined;
  const own = column?.source ? t("column_credit", { source: shorten(column.source, 90), year: String(column.year) }) : "";
  const credits = box.querySelector(".leaflet-control-attribution");
  if (credits) credits.textContent = [own, data.credits[state.lang], tiles, "Leaflet"].filter(Boolean).join(" · ");
}

// Tiles come from elsewhere and only when asked for; if they do not come, they go.
export function watchTiles() {
  stage.map.eachLayer((layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    stage.tiles = layer;
    let loaded = 0;
    let failed = 0;
    layer.on("tileload", () => { loaded += 1; });
    layer.on("tileerror", () => {
      failed += 1;
      if (failed <= 2 || loaded > 0) return;
      layer.remove();
      stage.tiles = null;
      note(t("tiles_failed"));
      labelControls();
      stage.backdrop.land?.addTo(stage.map);
      restyle();
    });
    stage.backdrop.land?.remove();
  });
}
