// What a municipality says of itself: the hover tip and the popup.
import { writeAddress } from "./address.js";
import { RATE_DIGITS } from "./change.js";
import { unitOfLayer } from "./circles.js";
import { swatch } from "./colour.js";
import { data } from "./data.js";
import { byId, el } from "./dom.js";
import { chosenColumn, figureText } from "./indicators.js";
import { endOf, nameNode, nameText, number, percent, t, term, unitNames } from "./language.js";
import { drawSelected } from "./paint.js";
import { hasPoint, pointOf } from "./pairs.js";
import { stage } from "./stage.js";
import { holds, state } from "./state.js";
import { hostOf, isAddress, shorten } from "./text.js";
import { restoreStars } from "./ties.js";
import { canHover, hideTip, moveTip, showTip } from "./tip.js";

/** @type {L.Popup | null} */
let popup = null;

/** @param {Unit} unit */
const peopleLine = (unit) => (unit.people === null ? t("people_unknown")
  : unit.people_year ? t("people_at", { n: unit.people, date: endOf(unit.people_year) }) : t("people_undated", { n: unit.people }));

/** @param {Unit} unit */
const changeLine = (unit) => (unit.change === null ? "–"
  : t("change_between", { change: percent(unit.change, 1, true), rate: percent(unit.rate, RATE_DIGITS, true), from: String(unit.change_from), to: String(unit.people_year) }));

/** @param {Unit} unit */
const densityText = (unit) => (unit.density === null ? "–" : `${number(unit.density, unit.density < 10 ? 1 : 0)} ${t("per_km2")}`);

/** @param {Indicator} column */
const columnName = (column) => [nameNode(column.names, 90), `, ${column.year}`];

/** The column chosen and its figure; the others are a click away. @param {Unit} unit @param {(label: Child, value: Child) => Child} fact */
function indicatorFacts(unit, fact) {
  const chosen = chosenColumn();
  const others = data.indicators.filter((column) => column !== chosen);
  /** @param {Indicator} column */
  const row = (column) => fact(columnName(column), figureText(column, unit.index));
  return {
    shown: chosen ? row(chosen) : null,
    rest: others.length ? el("details", { class: "more" }, el("summary", {}, t("more_figures")), el("dl", {}, others.map(row))) : null,
  };
}

/** @param {Unit} unit @returns {Child[]} */
function tipFor(unit) {
  const [name, ...others] = unitNames(unit);
  const column = state.view === "indicator" ? chosenColumn() : undefined;
  return [
    el("strong", {}, el("bdi", {}, shorten(name, 60))),
    others.length ? el("span", { class: "also" }, shorten(others.join(" / "), 60)) : null,
    column ? el("div", {}, columnName(column), ": ", el("b", {}, figureText(column, unit.index))) : el("div", {}, peopleLine(unit)),
    state.view === "density" ? el("div", {}, densityText(unit)) : null,
    state.view === "change" ? el("div", {}, changeLine(unit)) : null,
    data.groups.filter((group) => holds(group, unit)).slice(0, 5).map((group) => el("div", { class: "tip-group" }, swatch(group), nameNode(group.short, 60))),
  ];
}

/** @param {number} index */
export function sourceLink(index) {
  const address = data.sources[index];
  if (!isAddress(address)) return el("span", { lang: "en" }, shorten(address, 120));
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, hostOf(address));
}

/** Free text stays in the language it was written in, and says which where the reader's is another. @param {Group} group @param {string} text */
export function freeText(group, text) {
  const foreign = group.text_lang && group.text_lang !== state.lang;
  return el("span", { lang: group.text_lang, class: foreign ? "foreign upright" : null }, text);
}

/** @type {<T>(items: T[], node: (item: T) => Child, between?: string) => Child[]} */
export const joined = (items, node, between = ", ") => items.map((item, place) => [place ? between : "", node(item)]);

/** @param {Evidence} row */
const datesOf = (row) => (row.period !== null ? nameText(data.periods[row.period]) : row.year ? t("as_of", { year: String(row.year) }) : "");

