// The sheet beside the map, or below it on a phone: a region of its own that hands the focus back.
import { byId, fill } from "./dom.js";

/** @type {HTMLElement | null} */
let opener = null;

export const isSheetOpen = () => !byId("sheet").hidden;

/** @param {{ title: Child, body: Child }} content */
export function fillSheet({ title, body }) {
  fill(byId("sheet-title"), title);
  fill(byId("sheet-body"), body);
}

/** Open the sheet with something new in it. @param {{ title: Child, body: Child }} content @param {boolean} focus Whether the focus goes there, as after a command. */
export function openSheet(content, focus) {
  const sheet = byId("sheet");
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const within = sheet.contains(active);
  if (!within) opener = active;
  fillSheet(content);
  sheet.hidden = false;
  document.documentElement.classList.add("with-sheet");
  byId("sheet-body").scrollTop = 0;
  if (focus || within) byId("sheet-title").focus({ preventScroll: true });
}

/** Close the sheet; a focus that was in it goes back to where it came from. */
export function closeSheet() {
  const sheet = byId("sheet");
  const within = sheet.contains(document.activeElement);
  sheet.hidden = true;
  document.documentElement.classList.remove("with-sheet");
  if (!within || !opener) return;
  // What was rebuilt meanwhile has its id still.
  const back = opener.isConnected ? opener : opener.id ? byId(opener.id) : null;
  (back ?? byId("map-region")).focus();
}
