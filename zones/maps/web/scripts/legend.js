// What the colours mean, and how many people live where.
import { countClasses } from "./classes.js";
import { base, colourOf, rampOf, stripesCss } from "./colour.js";
import { data } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { nameNode, number, percent, t } from "./language.js";
import { stage } from "./stage.js";
import { groupsByUnit, shownGroups, state } from "./state.js";
import { sum } from "./text.js";
import { joined } from "./unit.js";

/** @param {string} background @param {Child} words @param {...Child} count */
const patch = (background, words, ...count) => el("li", {}, el("span", { class: "patch", style: { background } }), el("span", {}, words), ...count);

/** @param {number} count */
const countOf = (count) => el("span", { class: "count" }, number(count));

export function buildLegend() {
  const { view } = state;
  if (view === "groups") {
    const striped = groupsByUnit().some((groups) => groups.length > 1);
    fill(byId("legend"), el("ul", { class: "legend plain chips" },
      shownGroups().map((group) => el("li", {}, el("span", { class: "patch", style: { background: colourOf(group) } }), nameNode(group.short, 60))),
      patch(base().unit, t("in_no_group"))),
    striped ? el("p", { class: "small" }, stage.canvas ? t("view_groups_canvas") : t("view_groups_note")) : null);
    return;
  }
  const { limits } = data.palette.views[view];
  const { counts, unknown } = countClasses(data.units.map((unit) => unit[view]), limits);
  const signed = view === "change";
  const written = limits.map((limit) => number(limit, 0, signed));
  const between = signed ? " – " : "–";
  const words = [t("under", { value: written[0] }), ...written.slice(1).map((limit, place) => written[place] + between + limit), t("at_least", { value: written[written.length - 1] })];
  fill(byId("legend"),
    el("p", { class: "legend-title" }, t(view === "density" && !data.scale ? "legend_density_own" : `legend_${view}`)),
    el("ul", { class: "legend plain two" },
      counts.map((count, rank) => patch(rampOf(view)[rank], words[rank], countOf(count))),
      unknown ? patch(base().unit, t("no_figure"), countOf(unknown)) : null),
    el("p", { class: "small" }, t("legend_note")));
}

/** The mixes of groups that municipalities are in, with how many they are and who lives there. */
function mixes() {
  /** @type {Map<string, { groups: Group[], units: number, people: number }>} */
  const found = new Map();
  groupsByUnit().forEach((groups, index) => {
    if (!groups.length) return;
    const key = groups.map((group) => group.index).join("-");
    const mix = found.get(key) ?? { groups, units: 0, people: 0 };
    mix.units += 1;
    mix.people += data.units[index].people ?? 0;
    found.set(key, mix);
  });
  return [...found.values()].sort((a, b) => a.groups[0].index - b.groups[0].index || a.groups.length - b.groups.length);
}

// Who lives where: only in A, in A and B, only in B.
export function buildOverlap() {
  byId("overlap-section").hidden = data.groups.length === 0;
  const shown = shownGroups();
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
      el("ul", { class: "legend plain" }, most.map((part) => patch(stripesCss(part.groups), words(part),
        el("span", { class: "count", title: t("n_municipalities", { n: part.units }) }, number(part.people), el("span", { class: "bounds" }, ` ${percent(total ? (100 * part.people) / total : 0)}`))))),
      parts.length > most.length ? el("p", { class: "small" }, t("and_more", { n: parts.length - most.length })) : null,
      el("p", { class: "small" }, several.length ? t("overlap_note", { n: sum(several, (part) => part.units) }) : shown.length > 1 ? t("no_overlap") : "", " ", t("newest_people")),
    ]);
}
