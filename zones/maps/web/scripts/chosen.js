// The municipality or the group that the reader chose, and the sheet that tells of it.
import { writeAddress } from "./address.js";
import { unitOfLayer } from "./circles.js";
import { data } from "./data.js";
import { byId, say } from "./dom.js";
import { markUnit } from "./highlight.js";
import { nameText, t } from "./language.js";
import { drawSelected } from "./paint.js";
import { closeSheet, fillSheet, isSheetOpen, openSheet } from "./sheet.js";
import { bringIntoSight, fitGroup } from "./sight.js";
import { stage } from "./stage.js";
import { membersOf, pointing, state } from "./state.js";
import { restoreStars } from "./ties.js";
import { canHover, hideTip, moveTip, showTip } from "./tip.js";
import { spokenUnit, tipFor, unitSheet } from "./unit.js";
import { groupSheet } from "./zone.js";

/** @param {number | null} unit @param {number | null} group */
function setChosen(unit, group) {
  Object.assign(state, { unit, group });
  drawSelected();
  restoreStars();
}

/** @param {number} index @param {{ pan?: boolean, speak?: boolean, still?: boolean }} [how] `pan`: also from afar; `speak`: by a command, so that it is told and has the focus; `still`: the view stays. */
export function choose(index, { pan = false, speak = false, still = false } = {}) {
  if (pointing.take) {
    pointing.take(index);
    return;
  }
  const unit = data.units[index];
  setChosen(index, null);
  hideTip();
  openSheet(unitSheet(unit), speak);
  if (!still) bringIntoSight(stage.units[index].getBounds(), pan);
  writeAddress();
  if (speak) say(spokenUnit(unit));
}

/** @param {number} index @param {{ speak?: boolean, still?: boolean }} [how] */
export function chooseGroup(index, { speak = true, still = false } = {}) {
  const group = data.groups[index];
  setChosen(null, index);
  openSheet(groupSheet(group), speak);
  if (!still) fitGroup(group);
  writeAddress();
  const members = membersOf(group).length;
  if (speak) say(`${nameText(group.short)}: ${members ? t("n_municipalities", { n: members }) : t("members_unknown")}`);
}

/** Nothing is chosen any more. */
export function dismiss() {
  if (!isSheetOpen()) return;
  closeSheet();
  setChosen(null, null);
  writeAddress();
}

/** The same in the language and with the extents chosen now. */
export function refreshSheet() {
  if (!isSheetOpen()) return;
  if (state.unit !== null) fillSheet(unitSheet(data.units[state.unit]));
  else if (state.group !== null) fillSheet(groupSheet(data.groups[state.group]));
}

/** Buttons anywhere on the page that lead to a municipality or a group. @param {Event} event */
function follow(event) {
  const { unit, group } = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("button[data-unit], button[data-group]"))?.dataset ?? {};
  if (unit !== undefined) choose(Number(unit), { pan: true, speak: true });
  else if (group !== undefined) chooseGroup(Number(group));
}

export function startChoosing() {
  byId("sheet-close").addEventListener("click", dismiss);
  document.addEventListener("click", follow);
  /** @param {L.LeafletEvent} event */
  const indexOf = (event) => unitOfLayer(event.propagatedFrom ?? event.layer);
  /** @type {L.Polygon | null} */
  let over = null;
  for (const layers of [stage.group, stage.circles]) {
    layers.on("click", (event) => choose(indexOf(event)));
    if (!canHover()) continue;
    layers.on("mouseover", (event) => {
      const index = indexOf(event);
      over = stage.units[index];
      showTip(event.latlng, tipFor(data.units[index]));
      if (!stage.canvas) over.getElement()?.classList.add("hovered");
      markUnit(index);
    });
    layers.on("mousemove", (event) => moveTip(event.latlng));
    layers.on("mouseout", () => {
      hideTip();
      over?.getElement()?.classList.remove("hovered");
      over = null;
      markUnit(null);
    });
  }
}
