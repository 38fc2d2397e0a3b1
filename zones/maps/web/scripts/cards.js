// A card a zone: its figures with bounds and years, its extents, the evidence.
const figure = (extent, name, key = null) => extent.measures.find((row) => row.name === name && row.key === key);

// Value with its bounds; the year of the data stands beside every figure that has one.
function bounded(row, digits = 0) {
  if (!row || row.value === null) return null;
  return row.low !== null && row.high !== null && row.low !== row.high
    ? [number(row.value, digits), el("span", { class: "bounds", title: t("bounds") }, ` (${range(row.low, row.high, digits)})`)]
    : [number(row.value, digits)];
}

function buildCards() {
  byId("zones-section").hidden = data.zones.length === 0;
  const open = new Set(data.zones.filter((group) => byId(`card-${group.index}`)?.querySelector("details")?.open));
  const card = (group) => {
    const made = cardOf(group);
    const details = made.querySelector("details");
    if (details) details.open = open.has(group);
    return made;
  };
  fill(byId("zone-cards"), data.zones.map(card), data.zones.length ? null : el("p", { class: "none" }, t("no_zones")));
}

function cardOf(group) {
  const extent = extentOf(group);
  const on = state.shown.has(group.id);
  const card = el("article", { class: `card zone${on ? "" : " off"}`, id: `card-${group.index}`, style: { "--zone": colourOf(group) } });
  const box = el("input", { type: "checkbox", checked: on, id: `on-${group.index}`, on: { change: (event) => toggleGroup(group, event.target.checked) } });
  append(card, [el("div", { class: "card-head" },
    el("label", { class: "check", for: `on-${group.index}` }, box, el("span", { class: "card-name" }, nameNode(group.short, 120))),
    lineSample(group),
    extent ? iconButton("zoom_to", { name: shorten(nameOf(group.short).text, 60) }, "M8 3H4a1 1 0 0 0-1 1v4M12 3h4a1 1 0 0 1 1 1v4M17 12v4a1 1 0 0 1-1 1h-4M8 17H4a1 1 0 0 1-1-1v-4", () => fitGroup(group)) : null)]);
  if (!extent) {
    return append(card, [el("p", { class: "small" }, t("members_unknown"))]);
  }
  const people = figure(extent, "population");
  const area = figure(extent, "area");
  const share = figure(extent, "population_share");
  const known = figure(extent, "members_with_evidence");
  const countries = ["FI", "SE"].map((key) => figure(extent, "members", key)).filter((row) => row && row.value > 0);
  append(card, [
    el("p", { class: "headline" },
      el("span", { class: "big" }, people && people.value !== null ? number(people.value) : "–"),
      el("span", { class: "unit-word" }, people?.year ? t("people_short", { date: t("end_of", { year: String(people.year) }) }) : t("people"))),
    el("p", { class: "figures" },
      el("span", {}, t("n_municipalities", { n: extent.units.length }), countries.length > 1 ? ` (${countries.map((row) => `${row.key} ${number(row.value)}`).join(", ")})` : ""),
      share && share.value !== null ? el("span", {}, t("share_of_people", { share: percent(share.value), year: String(share.year) })) : null,
    ),
    area && area.value !== null ? el("p", { class: "figures" }, el("span", {}, bounded(area), " km²", el("span", { class: "bounds" }, `, ${data.scale ? t("boundaries_of", { year: String(data.years.boundaries) }) : t("own_boundaries")}`))) : null,
  ]);
  if (countries.length > 1) append(card, [el("p", { class: "figures" }, el("span", {}, `${t("newest")}: `, countries.map((row, place) => [place ? ", " : "", countryPart(extent, row.key)])))]);
  append(card, [extentChooser(group, extent)]);
  if (known && known.value !== null) append(card, [evidenceBar(known.value, extent.units.length)]);
  if (group.published) {
    append(card, [el("p", { class: "small" }, t("published", { n: group.published.n }), " (", el("span", { lang: group.text_lang }, group.published.date), ") ",
      group.published.source === null ? null : sourceLink(group.published.source))]);
  }
  append(card, [moreFigures(group, extent)]);
  return card;
}

function countryPart(extent, country) {
  const people = figure(extent, "population", country);
  if (!people || people.value === null) return null;
  return el("span", { class: "keep" }, `${t(`country_${country}`)} ${number(people.value)}`, el("span", { class: "bounds" }, ` (${people.year})`));
}

