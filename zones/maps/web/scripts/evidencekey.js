// The key of the fills, with counts a group, and the choice of the year as in which memberships are known.
import { base, colourOf, tinted } from "./colour.js";
import { data } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { evidenced, hasEvidence, knownYears, withStatus } from "./evidence.js";
import { nameNode, nameText, number, t } from "./language.js";
import { extentOf, shownGroups, state, tell } from "./state.js";

/** @type {Status[]} */
const STATUSES = ["documented", "extent", "former"];

/** How a status looks on the map. @param {string} colour @param {Status} status */
export const statusPatch = (colour, status) => el("span", {
  class: `patch ${status}`, "aria-hidden": "true",
  style: { background: status === "former" ? "none" : tinted(base().unit, colour, data.palette.evidence[status]), "border-color": status === "former" ? colour : null },
});

/** A row a group: how many members are documented, in the extent alone, or former ones. */
export function evidenceKey() {
  const groups = shownGroups().filter((group) => hasEvidence(/** @type {Extent} */ (extentOf(group))));
  if (!groups.length) return null;
  /** @param {Group} group @param {Status} status */
  const cell = (group, status) => {
    const count = withStatus(/** @type {Extent} */ (extentOf(group)), status).length;
    return el("td", {}, count ? [statusPatch(colourOf(group), status), el("span", { class: "count" }, number(count))] : el("span", { class: "count nothing" }, "–"));
  };
  return el("table", { class: "legend evidence-key" },
    el("caption", { class: "visually-hidden" }, t("evidence_key")),
    el("thead", {}, el("tr", {}, el("td", {}), STATUSES.map((status) => el("th", { scope: "col" }, t(`evidence_${status}`))))),
    el("tbody", {}, groups.map((group) => el("tr", {}, el("th", { scope: "row" }, nameNode(group.short, 40)), STATUSES.map((status) => cell(group, status))))));
}

/** @param {Group} group */
const yearsOf = (group) => (group.period ? nameText(group.period) : "");

/** Of which years the memberships are. */
export function membershipYears() {
  const groups = shownGroups().filter(yearsOf);
  const as = state.known === null ? "" : ` · ${t("as_known", { year: String(state.known) })}`;
  if (groups.length === 1) return t("membership_of", { period: yearsOf(groups[0]) }) + as;
  // More names than this are a list, not a line under a title.
  if (!groups.length || groups.length > 4) return as.slice(3);
  return t("memberships_of", { periods: groups.map((group) => `${nameText(group.short, 40)} ${yearsOf(group)}`).join(", ") }) + as;
}

export function buildKnown() {
  const years = knownYears();
  const shown = years.length > 1 && (state.view === "groups" || state.known !== null);
  const select = el("select", { id: "known-year", on: { change: () => chooseKnown(select.value) } },
    years.map((year) => el("option", { value: String(year), selected: year === state.known }, String(year))),
    el("option", { value: "", selected: state.known === null }, t("known_now")));
  fill(byId("known"), shown ? [
    el("label", { class: "extent" }, el("span", { class: "small" }, t("known_in")), select),
    state.known === null ? null : el("p", { class: "small" }, t("known_note", { year: String(state.known) })),
  ] : null);
}

/** @param {string} year */
function chooseKnown(year) {
  state.known = year ? Number(year) : null;
  tell("all");
  byId("known-year").focus();
  byId("announce").textContent = data.zones.filter((group) => state.shown.has(group.id)).map((group) => {
    const extent = extentOf(group);
    return extent && hasEvidence(extent) ? `${nameText(group.short, 60)}: ${t("evidence_for", { known: number(evidenced(extent).length), n: extent.units.length })}` : "";
  }).filter(Boolean).join(". ");
}
