// Puts the page together and keeps it in step with what the reader chooses.
import { readAddress, writeAddress } from "./address.js";
import { buildCards } from "./cards.js";
import { addControls, labelControls, watchTiles } from "./controls.js";
import { data, readData } from "./data.js";
import { byId } from "./dom.js";
import { drawLabels } from "./labels.js";
import { endOf, t, translatePage } from "./language.js";
import { buildKnown, membershipYears } from "./evidencekey.js";
import { buildLegend, buildOverlap } from "./legend.js";
import { restyle } from "./paint.js";
import { buildColoured, buildPanel } from "./panel.js";
import { isPrinting, startPaper } from "./paper.js";
import { newestYears } from "./periods.js";
import { startSearch } from "./search.js";
import { addBackdrop, addUnits, fitAll, goTo, keepFromTabbing, note, stage } from "./stage.js";
import { listen, state } from "./state.js";
import { drawTable, startTable } from "./table.js";
import { isDark, showAskedTheme, showTheme } from "./theme.js";
import { restoreTies } from "./ties.js";
import { showYear } from "./series.js";
import { buildTime } from "./time.js";
import { choose, listenToUnits, refreshPopup } from "./unit.js";

const tableIsOpen = () => /** @type {HTMLDialogElement} */ (byId("table")).open;

/** What year everything is of. */
function showYears() {
  const { division, people, boundaries } = data.years;
  const facts = people
    ? t("subtitle", { division: String(division), people: state.year === null ? newestYears() : endOf(state.year), boundaries: String(boundaries) })
    : t("subtitle_own", { n: data.units.length });
  byId("subtitle").textContent = [facts, membershipYears()].filter(Boolean).join(" · ");
}

function repaint() {
  restyle();
  restoreTies();
}

function refreshColours() {
  repaint();
  buildColoured();
}

function refreshGroups() {
  repaint();
  writeAddress();
  buildOverlap();
  buildKnown();
  buildLegend();
  showYears();
}

/** The year chosen: the map, its key, the cards, the table. */
function refreshYear() {
  restyle();
  buildTime();
  buildCards();
  buildLegend();
  buildOverlap();
  showYears();
  writeAddress();
  refreshPopup();
  if (tableIsOpen()) drawTable();
}

function refreshAll() {
  translatePage();
  showYears();
  buildPanel();
  repaint();
  writeAddress();
  refreshPopup();
  labelControls();
  if (tableIsOpen()) drawTable();
}

function changeTheme() {
  showTheme();
  refreshColours();
}

function followAddress() {
  readAddress();
  showYear();
  changeTheme();
  if (state.at) goTo(state.at);
  else fitAll(false);
  const { unit } = state;
  stage.map.closePopup();
  state.unit = unit;
  refreshAll();
  if (unit !== null) choose(unit);
}

function listenToReader() {
  listen("theme", refreshColours);
  listen("groups", refreshGroups);
  listen("extent", () => { refreshGroups(); refreshPopup(); });
  listen("year", refreshYear);
  listen("all", refreshAll);
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
  showYear();
  byId("map-place").append(map.getContainer());
  map.getContainer().setAttribute("role", "region");
  showTheme();
  map.invalidateSize({ animate: false });
  watchTiles();
  addControls();
  fitAll(false);
  stage.units.forEach(keepFromTabbing);
  const homeZoom = map.getZoom();
  if (state.at) goTo(state.at);
  translatePage();
  showYears();
  buildPanel();
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
