// What the colours mean, and how many people live where.
import { circleColour, circled, mostRadius } from "./circles.js";
import { classOf, countClasses, radiusOf, sizeSteps } from "./classes.js";
import { base, colourOf, gapPattern, rampNamed, rampOf, stripesCss, wavePattern } from "./colour.js";
import { data } from "./data.js";
import { byId, el, fill, svg } from "./dom.js";
import { evidenceKey } from "./evidencekey.js";
import { hasEvidence } from "./evidence.js";
import { lighting } from "./highlight.js";
import { chosenColumn, headingOf, plainFigure } from "./indicators.js";
import { endOf, nameNode, number, percent, t } from "./language.js";
import { figureOf, inClasses } from "./paint.js";
import { changePeriods, lacking, span } from "./periods.js";
import { stage } from "./stage.js";
import { extentOf, groupsByUnit, holds, membersOf, shownGroups, state } from "./state.js";
import { shorten, sum } from "./text.js";
import { joined } from "./unit.js";

/** @param {string} background @param {Child} words @param {...Child} count */
const patch = (background, words, ...count) => el("li", {}, el("span", { class: "patch", style: { background } }), el("span", {}, words), ...count);

/** Numbers of the municipalities that something holds for. @param {(unit: Unit) => boolean} test */
const unitsWhere = (test) => data.units.filter(test).map((unit) => unit.index);

/** A class of a legend, which lights its municipalities. @param {HTMLElement} row @param {(unit: Unit) => number | null} figure @param {number[]} limits @param {number | null} rank */
const ofClass = (row, figure, limits, rank) => lighting(row, () => unitsWhere((unit) => classOf(figure(unit), limits) === rank));

/** @param {number} count */
const countOf = (count) => el("span", { class: "count" }, number(count));

export function buildLegend() {
  const { view } = state;
  if (view === "groups") {
    const striped = groupsByUnit().some((groups) => groups.length > 1);
    const plain = shownGroups().filter((group) => !hasEvidence(/** @type {Extent} */ (extentOf(group))));
    fill(byId("legend"), evidenceKey(), el("ul", { class: "legend plain chips" },
      plain.map((group) => lighting(patch(colourOf(group), nameNode(group.short, 60)), () => membersOf(group))),
      lighting(patch(base().unit, t("in_no_group")), () => unitsWhere((unit) => !shownGroups().some((group) => holds(group, unit))))),
    striped ? el("p", { class: "small" }, stage.canvas ? t("view_groups_canvas") : t("view_groups_note")) : null);
    return;
  }
  const column = chosenColumn();
  const figures = view === "indicator" ? column && indicatorLegend(column) : view === "people" ? peopleLegend() : classLegend(view);
  fill(byId("legend"), figures, lakesKey());
}

/** The pattern of what has no figure, with how many municipalities that is. @param {number} count */
const noFigure = (count) => (count ? el("ul", { class: "legend plain gaps" }, el("li", {},
  svg("svg", { class: "patch", "aria-hidden": "true" }, svg("rect", { width: "100%", height: "100%", fill: stage.canvas ? base().unit : gapPattern("missing") })),
  el("span", {}, t("no_figure")), countOf(count))) : null);

const lakesKey = () => (inClasses() && stage.backdrop.lakes && state.layers.has("lakes") && !stage.canvas ? el("ul", { class: "legend plain gaps of-lakes" }, el("li", {},
  svg("svg", { class: "patch", "aria-hidden": "true" }, svg("rect", { width: "100%", height: "100%", fill: wavePattern() })),
  el("span", {}, t("layer_lakes")))) : null);

/** Of when the figures are. */
const whenNote = () => t(state.year === null && data.people_years.length ? "legend_note" : "legend_column_note");

/** @returns {Child[]} */
function peopleLegend() {
  const shown = circled();
  const when = state.year === null ? "" : `, ${endOf(state.year)}`;
  const unknown = data.units.filter((unit) => unit.people === null).length;
  return [
    el("p", { class: "legend-title" }, t("legend_people"), when),
    shown ? circleKey(shown) : null, noFigure(unknown),
    el("p", { class: "small" }, t("circles_are"), " ", lacking((unit) => unit.people), " ", state.year === null && data.people_years.length ? t("newest_note") : ""),
  ];
}

