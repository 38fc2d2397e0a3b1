// The menu that takes things out of the page: pictures, figures, a link, data, and back to the start.
import { copyText, copyTable } from "./clipboard.js";
import { data } from "./data.js";
import { append, byId, el, fill, icon } from "./dom.js";
import { chosenTable, geojsonText, nameOfChosen } from "./selection.js";
import { figureRows, figuresText, sourceLines, tabbed, tableMarkup } from "./figures.js";
import { nameText, t } from "./language.js";
import { savePng, saveSvg } from "./picture.js";
import { saveFile } from "./saving.js";
import { state, tell } from "./state.js";
import { fileName } from "./text.js";

const ICON = "M10 3v9M6.5 8.5 10 12l3.5-3.5M4 13v3a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-3";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;

/** Says in sight and aloud what was done. @param {string} text */
export function showDone(text) {
  const place = byId("done");
  place.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { place.textContent = ""; }, 9000);
}

/** A page inside a notebook or mail has no address that others could open. */
export const hasAddress = () => /^(https?|file):$/.test(location.protocol);

async function copyLink() {
  if (!hasAddress()) return showDone(t("no_address"));
  const copied = await copyText(location.href, document.body);
  showDone(!copied ? location.href : location.protocol === "file:" ? t("link_copied_file") : t("link_copied"));
}

async function copyFigures() {
  if (!state.shown.size) return showDone(t("nothing_chosen"));
  const text = figuresText();
  showDone((await copyText(text, document.body)) ? t("figures_copied") : text);
}

async function copyKeyTable() {
  if (!state.shown.size) return showDone(t("nothing_chosen"));
  const rows = figureRows();
  showDone((await copyTable(tabbed(rows, sourceLines()), tableMarkup(rows, sourceLines()), document.body)) ? t("copied") : t("not_copied"));
}

/** @param {string} suffix @param {string} type @param {string} text */
function saveChosen(suffix, type, text) {
  if (!nameOfChosen()) return showDone(t("nothing_chosen"));
  saveFile(`${fileName([nameText(data.title), nameOfChosen(), state.lang])}.${suffix}`, new Blob([text], { type }));
  showDone(t("file_saved"));
}

/** @param {() => void | Promise<void>} save */
async function savePicture(save) {
  try {
    await save();
    showDone(t("picture_saved"));
  } catch (error) {
    showDone(t("picture_failed", { reason: String(error) }));
  }
}

/** @returns {[words: string, aside: string, action: () => void | Promise<void>][]} */
const items = () => [
  [t("save_picture"), "PNG", () => savePicture(savePng)],
  [t("save_picture"), "SVG", () => savePicture(saveSvg)],
  [t("copy_figures"), "", copyFigures],
  [t("copy_table"), "", copyKeyTable],
  [t("copy_link"), "", copyLink],
  [t("save_geojson"), nameOfChosen(), () => saveChosen("geojson", "application/geo+json", geojsonText())],
  [t("save_chosen_csv"), nameOfChosen(), () => saveChosen("csv", "text/csv;charset=utf-8", chosenTable())],
  [t("reset"), "", () => { tell("reset"); showDone(t("reset_done")); }],
];

const isClosed = () => Boolean(byId("take-out-items").hidden);

/** @param {boolean} open */
function setOpen(open) {
  byId("take-out-button").setAttribute("aria-expanded", String(open));
  byId("take-out-items").hidden = !open;
  if (!open) return;
  fill(byId("take-out-items"), items().map(([words, aside, action], place) => el("li", {},
    el("button", { type: "button", "data-item": String(place), on: { click: () => { close(true); action(); } } }, el("span", {}, words), aside ? el("span", { class: "aside" }, el("bdi", {}, aside)) : null))));
}

/** @param {boolean} back */
function close(back) {
  setOpen(false);
  if (back) byId("take-out-button").focus();
}

const buttons = () => /** @type {HTMLElement[]} */ ([...byId("take-out-items").querySelectorAll("button")]);

/** Arrows, Home and End go through the items as in any menu; Tab leaves it. @param {KeyboardEvent} event */
function onKey(event) {
  const open = !isClosed();
  if (event.key === "Escape" && open) {
    close(true);
    event.stopPropagation();
    return;
  }
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = /** @type {Record<string, number>} */ (steps)[event.key];
  if (step === undefined) return;
  event.preventDefault();
  if (!open) setOpen(true);
  const all = buttons();
  const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = Number.isFinite(step) ? (now < 0 ? (step > 0 ? 0 : all.length - 1) : (now + step + all.length) % all.length) : step < 0 ? 0 : all.length - 1;
  all[next].focus();
}

export function labelTakeOut() {
  const button = byId("take-out-button");
  fill(button, icon(ICON), el("span", {}, t("take_out")));
  if (!isClosed()) setOpen(true);
}

export function startTakeOut() {
  const box = byId("take-out");
  append(box, [
    el("button", { type: "button", class: "tool worded", id: "take-out-button", "aria-expanded": "false", "aria-controls": "take-out-items", on: { click: () => setOpen(isClosed()) } }),
    el("ul", { id: "take-out-items", hidden: true }),
  ]);
  box.addEventListener("keydown", onKey);
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(/** @type {Node} */ (event.relatedTarget))) close(false); });
  document.addEventListener("pointerdown", (event) => { if (!box.contains(/** @type {Node} */ (event.target))) close(false); });
  labelTakeOut();
}
