// Two extents or zones side by side: what is in one and not in the other, and by how much they differ.
import { data } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { LOCALES } from "./numbers.js";
import { endOf, nameText, number, range, t, unitName } from "./language.js";
import { commonYear, componentsOf, differenceOf, partsOf, peopleAt, sideOf, sidesNow, spanOf, total } from "./members.js";
import { partsKey } from "./overlay.js";
import { state, tell } from "./state.js";
import { shorten } from "./text.js";
import { joined } from "./unit.js";
import { unitButton } from "./zone.js";

/** @param {Side} side */
const sideName = ({ group, extent }, most = 120) =>
  shorten(`${nameText(group.short, 60)}${group.extents.length > 1 ? `: ${extentName({ group, extent, members: extent.set })}` : ""}`, most);

/** @param {Side} side */
const extentName = ({ extent }) => (extent.names ? nameText(extent.names, 90) : shorten(extent.id, 60));

const allSides = () => data.groups.flatMap((group) => group.extents.map((extent) => ({ group, extent, members: extent.set })));

/** @param {Side} side @returns {Chosen} */
const chosenOf = ({ group, extent }) => ({ group: group.id, extent: extent.id });

/** @param {Iterable<number>} indices */
export const namesOfUnits = (indices) => {
  const words = new Intl.Collator(LOCALES[state.lang]);
  return [...indices].map((index) => ({ index, name: unitName(data.units[index]) })).sort((a, b) => words.compare(a.name, b.name));
};

/** @param {Map<number, Part>} parts @param {Part} part */
export const inPart = (parts, part) => [...parts].filter(([, one]) => one === part).map(([index]) => index);

/** @param {Span | null} span */
const spanText = (span) => (!span ? "–" : span.low === span.high ? number(span.high) : range(span.low, span.high));

/** A difference with its sign; between two of them stands a word, as a dash could be a minus. @param {Span | null} span */
const changeText = (span) => (!span ? "–" : Math.round(span.low) === Math.round(span.high) ? number(span.high, 0, true) : t("from_to", { low: number(span.low, 0, true), high: number(span.high, 0, true) }));

/** How far the area of a documented extent may be off. @param {Side} side */
function areaError({ extent }) {
  const area = extent.measures.find((row) => row.name === "area" && row.key === null);
  return area && area.low !== null && area.high !== null ? { ...area, error: (area.high - area.low) / 2 } : null;
}

/** The figures of both sides and their difference as rows of cells. @param {{ first: Side, second: Side, isTrial: boolean }} sides */
export function figuresOfSides({ first, second, isTrial }) {
  const both = new Set([...first.members, ...second.members]);
  const year = commonYear(both);
  const known = total(both, (index) => peopleAt(index, year)) !== null;
  /** @param {number} index */
  const people = (index) => peopleAt(index, year) ?? 0;
  const one = () => 1;
  /** @param {number} index */
  const km2 = (index) => data.units[index].area;
  /** @param {string} words @param {(index: number) => number} figure */
  const row = (words, figure) => [words, spanText(spanOf(first, figure, isTrial)), spanText(spanOf(second, figure, isTrial)), changeText(differenceOf(first, second, figure, isTrial))];
  const [a, b] = [areaError(first), areaError(second)];
  const error = !isTrial && a && b ? a.error + b.error : 0;
  const between = differenceOf(first, second, km2, isTrial);
  /** @param {Side} side @param {ReturnType<typeof areaError>} area */
  const areaText = (side, area) => {
    const span = spanOf(side, km2, isTrial);
    return span.low !== span.high || isTrial || !area?.error || area.low === null || area.high === null ? spanText(span) : `${number(span.high)} (${range(area.low, area.high)})`;
  };
  const pieces = [first, second].map((side) => componentsOf(side.members));
  return [
    row(t("table_units"), one),
    known ? row(year === null ? t("people") : `${t("people")}, ${endOf(year)}`, people) : [t("people"), "–", "–", "–"],
    [t("head_area"), areaText(first, a), areaText(second, b), changeText({ low: between.low - error, high: between.high + error })],
    pieces.includes(null) ? null : [t("parts_by_land"), ...pieces.map((count) => number(count)), number(Number(pieces[1]) - Number(pieces[0]), 0, true)],
  ].filter((cells) => cells !== null);
}

