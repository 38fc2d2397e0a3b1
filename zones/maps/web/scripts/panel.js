// The side panel: legend, layer switch and summary in one.
import { writeAddress } from "./address.js";
import { buildCards, toggleGroup } from "./cards.js";
import { colourOf, lineSample, markOf } from "./colour.js";
import { data } from "./data.js";
import { buildSegmented, byId, el, fill, say, svg } from "./dom.js";
import { linked } from "./highlight.js";
import { chosenColumn, headingOf } from "./indicators.js";
import { OWN_NAMES, nameNode, nameText, number, t } from "./language.js";
import { buildKnown } from "./evidencekey.js";
import { buildLegend, buildOverlap } from "./legend.js";
import { restyle } from "./paint.js";
import { stage } from "./stage.js";
import { LAYERS, MOST_NETWORKS, extentOf, isTooMany, membersOf, state, tell, viewsOf } from "./state.js";
import { hostOf, isAddress, shorten } from "./text.js";
import { buildTime } from "./time.js";
import { restoreTies } from "./ties.js";

export function buildPanel() {
  buildSegmented("languages", data.languages, state.lang, (lang) => OWN_NAMES[lang], (lang) => { state.lang = lang; tell("all"); });
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#languages button"))) {
    button.lang = button.dataset.value ?? "";
    button.dataset.short = button.lang.toUpperCase();
  }
  buildSegmented("views", viewsOf(), state.view, (view) => t(`view_${view}`), (view) => { state.view = view; tell("all"); say(t("view_now", { name: t(`view_${view}`) })); });
  buildColumnChoice();
  buildTime();
  buildColoured();
  buildSources();
}

/** Which column of the table the map shows. */
function buildColumnChoice() {
  const chosen = chosenColumn();
  const several = state.view === "indicator" && data.indicators.length > 1;
  const select = el("select", { id: "column", on: { change: () => chooseColumn(select.value) } },
    data.indicators.map((column) => el("option", { value: column.id, selected: column === chosen }, nameText(column.names, 90))));
  fill(byId("columns"), several ? el("label", { class: "extent" }, el("span", { class: "small" }, t("column_choice")), select) : null);
}

/** @param {string} id */
function chooseColumn(id) {
  state.column = id;
  tell("all");
  byId("column").focus();
  const column = chosenColumn();
  byId("announce").textContent = column ? headingOf(column) : "";
}

// The parts that show colours of the map.
export function buildColoured() {
  buildCards();
  buildNetworks();
  buildLayers();
  buildKnown();
  buildLegend();
  buildOverlap();
}

/** One network too many stays off, and the panel says why. @param {Group} group @param {HTMLInputElement} box */
function toggleNetwork(group, box) {
  const refused = box.checked && isTooMany(group);
  if (refused) box.checked = false;
  else toggleGroup(group, box.checked);
  byId("networks-full").textContent = refused ? t("networks_full", { n: MOST_NETWORKS }) : "";
}

/** @param {Group} group */
function networkRow(group) {
  const extent = extentOf(group);
  const box = el("input", { type: "checkbox", id: `on-${group.index}`, checked: state.shown.has(group.id), disabled: !extent, style: { "--zone": colourOf(group) }, on: { change: () => toggleNetwork(group, box) } });
  const row = el("li", {},
    el("label", { class: "check", for: box.id }, box, el("span", {}, markOf(group), nameNode(group.short, 120)), extent ? lineSample(group) : null),
    el("span", { class: "theme" }, extent ? t("n_municipalities", { n: extent.units.length }) : t("members_unknown"),
      group.theme ? [" · ", nameNode(group.theme, 120)] : null,
      " ", el("button", { type: "button", class: "link more-button", id: `more-${group.index}`, "data-group": group.index }, t("more"), el("span", { class: "visually-hidden" }, ": ", nameNode(group.short, 60)))));
  return linked(row, () => membersOf(group));
}

