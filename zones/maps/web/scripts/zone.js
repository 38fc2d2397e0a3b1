// What a zone or network says of itself in the sheet.
import { withStatus } from "./evidence.js";
import { lineSample, swatch } from "./colour.js";
import { data } from "./data.js";
import { el } from "./dom.js";
import { linked } from "./highlight.js";
import { nameNode, nameText, number, t, term, unitName } from "./language.js";
import { measureList } from "./measures.js";
import { sourceLink } from "./sources.js";
import { extentOf, state } from "./state.js";
import { shorten } from "./text.js";

/** Other names and the language of each, where it is not the page's. @param {Group} group @returns {Map<string, string | null>} */
function namesOfGroup(group) {
  const own = nameText(group.short);
  const named = [...Object.entries(group.names), ...Object.entries(group.short)].filter(([, name]) => name && name !== own);
  return new Map(named.map(([lang, name]) => [name, lang === "any" || lang === state.lang ? null : lang]));
}

/** What it is, as a line a fact. @param {Group} group */
function groupFacts(group) {
  const others = namesOfGroup(group);
  return el("dl", {},
    others.size ? [el("dt", {}, t("also_called")), el("dd", {}, [...others].map(([name, lang]) => el("div", {}, el("bdi", { lang }, shorten(name, 160)))))] : null,
    group.theme ? [el("dt", {}, t("theme")), el("dd", {}, nameNode(group.theme, 160))] : null,
    group.about.map(({ key, text, source }) => [el("dt", {}, term("fact", key)), el("dd", {}, nameNode(text, 600), source === null ? null : [" · ", sourceLink(source)])]),
    group.published ? [el("dt", {}, t("source_says")), el("dd", {}, t("published", { n: group.published.n }), ` (${nameText(group.published.date)})`,
      group.published.source === null ? null : [" · ", sourceLink(group.published.source)])] : null);
}

/** @param {Group} group @param {Extent | undefined} chosen */
function extentList(group, chosen) {
  return el("ul", { class: "rows" }, group.extents.map((one) => el("li", { class: one === chosen ? "chosen-extent" : null },
    el("div", { class: "of" }, one.names ? nameNode(one.names, 120) : shorten(one.id, 60)),
    el("div", { class: "facts" }, [t("n_municipalities", { n: one.units.length }), one === chosen ? t("extent_shown") : ""].filter(Boolean).join(" · ")),
    one.description ? el("p", { class: "facts" }, nameNode(one.description, 600)) : null,
    one.source === null ? null : el("p", { class: "facts" }, `${t("source")}: `, sourceLink(one.source)))));
}

/** How many members there are by what is known of them, a row each that shows which. @param {Extent} extent */
function evidenceCounts(extent) {
  return el("dl", { class: "measures" }, /** @type {Status[]} */ (["documented", "extent", "former"]).map((status) => {
    const units = withStatus(extent, status);
    return units.length ? linked(el("div", { class: "pair" }, el("dt", {}, t(`status_${status}`)), el("dd", {}, number(units.length))), () => units) : null;
  }));
}

/** Members, those of a region together. @param {Extent} extent */
function memberList(extent) {
  /** @type {Map<number | null, Unit[]>} */
  const byRegion = new Map();
  for (const index of extent.units) {
    const unit = data.units[index];
    byRegion.set(unit.region, [...(byRegion.get(unit.region) ?? []), unit]);
  }
  const names = new Intl.Collator(document.documentElement.lang);
  /** @param {Unit[]} units */
  const country = (units) => units[0].country ?? "";
  const parts = [...byRegion].sort(([a, one], [b, other]) => country(one).localeCompare(country(other)) || (a ?? 999) - (b ?? 999));
  const several = new Set(parts.map(([, units]) => country(units))).size > 1;
  return parts.map(([region, units]) => {
    const head = [several && country(units) ? `${t(`country_${country(units)}`)}${region === null ? "" : ", "}` : "", region === null ? "" : nameNode(data.regions[region])];
    return el("div", { class: "region-members" },
      parts.length > 1 || region !== null ? linked(el("h5", {}, head, el("span", { class: "bounds" }, ` ${number(units.length)}`)), () => units.map((unit) => unit.index)) : null,
      el("ul", { class: "plain names" }, units.sort((a, b) => names.compare(unitName(a), unitName(b))).map((unit) => el("li", {}, unitButton(unit)))));
  });
}

/** A municipality's name that leads to its own sheet. @param {Unit} unit */
export const unitButton = (unit) => linked(el("button", { type: "button", class: "link", "data-unit": unit.index }, el("bdi", {}, shorten(unitName(unit), 60))), () => [unit.index]);

/** @param {Group} group @param {Extent | undefined} extent */
function groupSources(group, extent) {
  const rows = data.memberships.filter((row) => row.group === group.index);
  const found = [...new Set([...(extent?.source == null ? [] : [extent.source]), ...rows.flatMap((row) => row.sources)])];
  return found.length ? [el("h4", {}, t("sources")), el("ul", { class: "plain source-list" }, found.map((index) => el("li", {}, sourceLink(index))))] : null;
}

/** @param {Group} group */
export function groupSheet(group) {
  const extent = extentOf(group);
  const kind = group.kind === "network" ? [swatch(group), term("kind", group.kind)] : [lineSample(group), " ", term("kind", group.kind)];
  const unknown = data.memberships.filter((row) => row.group === group.index && row.unit === null && row.name);
  return {
    title: nameNode(group.short, 120),
    body: el("div", { class: "unit-card group-card" },
      el("p", { class: "facts kind" }, kind),
      groupFacts(group),
      extent ? [
        el("h4", {}, t("key_figures")), extent.measures.length ? measureList(extent) : null,
        data.scale && extent.measures.length ? el("p", { class: "small" }, t("figures_note", { division: String(data.years.division), boundaries: String(data.years.boundaries) })) : null,
        el("h4", {}, t("evidence")), evidenceCounts(extent),
        group.extents.length > 1 || extent.description ? [el("h4", {}, t("extents")), extentList(group, extent)] : null,
        el("h4", {}, t("members")), memberList(extent),
      ] : el("p", { class: "none" }, t("members_unknown")),
      unknown.length ? el("p", { class: "small" }, `${t("not_drawn")}: `, el("bdi", {}, shorten([...new Set(unknown.map((row) => row.name))].join(", "), 600))) : null,
      groupSources(group, extent)),
  };
}
