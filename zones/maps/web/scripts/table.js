// The same as a table: municipalities and the evidence, to sort, copy and save.
// More rows than this would make the page slow; a copy or a CSV has them all.
const MOST_ROWS = 1500;
const table = { tab: "units", sort: null, down: false, onlyShown: false };

function unitColumns() {
  const names = (unit, kind) => data.groups.filter((group) => (group.kind === "network") === (kind === "network") && group.extents.length && extentOf(group).set.has(unit.index)).map((group) => nameOf(group.short).text).join("; ");
  return [
    { key: "id", text: (unit) => unit.id },
    { key: "name", text: (unit) => unitName(unit), action: true },
    { key: "other_name", text: (unit) => unitNames(unit).slice(1).join(" / ") },
    { key: "region", text: (unit) => (unit.region === null ? "" : nameOf(data.regions[unit.region]).text) },
    { key: "people", number: (unit) => unit.people, digits: 0 },
    { key: "people_year", number: (unit) => unit.people_year, plain: true },
    { key: "change_percent", number: (unit) => unit.change, digits: 1 },
    { key: "change_from", number: (unit) => unit.change_from, plain: true },
    { key: "density", number: (unit) => unit.density, digits: 1 },
    { key: "zones", text: (unit) => names(unit, "zone") },
    { key: "networks", text: (unit) => names(unit, "network") },
  ];
}

function memberColumns() {
  return [
    { key: "group", text: (row) => nameOf(data.groups[row.group].short).text },
    { key: "id", text: (row) => (row.unit === null ? "" : data.units[row.unit].id) },
    { key: "name", text: (row) => (row.unit === null ? row.name ?? "" : unitName(data.units[row.unit])) },
    { key: "role", text: (row) => term("role", row.role) },
    { key: "from", text: (row) => row.from ?? "" },
    { key: "to", text: (row) => row.to ?? "" },
    { key: "evidence_year", number: (row) => row.year, plain: true },
    { key: "confidence_word", text: (row) => (row.confidence ? term("confidence", row.confidence) : "") },
    { key: "basis", text: (row) => (row.basis ? term("basis", row.basis) : "") },
    { key: "weak", text: (row) => (row.weak ? t("yes") : "") },
    { key: "source", text: (row) => row.sources.map((index) => data.sources[index]).join(" "), link: true },
  ];
}

function linkColumns() {
  return [
    { key: "link", text: (row) => t(`layer_${row.layer}`) },
    { key: "place_a", text: (row) => unitName(row.a) },
    { key: "place_b", text: (row) => unitName(row.b) },
    { key: "distance", number: (row) => row.km, digits: 1 },
    { key: "link_groups", text: (row) => row.groups.map((group) => nameOf(group.short).text).join("; ") },
    { key: "detail", text: (row) => row.detail },
  ];
}

const TABS = {
  units: { columns: unitColumns, rows: () => [...data.units], file: "municipalities" },
  members: { columns: memberColumns, rows: () => [...data.memberships], file: "memberships" },
  links: { columns: linkColumns, rows: linkRows, file: "links" },
};

function tableRows() {
  const columns = TABS[table.tab].columns();
  let rows = TABS[table.tab].rows();
  if (table.onlyShown && table.tab !== "links") {
    const found = groupsByUnit();
    rows = rows.filter((row) => (table.tab === "units" ? found[row.index].length : state.shown.has(data.groups[row.group].id)));
  }
  const by = columns.find((column) => column.key === table.sort);
  if (by) {
    const words = new Intl.Collator(LOCALES[state.lang]);
    const order = by.number ? (a, b) => by.number(a) - by.number(b) : (a, b) => words.compare(by.text(a), by.text(b));
    const empty = (row) => (by.number ? by.number(row) ?? null : by.text(row) || null) === null;
    // Rows without a value stand last either way.
    rows.sort((a, b) => empty(a) - empty(b) || (empty(a) ? 0 : table.down ? order(b, a) : order(a, b)));
  }
  return { columns, rows };
}