function buildNetworks() {
  byId("networks-section").hidden = data.networks.length === 0;
  const unknown = data.networks.filter((group) => !group.extents.length).length;
  const open = byId("networks").querySelector("details")?.open || data.networks.some((group) => state.shown.has(group.id)) || data.zones.length === 0;
  fill(byId("networks"), el("details", { open },
    el("summary", {}, t("n_networks", { n: data.networks.length })),
    unknown ? el("p", { class: "small" }, t("n_unknown", { n: unknown })) : null,
    el("p", { class: "small" }, t("networks_note")),
    el("p", { id: "networks-full", class: "small", role: "status" }, data.networks.filter((group) => group.shown).length > MOST_NETWORKS ? t("networks_full", { n: MOST_NETWORKS }) : ""),
    el("ul", { class: "plain" }, data.networks.map(networkRow))));
}

/** How the lines of a layer look on the map. @param {string} name */
function layerSample(name) {
  const line = (props = {}) => svg("line", { x1: 2, y1: 7, x2: 32, y2: 7, stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", ...props });
  /** @param {number} x */
  const point = (x) => svg("circle", { cx: x, cy: 7, r: 3.2, fill: "var(--card)", stroke: "currentColor", "stroke-width": 2 });
  /** @type {Record<string, () => SVGElement[]>} */
  const parts = {
    spines: () => [line(), point(6), point(28)],
    branches: () => [line({ "stroke-dasharray": "3 4" })],
    centres: () => [svg("circle", { cx: 17, cy: 7, r: 3, fill: "currentColor" })],
    lakes: () => [svg("rect", { x: 4, y: 2, width: 26, height: 10, rx: 4, fill: "var(--lakes)", stroke: "var(--shore)" })],
    borders: () => [line({ opacity: 0.75 })],
    distances: () => [line({ "stroke-dasharray": "1 4.5" })],
    shared: () => [svg("path", { d: "M2 11Q17 1 32 11", fill: "none", stroke: "currentColor", "stroke-width": 2, opacity: 0.6 })],
    ties: () => [line({ "stroke-width": 4 })],
  };
  return svg("svg", { class: "sample", viewBox: "0 0 34 14", "aria-hidden": "true" }, ...parts[name]());
}

/** @param {string} name @param {boolean} on */
function toggleLayer(name, on) {
  if (on) state.layers.add(name);
  else state.layers.delete(name);
  restoreTies();
  if (name === "lakes") {
    restyle();
    buildLegend();
  }
  writeAddress();
  say(on ? t("shown_now", { name: t(`layer_${name}`) }) : t("hidden_now", { name: t(`layer_${name}`) }));
}

/** @param {string} name */
function layerChoice(name) {
  const box = el("input", { type: "checkbox", checked: state.layers.has(name), id: `layer-${name}`, on: { change: () => toggleLayer(name, box.checked) } });
  return el("label", { class: "check" }, box, el("span", {}, t(`layer_${name}`)), layerSample(name));
}

function buildLayers() {
  /** @type {Record<string, boolean>} */
  const there = {
    lakes: stage.backdrop.lakes !== undefined, borders: data.borders.length > 0, ties: data.ties.length > 0,
    shared: data.networks.some((group) => group.extents.length), spines: data.groups.some((group) => group.spine.length),
  };
  const branched = data.groups.some((group) => group.spine.some((point) => point.branch));
  fill(byId("layers"), LAYERS.filter((name) => there[name] ?? true).map((name) => [
    layerChoice(name),
    name === "spines" && branched ? el("p", { class: "check key" }, el("span", {}, t("spine_branch")), layerSample("branches")) : null,
  ]));
}

function buildSources() {
  fill(byId("sources"),
    el("p", { class: "small" }, data.scale ? t("scale_note", { scale: `1:${number(data.scale)}`, boundaries: String(data.years.boundaries) }) : t("own_units")),
    el("ul", { class: "plain small" }, data.attribution.map(({ line, licence, url }) => el("li", {},
      nameNode(line, 300), licence ? ` · ${shorten(licence, 120)}` : "",
      url && isAddress(url) ? [" · ", el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, hostOf(url))] : null))),
    data.sources.length ? el("p", { class: "small of-memberships" }, t("n_sources", { n: data.sources.length })) : null);
}