/** @param {Evidence} row */
function membershipNode(row) {
  const group = data.groups[row.group];
  const facts = [term("role", row.role), datesOf(row), row.confidence ? t("confidence", { word: term("confidence", row.confidence) }) : "", row.basis ? term("basis", row.basis) : ""];
  return el("li", { class: row.weak ? "weak" : null },
    el("div", { class: "of" }, swatch(group), nameNode(group.short, 80)),
    el("div", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    el("div", { class: "facts" }, row.weak ? `${t("weak_evidence")} · ` : null, row.sources.length ? `${t("source")}: ` : null, joined(row.sources, sourceLink)),
    row.note === null ? null : el("details", { class: "why" }, el("summary", {}, t("note")), el("p", {}, freeText(group, data.notes[row.note]))));
}

/** @param {Unit} unit */
function popupFor(unit) {
  const [name, ...others] = unitNames(unit);
  const rows = unit.memberships;
  const without = data.groups.filter((group) => holds(group, unit) && !rows.some((row) => row.group === group.index));
  /** @param {Child} label @param {Child} value @returns {Child} */
  const fact = (label, value) => [el("dt", {}, label), el("dd", {}, value)];
  const { shown, rest: more } = indicatorFacts(unit, fact);
  return el("div", { class: "unit-card" },
    el("h3", {}, el("bdi", {}, name), others.length ? el("span", { class: "also" }, el("bdi", {}, others.join(" / "))) : null),
    el("dl", {},
      shown,
      fact(t("code"), unit.id),
      unit.region === null ? null : fact(t("region"), nameNode(data.regions[unit.region])),
      fact(t("people"), unit.people === null ? t("people_unknown") : unit.people_year ? `${number(unit.people)} (${endOf(unit.people_year)})` : number(unit.people)),
      fact(t("change"), changeLine(unit)),
      fact(t("density"), densityText(unit)),
      unit.former.length ? fact(t("former"), joined(unit.former, (former) => el("bdi", {}, former))) : null),
    more,
    rows.length || without.length ? el("h4", {}, t("memberships")) : el("p", { class: "none" }, t("no_memberships")),
    el("ul", { class: "rows" },
      rows.map(membershipNode),
      without.map((group) => el("li", {}, el("div", { class: "of" }, swatch(group), nameNode(group.short, 80)), el("div", { class: "facts" }, t("in_extent_only"))))));
}

/** @param {number} index */
export function choose(index, { pan = false, speak = false } = {}) {
  const { map } = stage;
  const unit = data.units[index];
  state.unit = index;
  drawSelected();
  restoreStars();
  const bounds = stage.units[index].getBounds();
  if (pan && !(map.getZoom() >= 6 && map.getBounds().contains(bounds))) {
    map.fitBounds(bounds, { maxZoom: 8, padding: [60, 60], animate: false });
  }
  hideTip();
  const { x, y } = map.getSize();
  const phone = x < 480;
  popup = L.popup({
    className: "unit-popup", minWidth: phone ? 220 : 270, maxWidth: phone ? Math.max(220, x - 150) : 340,
    maxHeight: Math.max(150, Math.min(460, y - (phone ? 190 : 120))), autoPanPaddingTopLeft: phone ? [54, 12] : [56, 16], autoPanPaddingBottomRight: phone ? [54, 84] : [56, 44],
  }).setLatLng(hasPoint(unit) ? pointOf(unit) : bounds.getCenter()).setContent(popupFor(unit)).openOn(map);
  labelClose();
  popup.on("remove", () => {
    if (state.unit !== index) return;
    state.unit = null;
    drawSelected();
    restoreStars();
    writeAddress();
  });
  writeAddress();
  if (speak) byId("announce").textContent = `${unitNames(unit).join(" / ")}. ${peopleLine(unit)}.`;
}

const labelClose = () => popup?.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", t("close"));

export function refreshPopup() {
  if (!popup || !stage.map.hasLayer(popup) || state.unit === null) return;
  popup.setContent(popupFor(data.units[state.unit]));
  labelClose();
}

export function listenToUnits() {
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
    });
    layers.on("mousemove", (event) => moveTip(event.latlng));
    layers.on("mouseout", () => {
      hideTip();
      over?.getElement()?.classList.remove("hovered");
      over = null;
    });
  }
}
