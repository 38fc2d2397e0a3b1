// Puts the page together and keeps it in step with what the reader chooses.
function applyTheme(forced) {
  const name = forced ?? (isDark() ? "dark" : "light");
  document.documentElement.dataset.theme = name;
  byId("theme-button").setAttribute("aria-pressed", String(name === "dark"));
  restyle();
  restoreTies();
  buildCards();
  buildNetworks();
  buildLayers();
  buildLegend();
  buildOverlap();
}

function refreshMap() {
  restyle();
  restoreTies();
  writeAddress(map);
}

function refreshAll() {
  translatePage();
  buildPanel();
  refreshMap();
  refreshPopup();
  labelControls();
  if (byId("table").open) drawTable();
}

function cornerButtons() {
  const corner = L.control({ position: "topright" });
  corner.onAdd = () => {
    const box = el("div", { class: "leaflet-bar corner" });
    const add = (key, path, action) => box.append(el("button", { type: "button", "data-t-label": key, "data-t-title": key, on: { click: action } },
      svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round" }))));
    add("whole_map", "M3 9.5 10 3.5l7 6M5 8.5V16h10V8.5", () => fitAll(true));
    if (document.fullscreenEnabled) {
      add("full_screen", "M8 3H3v5M12 3h5v5M17 12v5h-5M8 17H3v-5", () => {
        if (document.fullscreenElement) document.exitFullscreen();
        else byId("map-region").requestFullscreen();
      });
    }
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  corner.addTo(map);
  const credits = L.control({ position: "bottomright" });
  credits.onAdd = () => el("div", { class: "leaflet-control-attribution" });
  credits.addTo(map);
}

function labelControls() {
  const box = map.getContainer();
  box.setAttribute("aria-label", t("map_help"));
  for (const [selector, key] of [[".leaflet-control-zoom-in", "zoom_in"], [".leaflet-control-zoom-out", "zoom_out"]]) {
    const button = box.querySelector(selector);
    button?.setAttribute("aria-label", t(key));
    button?.setAttribute("title", t(key));
  }
  const credits = box.querySelector(".leaflet-control-attribution");
  if (credits) {
    const tiles = layers.tiles?.getAttribution?.() ? layers.tiles.getAttribution().replace(/<[^>]*>/g, "") : "";
    credits.textContent = [data.credits[state.lang], tiles, "Leaflet"].filter(Boolean).join(" · ");
  }
}

function start(theMap, payload) {
  map = theMap;
  readData(payload);
  readAddress();
  byId("map-place").append(map.getContainer());
  map.getContainer().setAttribute("role", "region");
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  map.invalidateSize({ animate: false });
  watchTiles();
  cornerButtons();
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
  fitAll(false);
  for (const layer of layers.units) keepFromTabbing(layer);
  const homeZoom = map.getZoom();
  if (state.at) map.setView([state.at[0], state.at[1]], state.at[2], { animate: false });
  translatePage();
  buildPanel();
  restyle();
  restoreTies();
  labelControls();
  listenToUnits();
  startSearch();
  startTable();
  startPaper();
  paper.homeZoom = homeZoom;
  if (layers.canvas) note(t("canvas_note", { n: data.units.length, m: Math.round(data.simplified ?? 0) }));
  map.on("moveend", () => { drawLabels(); if (!paper.before) writeAddress(map); });
  map.on("resize", drawLabels);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !byId("table").open) map.closePopup(); });
  byId("theme-button").addEventListener("click", () => {
    state.theme = isDark() ? "light" : "dark";
    applyTheme();
    writeAddress(map);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (state.theme === "auto") applyTheme(); });
  addEventListener("hashchange", () => {
    readAddress();
    applyTheme();
    if (state.at) map.setView([state.at[0], state.at[1]], state.at[2], { animate: false });
    else fitAll(false);
    const { unit } = state;
    map.closePopup();
    state.unit = unit;
    refreshAll();
    if (unit !== null) choose(unit);
  });
  if (state.unit !== null) choose(state.unit, { pan: !state.at });
  document.documentElement.dataset.ready = "true";
}
