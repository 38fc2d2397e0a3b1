// What a municipality says of itself: the hover tip, the sheet, the words spoken.
import { RATE_DIGITS } from "./change.js";
import { swatch } from "./colour.js";
import { data } from "./data.js";
import { el } from "./dom.js";
import { linked } from "./highlight.js";
import { chosenColumn, figureText } from "./indicators.js";
import { endOf, nameNode, nameText, number, percent, t, term, unitName, unitNames } from "./language.js";
import { borderText } from "./pairs.js";
import { lineOfPeople } from "./peopleline.js";
import { sourceLink } from "./sources.js";
import { holds, membersOf, state } from "./state.js";
import { shorten } from "./text.js";

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
export function tipFor(unit) {
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

/** Free text stays in the language it was written in, and says which where the reader's is another. @param {Group} group @param {string} text */
export function freeText(group, text) {
  const foreign = group.text_lang && group.text_lang !== state.lang;
  return el("span", { lang: group.text_lang, class: foreign ? "foreign upright" : null }, text);
}

/** @type {<T>(items: T[], node: (item: T) => Child, between?: string) => Child[]} */
export const joined = (items, node, between = ", ") => items.map((item, place) => [place ? between : "", node(item)]);

/** @param {Evidence} row */
const datesOf = (row) => (row.period !== null ? nameText(data.periods[row.period]) : row.year ? t("as_of", { year: String(row.year) }) : "");

/** A group's name, which leads to the group. @param {Group} group */
const groupName = (group) => el("div", { class: "of" }, swatch(group), linked(el("button", { type: "button", class: "link", "data-group": group.index }, nameNode(group.short, 80)), () => membersOf(group)));

/** @param {Evidence} row */
function membershipNode(row) {
  const group = data.groups[row.group];
  const facts = [term("role", row.role), datesOf(row), row.confidence ? t("confidence", { word: term("confidence", row.confidence) }) : "", row.basis ? term("basis", row.basis) : ""];
  return el("li", { class: row.weak ? "weak" : null },
    groupName(group),
    el("div", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    row.weak ? el("div", { class: "facts" }, t("weak_evidence")) : null,
    el("ul", { class: "plain source-list" }, row.sources.map((index) => el("li", {}, sourceLink(index)))),
    row.note === null ? null : el("details", { class: "why" }, el("summary", {}, t("note")), el("p", {}, freeText(group, data.notes[row.note]))));
}

/** @param {Unit} unit */
const regionWord = (unit) => (`region_${unit.country}` in data.texts[state.lang] ? t(`region_${unit.country}`) : t("region"));

/** Neighbours over land with the km of common border, then the ties that no border shows. @param {Unit} unit */
function neighbourRows(unit) {
  const found = data.borders.filter(([a, b]) => a === unit.index || b === unit.index)
    .map(([a, b, km]) => ({ other: data.units[a === unit.index ? b : a], km, words: km ? `${number(km)} km` : "–", title: borderText(km) }));
  const ties = data.ties.filter(({ between }) => between.includes(unit.index))
    .map(({ between: [a, b], kind, name }) => ({ other: data.units[a === unit.index ? b : a], km: -1, words: term("link", kind), title: name }));
  return [...found.sort((one, other) => other.km - one.km), ...ties];
}

/** @param {Unit} unit @returns {Child} */
function neighbourList(unit) {
  const rows = neighbourRows(unit);
  return rows.length ? [
    el("h4", {}, t("neighbours")),
    el("ul", { class: "plain neighbours" }, rows.map(({ other, words, title }) => el("li", {},
      linked(el("button", { type: "button", class: "row-button", "data-unit": other.index }, el("bdi", {}, shorten(unitName(other), 60)), el("span", { class: "count", title }, words)), () => [other.index])))),
    data.scale && rows.some(({ km }) => km > 0) ? el("p", { class: "small" }, t("borders_as_drawn", { scale: `1:${number(data.scale)}` })) : null,
    rows.some(({ km }) => km === 0) ? el("p", { class: "small" }, `–: ${t("border_not_drawn")}`) : null,
  ] : null;
}

/** @param {Unit} unit */
export function unitSheet(unit) {
  const [name, ...others] = unitNames(unit);
  const rows = unit.memberships;
  const without = extentOnly(unit);
  /** @param {Child} label @param {Child} value @returns {Child} */
  const fact = (label, value) => [el("dt", {}, label), el("dd", {}, value)];
  const { shown, rest: more } = indicatorFacts(unit, fact);
  return {
    title: [el("bdi", {}, name), others.length ? el("span", { class: "also" }, el("bdi", {}, others.join(" / "))) : null],
    body: el("div", { class: "unit-card" },
      el("dl", {},
        shown,
        fact(t("code"), unit.id),
        unit.region === null ? null : fact(regionWord(unit), nameNode(data.regions[unit.region])),
        fact(t("people"), unit.people === null ? t("people_unknown") : unit.people_year ? `${number(unit.people)} (${endOf(unit.people_year)})` : number(unit.people)),
        fact(t("change"), changeLine(unit)),
        fact(t("density"), densityText(unit)),
        unit.former.length ? fact(t("former"), joined(unit.former, (former) => el("bdi", {}, former))) : null),
      lineOfPeople(unitName(unit), unit.series, unit.people_year),
      more,
      rows.length || without.length ? el("h4", {}, t("memberships")) : el("p", { class: "none" }, t("no_memberships")),
      el("ul", { class: "rows" },
        rows.map(membershipNode),
        without.map((group) => el("li", {}, groupName(group), el("div", { class: "facts" }, t("in_extent_only"))))),
      neighbourList(unit)),
  };
}

/** Groups whose extent holds a municipality with no evidence of its own. @param {Unit} unit */
const extentOnly = (unit) => data.groups.filter((group) => holds(group, unit) && !unit.memberships.some((row) => row.group === group.index));

/** A membership as it is said, such as "Bothnian Arc: member since 2021, confidence: high". @param {Evidence} row */
function spokenMembership(row) {
  const since = row.from && !row.to && /^\d{4}$/.test(row.from);
  const facts = [term("role", row.role), since ? t("since", { year: row.from ?? "" }) : datesOf(row), row.weak ? t("weak_evidence") : row.confidence ? t("confidence", { word: term("confidence", row.confidence) }) : ""];
  return `${nameText(data.groups[row.group].short)}: ${facts.filter(Boolean).join(", ")}`;
}

/** Names, people and memberships, for those who hear the page. @param {Unit} unit */
export const spokenUnit = (unit) => [
  unitNames(unit).join(" / "), peopleLine(unit),
  ...unit.memberships.map(spokenMembership), ...extentOnly(unit).map((group) => `${nameText(group.short)}: ${t("in_extent_only").replace(/\.$/, "")}`),
  ...(unit.memberships.length || extentOnly(unit).length ? [] : [t("no_memberships").replace(/\.$/, "")]),
].map((part) => `${part}.`).join(" ");