/** Decline and growth stand apart, with the zero at which the colour turns between them. @param {Choropleth} view @returns {Child[]} */
function classLegend(view) {
  const { limits } = data.palette.views[view];
  const { counts, unknown } = countClasses(data.units.map((unit) => figureOf(unit, view)), limits);
  const signed = view === "change";
  const words = classWords(limits.map((limit) => number(limit, signed && limit ? 1 : 0, signed)));
  const rows = counts.map((count, rank) => ofClass(patch(rampOf(view)[rank], words[rank], countOf(count)), (unit) => figureOf(unit, view), limits, rank));
  const zero = limits.indexOf(0) + 1;
  const periods = signed ? changePeriods() : "";
  return [
    el("p", { class: "legend-title" }, t(view === "density" && !data.scale ? "legend_density_own" : `legend_${view}`), state.year === null || signed ? "" : `, ${endOf(state.year)}`),
    signed ? el("div", { class: "turning" },
      [[t("declines"), rows.slice(0, zero)], [t("grows"), rows.slice(zero)]].map(([head, part]) => el("div", {}, el("p", { class: "side" }, head), el("ul", { class: "legend plain two" }, part))),
      el("span", { class: "zero", "aria-hidden": "true" }, "0"))
      : el("ul", { class: "legend plain two" }, rows),
    noFigure(unknown),
    el("p", { class: "small" }, [periods ? `${t("periods", { periods })}` : "", lacking((unit) => figureOf(unit, view)),
      signed ? t("turns_at", { value: "0" }) : "", t("class_limits"), signed ? t("legend_column_note") : whenNote()].filter(Boolean).join(" ")),
  ];
}

/** What each class holds, from its limits as written. @param {string[]} written */
function classWords(written) {
  // A dash close to a minus could be taken for one.
  const between = written.some((limit) => /^[+−]/.test(limit)) ? " – " : "–";
  return [t("under", { value: written[0] }), ...written.slice(1).map((limit, place) => written[place] + between + limit), t("at_least", { value: written[written.length - 1] })];
}

/** @param {Indicator} column @returns {Child[]} */
function indicatorLegend(column) {
  const gaps = [...column.gaps.values()];
  /** @param {Gap["why"]} why */
  const gapRow = (why) => {
    const count = gaps.filter((gap) => gap.why === why).length;
    const sample = svg("svg", { class: "patch", "aria-hidden": "true" }, svg("rect", { width: "100%", height: "100%", fill: gapPattern(why) }));
    return count ? lighting(el("li", {}, sample, el("span", {}, t(`gap_${why}`)), countOf(count)), () => unitsWhere((unit) => column.gaps.get(unit.index)?.why === why)) : null;
  };
  return [
    el("p", { class: "legend-title" }, el("bdi", {}, headingOf(column))),
    column.circles ? circleKey(column) : classKey(column),
    el("ul", { class: "legend plain gaps" }, /** @type {Gap["why"][]} */ (["bounds", "suppressed", "missing"]).map(gapRow)),
    column.counted && !column.circles ? el("p", { class: "small" }, t("counts_filled")) : null,
    el("p", { class: "small" }, column.limits.length > 1 ? `${t("class_limits")} ` : "", t(column.circles ? "legend_circles_note" : "legend_column_note"),
      column.source ? [" ", t("source"), ": ", el("bdi", {}, shorten(column.source, 200)), "."] : null),
  ];
}

/** @param {Indicator} column @returns {Child} */
function classKey(column) {
  const { limits, middle, values } = column;
  const { counts, unknown } = countClasses(values, limits);
  if (unknown === values.length) return null;
  const written = limits.map((limit) => plainFigure(column, limit, column.limit_digits));
  const words = limits.length ? classWords(written) : [plainFigure(column, values.find((value) => value !== null) ?? 0)];
  const ramp = rampNamed(column.ramp);
  return [
    el("ul", { class: "legend plain two" }, counts.map((count, rank) => ofClass(patch(ramp[column.shades[rank]], words[rank], countOf(count)), (unit) => values[unit.index], limits, rank))),
    middle === null ? null : el("p", { class: "small" }, t("turns_at", { value: plainFigure(column, middle, Number.isInteger(middle) ? 0 : column.limit_digits) })),
  ];
}

