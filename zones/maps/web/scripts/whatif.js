// What would be if members joined or left: clicked in and out on the map, figures at once.
import { dismiss } from "./chosen.js";
import { copyText } from "./clipboard.js";
import { figureTable, figuresOfSides, inPart, namesOfUnits } from "./compare.js";
import { data } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { nameText, t, unitName } from "./language.js";
import { partsOf, sidesNow } from "./members.js";
import { partsKey } from "./overlay.js";
import { extentOf, pointing, state, tell } from "./state.js";

/** @param {string} text */
const shell = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The same trial for the library, which computes every figure. @param {{ group: Group, extent: Extent }} side @param {string[]} added @param {string[]} removed */
export function commandsOf({ group, extent }, added, removed) {
  const year = data.years.division;
  const known = group.text_lang !== null;
  /** @param {string} name @param {string[]} ids */
  const list = (name, ids) => (ids.length ? `, ${name}=${JSON.stringify(ids).replaceAll(",", ", ")}` : "");
  const area = known ? `zones.area(${JSON.stringify(group.id)}, extent=${JSON.stringify(extent.id)}, year=${year})` : "zone";
  const options = [...added.map((id) => ` --add ${id}`), ...removed.map((id) => ` --remove ${id}`)].join("");
  return [
    ...(known ? [`zones what-if ${shell(group.id)} --extent ${shell(extent.id)} --year ${year}${options}`] : []),
    `zones.what_if(${area}${list("add", added)}${list("remove", removed)})`,
  ];
}

/** @param {State["tried"]} trial */
function setTrial(trial) {
  if (trial) dismiss();
  Object.assign(state, { tried: trial, compared: null });
  tell("sides");
}

/** @param {number} index */
function toggle(index) {
  const { tried } = state;
  if (!tried) return;
  const changed = new Set(tried.changed);
  if (!changed.delete(index)) changed.add(index);
  setTrial({ ...tried, changed });
  const sides = sidesNow();
  if (!sides) return;
  const figures = figuresOfSides(sides).map(([head, , after]) => `${head}: ${after}`).join(". ");
  const name = unitName(data.units[index]);
  byId("announce").textContent = `${sides.second.members.has(index) ? t("is_in", { name }) : t("is_out", { name })} ${figures}.`;
}

/** While members are tried, to choose a municipality is to click it in or out. */
export function heedTrial() {
  pointing.take = state.tried ? toggle : null;
  document.documentElement.classList.toggle("trying", state.tried !== null);
}

/** @param {string} words @param {number[]} units */
const changes = (words, units) => (units.length ? el("div", { class: "changes" }, el("p", { class: "legend-title" }, words),
  el("ul", { class: "plain" }, namesOfUnits(units).map(({ index, name }) => el("li", {}, el("button", { type: "button", class: "button small", "data-undo": String(index), "aria-label": t("undo_change", { name }), title: t("undo_change", { name }), on: { click: () => { toggle(index); byId("try-button").focus(); } } }, el("bdi", {}, name), el("span", { "aria-hidden": "true" }, "×")))))) : null);

/** @param {string} command */
function commandRow(command) {
  const copy = async () => { byId("announce").textContent = (await copyText(command, document.body)) ? t("command_copied") : command; };
  return el("div", { class: "command" }, el("code", { tabindex: "0", lang: "en" }, command), el("button", { type: "button", class: "button small", "aria-label": t("copy_command"), on: { click: copy } }, t("copy")));
}

/** @returns {Child[]} */
function trial() {
  const sides = sidesNow();
  if (!sides?.isTrial) return [];
  const { first, second } = sides;
  const parts = partsOf(first.members, second.members);
  const [removed, kept, added] = /** @type {Part[]} */ (["first", "both", "second"]).map((part) => inPart(parts, part));
  /** @param {number[]} units */
  const ids = (units) => units.map((index) => data.units[index].id).sort();
  return [
    el("p", { class: "warning" }, t("not_documented")),
    el("p", { class: "small" }, t("try_help")),
    el("div", { class: "picture-key" }, el("p", { class: "picture-heading only-picture" }, `${t("what_if")} ${nameText(first.group.short, 90)}. ${t("not_documented")}`),
      partsKey([["first", t("taken_out"), removed], ["both", t("unchanged"), kept], ["second", t("added"), added]]),
      figureTable(figuresOfSides(sides), [t("before"), t("after"), t("difference")])),
    changes(t("added"), added), changes(t("taken_out"), removed),
    el("p", { class: "small" }, t("try_library")),
    added.length || removed.length ? commandsOf(first, ids(added), ids(removed)).map(commandRow) : null,
  ];
}

export function buildTrial() {
  const groups = data.groups.filter((group) => group.extents.length);
  byId("try-section").hidden = !groups.length;
  if (!groups.length) return;
  byId("try-title").textContent = t("what_if");
  const at = groups.find((group) => group.id === state.tried?.group);
  const select = el("select", { id: "try-group", disabled: at !== undefined }, groups.map((group) => el("option", { value: group.id, selected: group === at }, nameText(group.short, 90))));
  const start = () => {
    const group = groups.find((one) => one.id === select.value);
    const extent = group && extentOf(group);
    setTrial(state.tried || !extent ? null : { group: group.id, extent: extent.id, changed: new Set() });
    byId("try-button").focus();
    byId("announce").textContent = state.tried ? t("try_help") : t("try_ended");
  };
  fill(byId("try"),
    el("label", { class: "extent" }, el("span", { class: "small" }, t("try_group")), select),
    el("button", { type: "button", class: "button small", id: "try-button", "aria-pressed": String(at !== undefined), on: { click: start } }, at ? t("try_end") : t("try_start")),
    trial());
}
