// Puts the page together and keeps it in step with what the reader chooses.
import { readAddress, whileFollowing, writeAddress } from "./address.js";
import { buildCards } from "./cards.js";
import { buildCompare } from "./compare.js";
import { addControls, labelControls, watchTiles } from "./controls.js";
import { choose, chooseGroup, dismiss, refreshSheet, startChoosing } from "./chosen.js";
import { data, readData } from "./data.js";
import { byId } from "./dom.js";
import { expectStart, showPage } from "./fallback.js";
import { relight, startHighlight } from "./highlight.js";
import { isEmbedded, startFrame, watchSize } from "./frame.js";
import { redrawLabels } from "./labels.js";
import { endOf, t, translatePage } from "./language.js";
import { buildKnown, membershipYears } from "./evidencekey.js";
import { buildLegend, buildOverlap } from "./legend.js";
import { buildMode } from "./mode.js";
import { restyle } from "./paint.js";
import { buildColoured, buildPanel } from "./panel.js";
import { isPrinting, startPaper } from "./paper.js";
import { newestYears } from "./periods.js";
import { isPresenting, refit, refreshPresentation, startPresentation } from "./present.js";
import { startSearch } from "./search.js";
import { closeSheet } from "./sheet.js";
import { fitFirst } from "./sight.js";
import { addBackdrop, addUnits, fitAll, goTo, hideDrawings, keepFromTabbing, note, openMap, stage } from "./stage.js";
import { freshState, listen, state } from "./state.js";
import { drawTable, startTable } from "./table.js";
import { labelTakeOut, startTakeOut } from "./takeOut.js";
import { isDark, showAskedTheme, showTheme } from "./theme.js";
import { restoreTies } from "./ties.js";
import { showYear } from "./series.js";
import { buildTime } from "./time.js";
import { buildTrial, heedTrial } from "./whatif.js";

const tableIsOpen = () => /** @type {HTMLDialogElement} */ (byId("table")).open;

/** What year everything is of. */
function showYears() {
  const { division, people, boundaries } = data.years;
  const facts = people
    ? t("subtitle", { division: String(division), people: state.year === null ? newestYears() : endOf(state.year) })
    : t("subtitle_own", { n: data.units.length });
  byId("subtitle").textContent = [facts, people && data.scale && t("boundaries_of", { year: String(boundaries) }), membershipYears()].filter(Boolean).join(" · ");
}

function repaint() {
  restyle();
  restoreTies();
  relight();
}

function refreshColours() {
  repaint();
  buildColoured();
  refreshPresentation();
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
  refreshSheet();
  refreshPresentation();
  if (tableIsOpen()) drawTable();
}

function refreshAll() {
  translatePage();
  showYears();
  buildPanel();
  refreshSides();
  // Names go around what stands on the map.
  labelControls();
  repaint();
  writeAddress();
  refreshSheet();
  labelTakeOut();
  refreshPresentation();
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
  else fitFirst();
  closeSheet();
  refreshAll();
  openAsked(Boolean(state.at));
}

/** What the address asks for is chosen, in the view that it asks for. @param {boolean} still */
function openAsked(still) {
  if (state.unit !== null) choose(state.unit, { pan: true, still });
  else if (state.group !== null) chooseGroup(state.group, { speak: false, still });
}

function followAddress() {
  whileFollowing(() => { readAddress(); showYear(); showState(); });
}

function startAnew() {
  Object.assign(state, freshState());
  showYear();
  writeAddress();
  whileFollowing(showState);
}

function listenToReader() {
  listen("theme", refreshColours);
  listen("groups", refreshGroups);
  listen("extent", () => { refreshGroups(); refreshSheet(); });
  listen("year", refreshYear);
  listen("all", refreshAll);
  listen("reset", startAnew);
  listen("sides", () => { refreshSides(); repaint(); writeAddress(); });
  stage.map.on("moveend", () => { redrawLabels(); if (!isPrinting() && !isPresenting()) writeAddress(); });
  stage.map.on("resize", redrawLabels);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !tableIsOpen()) dismiss(); });
  byId("theme-button").addEventListener("click", () => {
    state.theme = isDark() ? "light" : "dark";
    changeTheme();
    writeAddress();
  });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", changeTheme);
  addEventListener("hashchange", followAddress);
}

function fitStart() {
  stage.map.invalidateSize({ animate: false });
  if (state.at) goTo(state.at);
  else fitFirst();
}

/** @param {L.Map} map @param {Payload} payload */
function start(map, payload) {
  stage.map = map;
  readData(payload);
  readAddress();
  showPage(true);
  showYear();
  byId("map-place").append(map.getContainer());
  map.getContainer().setAttribute("role", "region");
  showTheme();
  startTakeOut();
  watchTiles();
  addControls();
  // The header's words and buttons decide how high the map is.
  translatePage();
  showYears();
  buildPanel();
  map.invalidateSize({ animate: false });
  fitAll(false);
  stage.units.forEach(keepFromTabbing);
  hideDrawings();
  const homeZoom = map.getZoom();
  if (state.at) goTo(state.at);
  else fitFirst();
  refreshSides();
  labelControls();
  repaint();
  startHighlight();
  startChoosing();
  startSearch();
  startTable();
  startPaper(homeZoom);
  startPresentation();
  startFrame();
  refreshPresentation();
  if (stage.canvas) note(t("canvas_note", { n: data.units.length, m: Math.round(data.simplified ?? 0) }));
  listenToReader();
  if (isEmbedded()) fitStart();
  openAsked(Boolean(state.at));
  watchSize(fitStart, refit);
  document.documentElement.dataset.ready = "true";
}

export { addBackdrop, addUnits, expectStart, openMap, showAskedTheme, start };
