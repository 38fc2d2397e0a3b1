// A card a zone: its figures with bounds and years, its extents, the evidence.
import { copyText } from "./clipboard.js";
import { colourOf, lineSample } from "./colour.js";
import { data } from "./data.js";
import { byId, el, fill, icon, say } from "./dom.js";
import { linked } from "./highlight.js";
import { evidenced, hasEvidence } from "./evidence.js";
import { peopleIn, sumsOf } from "./series.js";
import { endOf, nameNode, nameText, number, percent, range, t } from "./language.js";
import { bounds } from "./measures.js";
import { lineOfPeople } from "./peopleline.js";
import { fitGroup } from "./sight.js";
import { sourceLink } from "./sources.js";
import { extentOf, membersOf, state, tell } from "./state.js";
import { shorten } from "./text.js";
import { joined } from "./unit.js";

const COPY_ICON = "M7 7V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-3M4 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z";
const COPIED_ICON = "M4 10.5l4 4 8-9";
const ZOOM_ICON = "M8 3H4a1 1 0 0 0-1 1v4M12 3h4a1 1 0 0 1 1 1v4M17 12v4a1 1 0 0 1-1 1h-4M8 17H4a1 1 0 0 1-1-1v-4";

/** A figure that has a value. @param {Extent} extent @param {string} name @param {string | null} key @returns {KnownFigure | undefined} */
const figure = (extent, name, key = null) =>
  /** @type {KnownFigure | undefined} */ (extent.measures.find((row) => row.name === name && row.key === key && row.value !== null));

export function buildCards() {
  byId("zones-section").hidden = data.zones.length === 0;
  fill(byId("zone-cards"), data.zones.map(cardOf), data.zones.length ? null : el("p", { class: "none" }, t("no_zones")));
}

/** @param {Group} group @param {boolean} on */
export function toggleGroup(group, on) {
  if (on) state.shown.add(group.id);
  else state.shown.delete(group.id);
  byId(`card-${group.index}`)?.classList.toggle("off", !on);
  tell("groups");
  say(on ? t("shown_now", { name: nameText(group.short) }) : t("hidden_now", { name: nameText(group.short) }));
}

/** @param {Group} group */
function cardOf(group) {
  const extent = extentOf(group);
  const on = state.shown.has(group.id);
  const box = el("input", { type: "checkbox", checked: on, id: `on-${group.index}`, on: { change: () => toggleGroup(group, box.checked) } });
  const zoom = t("zoom_to", { name: nameText(group.short, 60) });
  const card = el("article", { class: `card zone${on ? "" : " off"}`, id: `card-${group.index}`, style: { "--zone": colourOf(group) } },
    el("div", { class: "card-head" },
      el("h3", {}, el("label", { class: "check", for: box.id }, box, el("span", { class: "card-name" }, nameNode(group.short, 120)))), lineSample(group),
      extent && figure(extent, "population") ? copyButton(group, extent) : null,
      extent ? el("button", { type: "button", class: "icon", "aria-label": zoom, title: zoom, on: { click: () => fitGroup(group) } }, icon(ZOOM_ICON)) : null),
    extent ? cardBody(group, extent) : el("p", { class: "small" }, t("members_unknown")));
  return linked(card, () => membersOf(group));
}

/** The year that the headline is of: the one chosen, else the newest with figures for all. @param {Extent} extent */
export const yearOf = (extent) => state.year ?? figure(extent, "population")?.year ?? null;

/** People of an extent, and why they are no one number: where few members have evidence, from those of the members that have it to all; where some have no figure, between the years around. @param {Extent} extent @returns {{ text: string, why: string, sure?: number }} */
function headline(extent) {
  const [people, sure] = ["population", "population_with_evidence"].map((name) => figure(extent, name));
  const known = evidenced(extent);
  const thin = hasEvidence(extent) && known.length < data.thin_evidence * extent.units.length;
  const year = yearOf(extent);
  const measured = state.year === null && people ? { low: people.value, high: people.value, missing: 0 } : null;
  const whole = measured ?? (year === null ? null : peopleIn(extent.units, year));
  if (!whole || whole.low === null || whole.high === null) return { text: "–", why: whole ? t("people_missing", { n: whole.missing, all: number(extent.units.length), year: String(year) }) : "" };
  const least = !thin ? whole : state.known === null && measured && sure ? { low: sure.value } : peopleIn(known, Number(year));
  const why = whole.missing ? t("people_between", { n: whole.missing, year: String(year) }) : "";
  const low = least.low ?? 0;
  return { text: low === whole.high ? number(low) : range(low, whole.high, 0), why, sure: thin ? low / whole.high : 1 };
}

/** @param {Extent} extent */
export const peopleOf = (extent) => headline(extent).text;

/** @param {number | null} year */
export const peopleWords = (year) => (year ? t("people_short", { date: endOf(year) }) : t("people"));

/** The headline as a line for a memo: of which extent, how much, when, from whom. @param {Group} group @param {Extent} extent */
export function sentenceOf(group, extent) {
  const known = evidenced(extent).length;
  const countries = new Set(extent.units.map((index) => data.units[index].country));
  const credit = [...countries].sort().map((code) => t(`people_of_${code}`)).join(", ");
  const of = [extent.names ? nameText(extent.names, 200) : "", t("n_municipalities", { n: extent.units.length })].filter(Boolean).join(", ");
  return [
    `${nameText(group.short, 200)} (${of}): ${peopleOf(extent)} ${peopleWords(yearOf(extent))}.`,
    hasEvidence(extent) && known < extent.units.length ? `${t("evidence_for", { known: number(known), n: extent.units.length })}.` : "",
    credit ? `${t("source")}: ${credit}.` : "",
  ].filter(Boolean).join(" ");
}