/** @param {(string | null)[][]} rows @param {string[]} heads */
export const figureTable = (rows, heads) => el("table", { class: "sides" },
  el("thead", {}, el("tr", {}, el("td", {}), heads.map((head) => el("th", { scope: "col" }, el("bdi", {}, head))))),
  el("tbody", {}, rows.map(([head, ...cells]) => el("tr", {}, el("th", { scope: "row" }, head), cells.map((cell) => el("td", {}, cell))))));

/** @param {string} words @param {number[]} units */
const listOf = (words, units) => (units.length ? el("details", { class: "more" }, el("summary", {}, words),
  el("p", { class: "small names" }, joined(namesOfUnits(units), ({ index }) => unitButton(data.units[index])))) : null);

/** @returns {Child[]} */
function comparison() {
  const sides = sidesNow();
  if (!sides || sides.isTrial) return [];
  const { first, second } = sides;
  const parts = partsOf(first.members, second.members);
  const names = first.group === second.group ? [first, second].map(extentName) : [first, second].map((side) => sideName(side, 90));
  /** @type {[Part, string][]} */
  const rows = [["first", `${t("only_in", { name: "A" })}: ${names[0]}`], ["both", t("in_both")], ["second", `${t("only_in", { name: "B" })}: ${names[1]}`]];
  const found = rows.map(([part, words]) => /** @type {const} */ ([part, words, inPart(parts, part)]));
  const spans = [first, second].some((side) => spanText(spanOf(side, () => 1)) !== number(side.members.size));
  return [
    el("div", { class: "picture-key" }, el("p", { class: "picture-heading only-picture" }, `${t("compare")}: ${[...new Set([first, second].map(({ group }) => nameText(group.short, 60)))].join(" / ")}`),
      partsKey(found),
      figureTable(figuresOfSides(sides), ["A", "B", t("difference")]),
      spans ? el("p", { class: "small" }, t("span_note")) : null),
    found.map(([part, words, units]) => (part === "both" ? null : listOf(`${words} (${units.length})`, units))),
  ];
}

/** @param {"first" | "second"} which @param {Chosen} chosen @param {Side[]} sides */
function chooser(which, chosen, sides) {
  const select = el("select", { id: `compare-${which}`, on: { change: () => { pick(which, chosenOf(sides[Number(select.value)])); } } },
    sides.map((side, place) => el("option", { value: String(place), selected: side.group.id === chosen.group && side.extent.id === chosen.extent }, sideName(side))));
  return el("label", { class: "extent" }, el("span", { class: "small" }, which === "first" ? "A" : "B"), select);
}

/** What the choosers stand at before anything is compared. @type {{ first: Chosen, second: Chosen } | null} */
let toCompare = null;

/** @param {"first" | "second"} which @param {Chosen} chosen */
function pick(which, chosen) {
  const pair = state.compared ?? toCompare;
  if (!pair) return;
  toCompare = { ...pair, [which]: chosen };
  if (state.compared) setPair(toCompare);
  else buildCompare();
  byId(`compare-${which}`).focus();
}

/** @param {State["compared"]} pair */
function setPair(pair) {
  Object.assign(state, { compared: pair, tried: null });
  tell("sides");
  const sides = sidesNow();
  byId("announce").textContent = sides ? figuresOfSides(sides).map(([head, ...cells]) => `${head}: ${cells.join("; ")}`).join(". ") : t("compare_ended");
}

export function buildCompare() {
  const sides = allSides();
  byId("compare-section").hidden = sides.length < 2;
  if (sides.length < 2) return;
  byId("compare-title").textContent = t("compare");
  const zone = sides.find(({ group, extent }) => group.extents.length > 1 && extent.default) ?? sides[0];
  const other = sides.find(({ group, extent }) => extent !== zone.extent && group === zone.group) ?? sides[1];
  toCompare ??= { first: chosenOf(zone), second: chosenOf(other) };
  const pair = state.compared ?? toCompare;
  const same = sideOf(pair.first)?.extent === sideOf(pair.second)?.extent;
  const open = [...byId("compare").querySelectorAll("details")].map((details) => details.open);
  fill(byId("compare"),
    chooser("first", pair.first, sides), chooser("second", pair.second, sides),
    same ? el("p", { class: "small" }, t("compare_same")) : null,
    el("button", { type: "button", class: "button small", id: "compare-button", "aria-pressed": String(state.compared !== null), on: { click: () => { setPair(state.compared || same ? null : pair); byId("compare-button").focus(); } } },
      state.compared ? t("compare_end") : t("compare_show")),
    state.compared && !same ? comparison() : null);
  byId("compare").querySelectorAll("details").forEach((details, place) => { details.open = open[place] ?? false; });
}
