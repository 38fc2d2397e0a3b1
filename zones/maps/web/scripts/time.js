// The slider over the years with people; its last place is the newest figure of each municipality.
import { data } from "./data.js";
import { byId, el, fill, icon } from "./dom.js";
import { endOf, t } from "./language.js";
import { showYear } from "./series.js";
import { state, tell } from "./state.js";

const PLAY_ICON = "M6 4.5v11l9-5.5z";
const PAUSE_ICON = "M7 4.5v11M13 4.5v11";
const NEXT_ICON = "M6 4.5v11l7-5.5zM15.5 4.5v11";
const STEP = 800;

/** @type {ReturnType<typeof setInterval> | undefined} */
let playing;
/** Whoever wants less motion moves on year by year. */
const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const newest = () => data.people_years.length;
/** @param {number | null} year */
const placeOf = (year) => (year === null ? newest() : data.people_years.indexOf(year));
const yearText = () => (state.year === null ? t("newest_each") : String(state.year));

/** @param {number} place */
function goToPlace(place) {
  state.year = data.people_years[place] ?? null;
  showYear();
  tell("year");
}

function pause() {
  clearInterval(playing);
  playing = undefined;
  buildTime();
  byId("announce").textContent = state.year === null ? t("newest_each") : endOf(state.year);
}

function next() {
  const place = placeOf(state.year) + 1;
  goToPlace(place > newest() ? 0 : place);
  if (playing !== undefined && state.year === null) pause();
}

function play() {
  if (playing !== undefined) pause();
  else if (isCalm()) { next(); byId("announce").textContent = state.year === null ? t("newest_each") : endOf(state.year); }
  else {
    playing = setInterval(next, STEP);
    if (state.year === null) goToPlace(0);
    buildTime();
  }
}

/** Made once, so that a hand on the slider is never let go. */
function makeTime() {
  const slider = el("input", { type: "range", id: "year", min: 0, step: 1, on: {
    input: () => { if (playing !== undefined) pause(); goToPlace(Number(slider.value)); },
  } });
  fill(byId("time"),
    el("button", { type: "button", class: "icon", id: "play", on: { click: play } }),
    el("label", { class: "small", for: "year", id: "year-label" }), slider,
    el("output", { id: "year-shown", for: "year", "aria-live": "off" }));
}

export function buildTime() {
  const several = data.people_years.length > 1;
  if (several && !byId("year")) makeTime();
  byId("time").hidden = !several || ((state.view === "groups" || state.view === "indicator") && state.year === null);
  if (!several) return;
  /** @type {HTMLInputElement} */
  const slider = byId("year");
  slider.max = String(newest());
  slider.value = String(placeOf(state.year));
  slider.setAttribute("aria-valuetext", yearText());
  byId("year-label").textContent = t("people_of_year");
  byId("year-shown").textContent = yearText();
  const name = isCalm() ? t("next_year") : playing === undefined ? t("play_years") : t("pause_years");
  const button = byId("play");
  fill(button, icon(isCalm() ? NEXT_ICON : playing === undefined ? PLAY_ICON : PAUSE_ICON));
  for (const attribute of ["aria-label", "title"]) button.setAttribute(attribute, name);
}