/** @param {Group} group @param {Extent} extent */
function copyButton(group, extent) {
  const label = t("copy_sentence", { name: nameText(group.short, 60) });
  const button = el("button", { type: "button", class: "icon", "aria-label": label, title: label, on: { click: copySentence } }, icon(COPY_ICON));
  async function copySentence() {
    const text = sentenceOf(group, extent);
    const copied = await copyText(text, document.body);
    byId("announce").textContent = copied ? t("sentence_copied", { text }) : text;
    if (!copied) return;
    button.replaceChildren(icon(COPIED_ICON));
    setTimeout(() => button.replaceChildren(icon(COPY_ICON)), 1600);
  }
  return button;
}

/** @param {Group} group @param {Extent} extent @returns {Child[]} */
function cardBody(group, extent) {
  const [area, share, known] = ["area", "population_share", "members_with_evidence"].map((name) => figure(extent, name));
  const { text, why, sure = 1 } = headline(extent);
  const isNewest = state.year === null;
  const countries = /** @type {KnownFigure[]} */ (extent.measures.filter((row) => row.name === "members" && row.key && row.value));
  const several = countries.length > 1;
  const areaBounds = area && bounds(area);
  return [
    el("p", { class: "headline" },
      el("span", { class: "big" }, text),
      el("span", { class: "unit-word" }, peopleWords(yearOf(extent)))),
    why ? el("p", { class: "small" }, why) : null,
    lineOfPeople(nameText(group.short, 60), sumsOf(extent.units), yearOf(extent)),
    el("p", { class: "figures" },
      el("span", {}, t("n_municipalities", { n: extent.units.length }), several ? ` (${countries.map((row) => `${row.key} ${number(row.value)}`).join(", ")})` : ""),
      share && isNewest ? el("span", {}, shareOf(share, several, share.year === yearOf(extent) ? sure : 1)) : null),
    area ? el("p", { class: "figures" }, el("span", {}, number(area.value), areaBounds ? el("span", { class: "bounds", title: t("bounds") }, ` (${areaBounds})`) : null, " km²",
      el("span", { class: "bounds" }, `, ${data.scale ? t("boundaries_of", { year: String(data.years.boundaries) }) : t("own_boundaries")}`))) : null,
    several && isNewest ? el("p", { class: "figures" }, el("span", {}, `${t("newest")}: `, joined(countries, (row) => countryPart(figure(extent, "population", row.key))))) : null,
    extentChooser(group, extent),
    known ? evidenceBar(evidenced(extent).length, extent.units.length) : null,
    group.published ? el("p", { class: "small" }, t("published", { n: group.published.n }), ` (${nameText(group.published.date)}) `,
      group.published.source === null ? null : sourceLink(group.published.source)) : null,
    moreButton(group),
  ];
}

/** A share of a country stands with the part of the zone that is in it; what is sure of the people is sure of their share. @param {KnownFigure} row @param {boolean} several @param {number} sure */
function shareOf(row, several, sure) {
  const least = sure < 1 && !several ? `${number(row.value * sure, 1)}–` : "";
  const said = { share: least + percent(row.value), year: String(row.year) };
  return several ? t("share_of_part", said) : t("share_of_people", said);
}

/** @param {KnownFigure | undefined} people */
const countryPart = (people) => (people
  ? el("span", { class: "keep" }, `${t(`country_${people.key}`)} ${number(people.value)}`, el("span", { class: "bounds" }, ` (${people.year})`)) : null);

/** @param {number} known @param {number} all */
const evidenceBar = (known, all) => el("p", { class: "evidence" },
  el("span", { class: "meter", "aria-hidden": "true" }, el("span", { style: { width: `${all ? (100 * known) / all : 0}%` } })),
  t("evidence_for", { known: number(known), n: all }));

/** @param {Group} group @param {Extent} extent */
function extentChooser(group, extent) {
  const several = group.extents.length > 1;
  // An extent without a name has its id.
  /** @param {Extent} one */
  const label = (one) => `${one.names ? nameText(one.names, 90) : shorten(one.id, 48)} (${number(one.units.length)})`;
  const select = el("select", { id: `extent-${group.index}`, on: { change: () => chooseExtent(group, select.value) } },
    group.extents.map((one) => el("option", { value: one.id, selected: one === extent }, label(one))));
  return [
    several ? el("label", { class: "extent" }, el("span", { class: "small" }, t("extent")), select, el("span", { class: "on-paper small" }, ` ${label(extent)}`)) : null,
    extent.description ? el("p", { class: "small description" }, several ? null : `${t("extent")}: `, nameNode(extent.description, 260)) : null,
  ];
}

/** @param {Group} group @param {string} id */
function chooseExtent(group, id) {
  state.extents.set(group.id, id);
  const card = byId(`card-${group.index}`);
  card.replaceWith(cardOf(group));
  byId(`extent-${group.index}`)?.focus();
  tell("extent");
  byId("announce").textContent = `${nameText(group.short)}: ${t("n_municipalities", { n: membersOf(group).length })}`;
}

/** The way to all that is known of a zone. @param {Group} group */
const moreButton = (group) => el("button", { type: "button", class: "link more-button", id: `more-${group.index}`, "data-group": group.index },
  t("more_figures"), el("span", { class: "visually-hidden" }, `: ${nameText(group.short, 60)}`));