function evidenceBar(known, all) {
  return el("p", { class: "evidence" },
    el("span", { class: "meter", "aria-hidden": "true" }, el("span", { style: { width: `${all ? (100 * known) / all : 0}%` } })),
    t("evidence_for", { known: number(known), n: all }));
}

function extentChooser(group, extent) {
  const label = (one) => `${extentName(group, one)} (${number(one.units.length)})`;
  const nodes = [];
  if (group.extents.length > 1) {
    const select = el("select", { id: `extent-${group.index}`, on: { change: (event) => chooseExtent(group, event.target.value) } },
      group.extents.map((one) => el("option", { value: one.id, selected: one === extent }, label(one))));
    nodes.push(el("label", { class: "extent" }, el("span", { class: "small" }, t("extent")), select));
  }
  if (extent.description) {
    nodes.push(el("p", { class: "small description" }, nodes.length ? null : `${t("extent")}: `, freeText(group, shorten(extent.description, 220))));
  }
  return nodes;
}

// The catalogue's extents have a short name in each language; a user's own have their id.
const extentName = (group, one) => (group.text_lang && data.texts[state.lang][`extent_${one.id}`]) || shorten(one.id, 48);

// Free text stays in the language it was written in, and says which where the reader's is another.
function freeText(group, text) {
  const foreign = group.text_lang && group.text_lang !== state.lang;
  return el("span", { lang: group.text_lang, class: foreign ? "foreign upright" : null }, text);
}

function chooseExtent(group, id) {
  state.extents.set(group.id, id);
  const open = byId(`card-${group.index}`).querySelector("details")?.open;
  const card = cardOf(group);
  byId(`card-${group.index}`).replaceWith(card);
  if (open) card.querySelector("details").open = true;
  byId(`extent-${group.index}`)?.focus();
  refreshMap();
  buildOverlap();
  buildLegend();
  refreshPopup();
  byId("announce").textContent = `${nameOf(group.short).text}: ${t("n_municipalities", { n: extentOf(group).units.length })}`;
}

const IN_CARD = new Set(["members", "members_with_evidence", "population", "population_share", "area"]);
const WITH_UNIT = new Set(["km", "km2", "people_per_km2"]);
const OF_PEOPLE = new Set(["population_change", "density"]);

function moreFigures(group, extent) {
  const names = data.measure_names[state.lang];
  const rows = extent.measures.filter((row) => row.key === null && !IN_CARD.has(row.name));
  if (!rows.length && !extent.use) return null;
  const value = (row) => {
    if (row.value === null) return "–";
    const digits = WITH_UNIT.has(row.unit) && row.value >= 100 ? 0 : Number.isInteger(row.value) ? 0 : 1;
    const unit = WITH_UNIT.has(row.unit) ? ` ${names[`unit.${row.unit}`]}` : "";
    const between = row.unit !== "percent" && row.low !== null && row.high !== null && row.low !== row.high ? range(row.low, row.high, digits) : "";
    const year = OF_PEOPLE.has(row.name) && row.year ? String(row.year) : "";
    return [row.unit === "percent" ? percent(row.value, 1, row.name === "population_change" ? "exceptZero" : "auto") : number(row.value, digits), unit,
      between || year ? el("span", { class: "bounds", title: between ? t("bounds") : null }, [between, year].filter(Boolean).join(" · ")) : null];
  };
  return el("details", { class: "more" }, el("summary", {}, t("more_figures")),
    el("dl", { class: "measures" }, rows.map((row) => [el("dt", {}, names[`name.${row.name}`] ?? row.name), el("dd", {}, value(row))])),
    data.scale ? el("p", { class: "small" }, t("figures_note", { division: String(data.years.division), boundaries: String(data.years.boundaries) })) : null,
    extent.use ? el("p", { class: "small" }, freeText(group, extent.use)) : null,
    extent.source === null || extent.source === undefined ? null : el("p", { class: "small" }, `${t("source")}: `, sourceLink(extent.source)));
}

function iconButton(key, values, path, action) {
  return el("button", { type: "button", class: "icon", "aria-label": t(key, values), title: t(key, values), on: { click: action } },
    svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round" })));
}