const cellText = (column, row) => {
  if (!column.number) return column.text(row);
  const value = column.number(row);
  if (value === null || value === undefined) return "";
  return column.plain ? String(value) : number(value, column.digits);
};

function drawTable() {
  const { columns, rows } = tableRows();
  const head = el("tr", {}, columns.map((column) => el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": table.sort === column.key ? (table.down ? "descending" : "ascending") : null },
    el("button", { type: "button", "data-key": column.key, on: { click: () => {
      table.down = table.sort === column.key ? !table.down : Boolean(column.number && !column.plain);
      table.sort = column.key;
      drawTable();
      byId("table-scroll").querySelector(`[data-key="${column.key}"]`).focus();
    } } }, t(`column_${column.key}`)))));
  const cell = (column, row) => {
    const text = cellText(column, row);
    if (column.action) {
      return el("th", { scope: "row" }, el("button", { type: "button", class: "link", title: t("show_on_map"), on: { click: () => { byId("table").close(); choose(row.index, { pan: true, speak: true }); } } }, el("bdi", {}, shorten(text, 200))));
    }
    if (column.link) return el("td", { class: "links" }, row.sources.map((index, place) => [place ? " " : "", sourceLink(index)]));
    return el("td", { class: column.number ? "number" : null }, column.number ? text : el("bdi", {}, shorten(text, 300)));
  };
  const body = el("tbody", {}, rows.slice(0, MOST_ROWS).map((row) => el("tr", {}, columns.map((column) => cell(column, row)))));
  fill(byId("table-scroll"), el("table", {}, el("caption", { class: "visually-hidden" }, t(`table_${table.tab}`)), el("thead", {}, head), body));
  byId("table-shown").parentElement.hidden = table.tab === "links";
  byId("table-note").textContent = (table.tab === "links" && !rows.length ? t("no_links") : t(`table_${table.tab}_note`, { n: rows.length }))
    + (rows.length > MOST_ROWS ? ` ${t("rows_cut", { n: MOST_ROWS })}` : "");
  buildSegmented("table-tabs", Object.keys(TABS), table.tab, (tab) => t(`table_${tab}`), (tab) => { table.tab = tab; table.sort = null; table.down = false; drawTable(); });
}

// A cell that a spreadsheet would take for a formula is written as text.
const harmless = (text) => (/^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text);

function tableText(separator, quote) {
  const { columns, rows } = tableRows();
  const decimal = state.lang === "en" || separator === "," ? "." : ",";
  const plain = (column, row) => {
    if (!column.number) return harmless(column.text(row));
    const value = column.number(row);
    if (value === null || value === undefined) return "";
    return (column.plain ? String(value) : value.toFixed(column.digits)).replace(".", decimal);
  };
  const escape = (text) => (quote ? (/["\n\r,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text) : text.replace(/[\t\n\r]+/g, " "));
  const lines = [columns.map((column) => escape(t(`column_${column.key}`)))];
  for (const row of rows) lines.push(columns.map((column) => escape(plain(column, row))));
  return `${lines.map((line) => line.join(separator)).join("\r\n")}\r\n`;
}

function startTable() {
  const dialog = byId("table");
  byId("table-button").addEventListener("click", () => { drawTable(); dialog.showModal(); });
  byId("table-close").addEventListener("click", () => dialog.close());
  byId("table-shown").addEventListener("change", (event) => { table.onlyShown = event.target.checked; drawTable(); });
  byId("table-save").addEventListener("click", () => {
    // Spreadsheets in Finnish and Swedish expect semicolons and decimal commas.
    const text = `\ufeff${tableText(state.lang === "en" ? "," : ";", true)}`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = el("a", { href: address, download: `${TABS[table.tab].file}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    byId("table-note").textContent = t("saved");
  });
  byId("table-copy").addEventListener("click", async () => {
    const text = tableText("\t", false);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el("textarea", { readonly: true, class: "visually-hidden" });
      area.value = text;
      dialog.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      byId("table-copy").focus();
    }
    byId("table-note").textContent = t("copied");
  });
}
