// Puts the page together and keeps it in step with what the reader chooses.
import { readAddress, whileFollowing, writeAddress } from "./address.js";
import { buildCompare } from "./compare.js";
import { addControls, labelControls, watchTiles } from "./controls.js";
import { data, readData } from "./data.js";
import { byId } from "./dom.js";
import { drawLabels } from "./labels.js";
import { t, translatePage } from "./language.js";
import { buildLegend, buildOverlap } from "./legend.js";
import { buildMode } from "./mode.js";
import { restyle } from "./paint.js";
import { buildColoured, buildPanel } from "./panel.js";
import { isPrinting, startPaper } from "./paper.js";
import { startSearch } from "./search.js";
import { addBackdrop, addUnits, fitAll, goTo, keepFromTabbing, note, stage } from "./stage.js";
import { freshState, listen, state } from "./state.js";
import { drawTable, startTable } from "./table.js";
import { labelTakeOut, startTakeOut } from "./takeOut.js";
import { isDark, showAskedTheme, showTheme } from "./theme.js";
import { restoreTies } from "./ties.js";
import { choose, listenToUnits, refreshPopup } from "./unit.js";
import { buildTrial, heedTrial } from "./whatif.js";

const tableIsOpen = () => /** @type {HTMLDialogElement} */ (byId("table")).open;

function repaint() {
  restyle();
  restoreTies();
}

function refreshColours() {
  repaint();
  buildColoured();
}

function refreshSides() {
  heedTrial();
  buildCompare();
  buildTrial();
  buildMode();
}

function refreshGroups() {
  repaint();
  writeAddress();
  buildOverlap();
  buildLegend();
}

function refreshAll() {
  translatePage();
  buildPanel();
  refreshSides();
  repaint();
  writeAddress();
  refreshPopup();
  labelControls();
  labelTakeOut();
  if (tableIsOpen()) drawTable();
}

function changeTheme() {
  showTheme();
  refreshColours();
}

/** Shows what the state says, whatever was there before. */
function showState() {
  changeTheme();
  if (state.at) goTo(state.at);
  else fitAll(false);
  const { unit } = state;
  stage.map.closePopup();
  state.unit = unit;
  refreshAll();
  if (unit !== null) choose(unit);
}

function followAddress() {
  whileFollowing(() => { readAddress(); showState(); });
}

function startAnew() {
  Object.assign(state, freshState());
  writeAddress();
  whileFollowing(showState);
}

function listenToReader() {
  listen("theme", refreshColours);
  listen("groups", refreshGroups);
  listen("extent", () => { refreshGroups(); refreshPopup(); });
  listen("all", refreshAll);
  listen("reset", startAnew);
  listen("sides", () => { refreshSides(); repaint(); writeAddress(); });
  stage.map.on("moveend", () => { drawLabels(); if (!isPrinting()) writeAddress(); });
  stage.map.on("resize", drawLabels);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !tableIsOpen()) stage.map.closePopup(); });
  byId("theme-button").addEventListener("click", () => {
    state.theme = isDark() ? "light" : "dark";
    changeTheme();
    writeAddress();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (state.theme === "auto") changeTheme(); });
  addEventListener("hashchange", followAddress);
}

/** @param {L.Map} map @param {Payload} payload */
function start(map, payload) {
  stage.map = map;
  readData(payload);
  readAddress();
  byId("map-place").append(map.getContainer());
  map.getContainer().setAttribute("role", "region");
  showTheme();
  startTakeOut();
  map.invalidateSize({ animate: false });
  watchTiles();
  addControls();
  fitAll(false);
  stage.units.forEach(keepFromTabbing);
  const homeZoom = map.getZoom();
  if (state.at) goTo(state.at);
  translatePage();
  buildPanel();
  refreshSides();
  repaint();
  labelControls();
  listenToUnits();
  startSearch();
  startTable();
  startPaper(homeZoom);
  if (stage.canvas) note(t("canvas_note", { n: data.units.length, m: Math.round(data.simplified ?? 0) }));
  listenToReader();
  if (state.unit !== null) choose(state.unit, { pan: !state.at });
  document.documentElement.dataset.ready = "true";
}

export { addBackdrop, addUnits, showAskedTheme, start };