/** Three circles one in the other, as large as on the map. @param {Circled} column @returns {Child} */
function circleKey(column) {
  const steps = sizeSteps(column.most, column.digits);
  const largest = mostRadius();
  const zeros = column.values.filter((value) => value === 0).length;
  const negative = column.values.some((value) => (value ?? 0) < 0);
  const foot = 2 * largest + 8;
  let free = foot;
  const rings = [...steps].reverse().flatMap((step) => {
    const radius = radiusOf(step, column.most, largest);
    const top = foot - 2 * radius - 1;
    free = Math.min(top, free - 14);
    const text = svg("text", { x: 2 * largest + 30, y: free + 4 });
    text.textContent = number(step, Number.isInteger(step) ? 0 : column.digits);
    return [svg("circle", { cx: largest + 2, cy: foot - radius - 1, r: radius, fill: circleColour(false), "fill-opacity": 0.28, stroke: circleColour(false) }),
      svg("line", { x1: largest + 2, x2: 2 * largest + 26, y1: top, y2: free, stroke: "currentColor", "stroke-dasharray": "1.5 2.5" }), text];
  }).reverse();
  return [
    el("div", { class: "circle-key" }, svg("svg", { width: 2 * largest + 130, height: foot + 2 }, ...rings)),
    negative ? el("ul", { class: "legend plain gaps" }, patch(circleColour(false), t("above_zero"), countOf(column.values.filter((value) => (value ?? 0) > 0).length)),
      patch(circleColour(true), t("below_zero"), countOf(column.values.filter((value) => (value ?? 0) < 0).length))) : null,
    zeros ? el("ul", { class: "legend plain gaps" }, patch(base().unit, number(0), countOf(zeros))) : null,
  ];
}

/** The mixes of groups that municipalities are in, with how many they are and who lives there. */
function mixes() {
  /** @type {Map<string, { groups: Group[], units: number, people: number, members: number[], years: number[] }>} */
  const found = new Map();
  groupsByUnit().forEach((groups, index) => {
    if (!groups.length) return;
    const key = groups.map((group) => group.index).join("-");
    const mix = found.get(key) ?? { groups, units: 0, people: 0, members: [], years: [] };
    mix.units += 1;
    mix.members.push(index);
    mix.people += data.units[index].people ?? 0;
    const year = data.units[index].people_year;
    if (year) mix.years.push(year);
    found.set(key, mix);
  });
  return [...found.values()].sort((a, b) => a.groups[0].index - b.groups[0].index || a.groups.length - b.groups.length);
}

// Who lives where: only in A, in A and B, only in B.
export function buildOverlap() {
  const shown = shownGroups();
  byId("overlap-section").hidden = data.groups.length === 0 || (data.zones.length < 2 && shown.length === data.zones.length);
  const parts = mixes();
  const total = sum(parts, (part) => part.people);
  const several = parts.filter((part) => part.groups.length > 1);
  /** @param {{ groups: Group[] }} part */
  const words = ({ groups }) => [
    groups.length === 1 && several.some((other) => other.groups.includes(groups[0])) ? `${t("only")} ` : "",
    joined(groups, (group) => nameNode(group.short, 40), " + ")];
  const most = parts.length > 14 ? [...parts].sort((a, b) => b.people - a.people).slice(0, 14) : parts;
  fill(byId("overlap"),
    data.zones_apart ? el("p", { class: "apart" }, t("zones_apart", { n: data.zones.length })) : null,
    shown.length === 0 ? el("p", { class: "small" }, t("nothing_shown")) : [
      el("div", { class: "bar", "aria-hidden": "true" }, parts.map((part) => el("span", { style: { "flex-grow": String(Math.max(part.people, total * 0.004)), background: stripesCss(part.groups) } }))),
      el("ul", { class: "legend plain" }, most.map((part) => lighting(patch(stripesCss(part.groups), words(part),
        el("span", { class: "count", title: t("n_municipalities", { n: part.units }) }, number(part.people), el("span", { class: "bounds" }, `${part.years.length ? ` (${span(part.years)})` : ""} ${percent(total ? (100 * part.people) / total : 0)}`))), () => part.members))),
      parts.length > most.length ? el("p", { class: "small" }, t("and_more", { n: parts.length - most.length })) : null,
      el("p", { class: "small" }, several.length ? t("overlap_note", { n: sum(several, (part) => part.units) }) : shown.length > 1 ? t("no_overlap") : "", " ", t("newest_people")),
    ]);
}
