// The same as a table: municipalities and the evidence, to sort, copy and save.
import { choose } from "./chosen.js";
import { copyTable } from "./clipboard.js";
import { TABS, filtered, headText, regionsOf, rolesOf, rowsOfTab, sorted } from "./columns.js";
import { buildSegmented, byId, el, fill } from "./dom.js";
import { sourceLines, tabbed, tableMarkup } from "./figures.js";
import { number, t } from "./language.js";
import { LOCALES } from "./numbers.js";
import { saveFile } from "./saving.js";
import { sourceLink } from "./sources.js";
import { state } from "./state.js";
import { cellsOf, tableText } from "./tables.js";
import { shorten } from "./text.js";

// More rows than this would make the page slow; a copy or a CSV has them all.
const MOST_ROWS = 1500;
/** Columns that tables stand in the order of at first: names in the reader's language, groups as in the panel. */
const FIRST = /** @type {Record<TabName, string>} */ ({ units: "name", members: "", links: "" });
const table = { tab: /** @type {TabName} */ ("units"), sort: FIRST.units, down: false, onlyShown: false, filter: { text: "", region: "", role: "" } };

function tableRows() {
  const columns = TABS[table.tab].columns();
  const rows = filtered(rowsOfTab(table.tab, table.onlyShown), table.tab, table.filter);
  const by = columns.find((column) => column.key === table.sort);
  return { columns, rows: by ? sorted(rows, by, table.down, LOCALES[state.lang]) : rows };
}

/** @param {Column<any>} column */
function sortBy(column) {
  table.down = table.sort === column.key ? !table.down : Boolean(column.number && !column.plain);
  table.sort = column.key;
  drawTable();
  /** @type {HTMLElement | null} */ (byId("table-scroll").querySelector(`[data-key="${column.key}"]`))?.focus();
}

/** @param {Column<any>} column */
const headCell = (column) => el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": table.sort === column.key ? (table.down ? "descending" : "ascending") : null },
  el("button", { type: "button", "data-key": column.key, on: { click: () => sortBy(column) } }, headText(column)));

/** @param {Column<any>} column @param {any} row */
function cell(column, row) {
  if (column.number) {
    const value = column.number(row);
    return el("td", { class: "number" }, value === null ? column.word?.(row) ?? "" : column.plain ? String(value) : number(value, column.digits));
  }
  if (column.action) {
    const index = table.tab === "units" ? row.index : row.unit;
    const name = el("bdi", {}, shorten(column.text(row), 200));
    if (index === null) return el("th", { scope: "row" }, name);
    const show = () => { /** @type {HTMLDialogElement} */ (byId("table")).close(); choose(index, { pan: true, speak: true }); };
    return el("th", { scope: "row" }, el("button", { type: "button", class: "link", title: t("show_on_map"), on: { click: show } }, name));
  }
  if (column.link) return el("td", { class: "links" }, row.sources.map((/** @type {number} */ index) => el("div", {}, sourceLink(index))));
  return el("td", {}, el("bdi", {}, shorten(column.text(row), 300)));
}

export function drawTable() {
  const { columns, rows } = tableRows();
  const body = rows.slice(0, MOST_ROWS).map((row) => el("tr", {}, columns.map((column) => cell(column, row))));
  fill(byId("table-scroll"), el("table", {}, el("caption", { class: "visually-hidden" }, t(`table_${table.tab}`)),
    el("thead", {}, el("tr", {}, columns.map(headCell))), el("tbody", {}, body)));
  const links = table.tab === "links";
  /** @type {HTMLElement} */ (byId("table-shown").parentElement).hidden = links;
  byId("table-note").textContent = (links && !rows.length ? t("no_links") : t(`table_${table.tab}_note`, { n: rows.length }))
    + (rows.length > MOST_ROWS ? ` ${t("rows_cut", { n: MOST_ROWS })}` : "");
  buildSegmented("table-tabs", /** @type {TabName[]} */ (Object.keys(TABS)), table.tab, (tab) => t(`table_${tab}`),
    (tab) => { Object.assign(table, { tab, sort: FIRST[tab], down: false }); drawTable(); });
  buildFilters();
}

/** A choice among the regions or the roles that there are. @param {string} id @param {{ value: string, text: string }[]} choices @param {string} all @param {string} chosen */
function fillChoice(id, choices, all, chosen) {
  fill(byId(id), el("option", { value: "" }, all), choices.map(({ value, text }) => el("option", { value, selected: value === chosen }, shorten(text, 60))));
}

function buildFilters() {
  const { filter } = table;
  const locale = LOCALES[state.lang];
  fillChoice("table-region", regionsOf(locale), t("any_region"), filter.region);
  fillChoice("table-role", rolesOf(), t("any_role"), filter.role);
  byId("table-role").hidden = table.tab === "links";
}

function save() {
  const { columns, rows } = tableRows();
  saveFile(`${TABS[table.tab].file}.csv`, new Blob([tableText(columns, rows, sourceLines())], { type: "text/csv;charset=utf-8" }));
  byId("table-note").textContent = t("saved");
}

async function copy() {
  const { columns, rows } = tableRows();
  const cells = cellsOf(columns, rows, state.lang === "en" ? "." : ",");
  await copyTable(tabbed(cells, sourceLines()), tableMarkup(cells, sourceLines()), byId("table"));
  byId("table-note").textContent = t("copied");
}

export function startTable() {
  /** @type {HTMLDialogElement} */
  const dialog = byId("table");
  /** @type {HTMLInputElement} */
  const onlyShown = byId("table-shown");
  byId("table-button").addEventListener("click", () => { drawTable(); dialog.showModal(); });
  byId("table-close").addEventListener("click", () => dialog.close());
  onlyShown.addEventListener("change", () => { table.onlyShown = onlyShown.checked; drawTable(); });
  for (const name of /** @type {const} */ (["text", "region", "role"])) {
    /** @type {HTMLInputElement} */
    const input = byId(`table-${name}`);
    input.addEventListener("input", () => { table.filter[name] = input.value; drawTable(); });
  }
  byId("table-save").addEventListener("click", save);
  byId("table-copy").addEventListener("click", copy);
}
