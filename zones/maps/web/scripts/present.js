// Presentation: the map on all of the screen, with title, legend, years, and one zone's key figures at a time.
import { copied, refreshCaption } from "./caption.js";
import { dismiss } from "./chosen.js";
import { colourOf } from "./colour.js";
import { byId, el, fill } from "./dom.js";
import { nameNode, t } from "./language.js";
import { fitGroup } from "./sight.js";
import { fitAll, stage } from "./stage.js";
import { shownGroups } from "./state.js";

const KEY_FIGURES = ".headline, .figures, .evidence";
const LATER = new Set(["ArrowRight", "ArrowDown", "PageDown"]);
const EARLIER = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);

/** 0 is the whole map, then zone by zone. */
let step = 0;
/** @type {Element | null} */
let startedFrom = null;

export const isPresenting = () => document.documentElement.classList.contains("presenting");

const zonesShown = () => shownGroups().filter((group) => group.kind !== "network");

/** @param {Group} group @param {string} parts */
function figuresOf(group, parts) {
  const found = copied(byId(`card-${group.index}`)?.querySelectorAll(parts) ?? []).filter((part) => !part.closest("details"));
  return el("article", { class: "zone", style: { "--zone": colourOf(group) } }, el("h2", {}, nameNode(group.short, 120)), found);
}

/** What is shown follows language, theme and choices. */
export function refreshPresentation() {
  refreshCaption();
  byId("present-card").hidden = !isPresenting();
  if (!isPresenting()) return;
  const zones = zonesShown();
  step = Math.min(step, zones.length);
  const chosen = zones[step - 1];
  fill(byId("present-figures"), chosen ? figuresOf(chosen, KEY_FIGURES) : zones.map((group) => figuresOf(group, ".headline")));
  byId("present-figures").classList.toggle("whole", !chosen);
  byId("present-place").textContent = chosen ? `${step} / ${zones.length}` : t("whole_map");
  byId("present-steps").hidden = zones.length === 0;
}

function fitStep() {
  const chosen = zonesShown()[step - 1];
  if (chosen) fitGroup(chosen, false);
  else fitAll(false);
}

/** @param {number} by */
function move(by) {
  const steps = zonesShown().length + 1;
  step = (step + by + steps) % steps;
  refreshPresentation();
  fitStep();
}

/** @param {boolean} on */
function stretch(on) {
  document.documentElement.classList.toggle("presenting", on);
  for (const part of document.querySelectorAll(".top, .panel, .skip")) part.toggleAttribute("inert", on);
  refreshPresentation();
  stage.map.invalidateSize({ animate: false, pan: false });
}

export async function present() {
  startedFrom = document.activeElement;
  step = 0;
  dismiss();
  stretch(true);
  fitStep();
  byId("present-next").focus();
  try {
    await byId("map-region").requestFullscreen();
  } catch {
    // A frame or a phone that gives no full screen: all of the window it is.
  }
}

function leave() {
  if (document.fullscreenElement) document.exitFullscreen();
  stretch(false);
  fitAll(false);
  if (startedFrom instanceof HTMLElement) startedFrom.focus();
}

/** All of what is presented stays in sight when the screen changes its size. */
export const refit = () => { if (isPresenting()) fitStep(); };

/** @param {KeyboardEvent} event */
function onPresentingKey(event) {
  if (!isPresenting()) return;
  const by = Number(LATER.has(event.key)) - Number(EARLIER.has(event.key));
  if (event.key !== "Escape" && !by) return;
  event.preventDefault();
  event.stopPropagation();
  if (by) move(by);
  else leave();
}

export function startPresentation() {
  byId("present-back").addEventListener("click", () => move(-1));
  byId("present-next").addEventListener("click", () => move(1));
  byId("present-leave").addEventListener("click", leave);
  // Before the map takes the arrow keys for moving.
  addEventListener("keydown", onPresentingKey, true);
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement && isPresenting()) leave(); });
}
