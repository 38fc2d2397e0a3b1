// The side panel: legend, layer switch and summary in one.
function buildPanel() {
  buildSegmented("languages", data.languages, state.lang, (lang) => OWN_NAMES[lang], (lang) => { state.lang = lang; refreshAll(); });
  for (const button of byId("languages").children) {
    button.lang = button.dataset.value;
    button.dataset.short = button.dataset.value.toUpperCase();
  }
  buildSegmented("views", VIEWS, state.view, (view) => t(`view_${view}`), (view) => { state.view = view; refreshAll(); });
  buildCards();
  buildNetworks();
  buildLayers();
  buildLegend();
  buildOverlap();
  buildSources();
}

function buildSegmented(id, values, current, words, pick) {
  const box = byId(id);
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  fill(box, values.map((value) => el("button", {
    type: "button", "data-value": value, "aria-pressed": String(value === current), on: { click: () => pick(value) },
  }, words(value))));
  if (focused) [...box.children].find((button) => button.dataset.value === focused)?.focus();
}

function toggleGroup(group, on) {
  if (on) state.shown.add(group.id);
  else state.shown.delete(group.id);
  byId(`card-${group.index}`)?.classList.toggle("off", !on);
  refreshMap();
  buildOverlap();
  buildLegend();
}

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
  fill(byId("zone-cards"), data.zones.map(cardOf), data.zones.length ? null : el("p", { class: "none" }, t("no_zones")));
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
      area && area.value !== null ? el("span", {}, bounded(area), " km²", el("span", { class: "bounds" }, ` ${t("boundaries_of", { year: String(data.years.boundaries) })}`)) : null,
    ),
  ]);
  if (countries.length > 1) append(card, [el("p", { class: "figures" }, countries.map((row) => countryPart(extent, row.key)))]);
  append(card, [extentChooser(group, extent)]);
  if (known && known.value !== null) append(card, [evidenceBar(known.value, extent.units.length)]);
  append(card, [moreFigures(group, extent)]);
  return card;
}

function countryPart(extent, country) {
  const people = figure(extent, "population", country);
  if (!people || people.value === null) return null;
  return el("span", {}, `${t(`country_${country}`)} ${number(people.value)}`, el("span", { class: "bounds" }, ` ${people.year}`));
}

function evidenceBar(known, all) {
  return el("p", { class: "evidence" },
    el("span", { class: "meter", "aria-hidden": "true" }, el("span", { style: { width: `${all ? (100 * known) / all : 0}%` } })),
    t("evidence_for", { known: number(known), n: all }));
}

function extentChooser(group, extent) {
  const label = (one) => `${shorten(one.description || one.id, 64)} (${number(one.units.length)})`;
  const nodes = [];
  if (group.extents.length > 1) {
    const select = el("select", { id: `extent-${group.index}`, on: { change: (event) => chooseExtent(group, event.target.value) } },
      group.extents.map((one) => el("option", { value: one.id, lang: group.text_lang, selected: one === extent }, label(one))));
    nodes.push(el("label", { class: "extent" }, el("span", { class: "small" }, t("extent")), select));
  } else if (extent.description) {
    nodes.push(el("p", { class: "small" }, `${t("extent")}: `, el("span", { lang: group.text_lang }, shorten(extent.description, 200))));
  }
  return nodes;
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
    return [row.unit === "percent" ? percent(row.value) : bounded(row, digits),
      WITH_UNIT.has(row.unit) ? ` ${names[`unit.${row.unit}`]}` : null,
      OF_PEOPLE.has(row.name) && row.year ? el("span", { class: "bounds" }, ` ${row.year}`) : null];
  };
  return el("details", { class: "more" }, el("summary", {}, t("more_figures")),
    el("dl", { class: "measures" }, rows.map((row) => [el("dt", {}, names[`name.${row.name}`] ?? row.name), el("dd", {}, value(row))])),
    data.scale ? el("p", { class: "small" }, t("figures_note", { division: String(data.years.division), boundaries: String(data.years.boundaries) })) : null,
    extent.use ? el("p", { class: "small", lang: group.text_lang }, extent.use) : null,
    extent.source === null || extent.source === undefined ? null : el("p", { class: "small" }, `${t("source")}: `, sourceLink(extent.source)));
}

function iconButton(key, values, path, action) {
  return el("button", { type: "button", class: "icon", "aria-label": t(key, values), title: t(key, values), on: { click: action } },
    svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round" })));
}

function buildNetworks() {
  byId("networks-section").hidden = data.networks.length === 0;
  const row = (group) => {
    const extent = extentOf(group);
    const id = `on-${group.index}`;
    return el("li", {},
      el("label", { class: "check", for: id },
        el("input", { type: "checkbox", id, checked: state.shown.has(group.id), disabled: !extent, style: { "--zone": colourOf(group) }, on: { change: (event) => toggleGroup(group, event.target.checked) } }),
        el("span", {}, swatch(group), nameNode(group.short, 120))),
      el("span", { class: "count" }, extent ? t("n_municipalities", { n: extent.units.length }) : t("members_unknown")),
      group.theme ? el("span", { class: "theme" }, nameNode(group.theme, 120)) : null);
  };
  fill(byId("networks"),
    el("details", { open: data.networks.some((group) => state.shown.has(group.id)) || data.zones.length === 0 },
      el("summary", {}, t("n_networks", { n: data.networks.length })),
      el("p", { class: "small" }, t("networks_note")),
      el("ul", { class: "plain" }, data.networks.map(row))));
}

function buildLayers() {
  const choice = (name) => el("label", { class: "check" },
    el("input", { type: "checkbox", checked: state.layers.has(name), id: `layer-${name}`, on: { change: (event) => {
      if (event.target.checked) state.layers.add(name);
      else state.layers.delete(name);
      restoreTies();
      if (name === "lakes") restyle();
      writeAddress(map);
    } } }), el("span", {}, t(`layer_${name}`)));
  const there = {
    lakes: layers.backdrop.lakes !== undefined, borders: data.borders.length > 0, ties: data.ties.length > 0,
    shared: data.networks.some((group) => group.extents.length), spines: data.groups.some((group) => group.spine?.length),
  };
  fill(byId("layers"), LAYERS.filter((name) => there[name] !== false).map(choice));
}

function buildLegend() {
  const box = byId("legend");
  if (state.view === "groups") {
    const shown = shownGroups();
    fill(box, el("ul", { class: "legend plain" },
      shown.map((group) => el("li", {}, el("span", { class: "patch", style: { background: colourOf(group) } }), nameNode(group.short, 60))),
      el("li", {}, el("span", { class: "patch", style: { background: base().unit } }), el("span", {}, t("in_no_group")))),
      el("p", { class: "small" }, layers.canvas ? t("view_groups_canvas") : t("view_groups_note")));
    return;
  }
  const { view } = state;
  const counts = new Array(LIMITS[view].length + 1).fill(0);
  let unknown = 0;
  for (const unit of data.units) {
    const rank = classOf(valueOf(unit, view), view);
    if (rank === null) unknown += 1;
    else counts[rank] += 1;
  }
  const limits = LIMITS[view];
  const write = (value) => (view === "change" ? percent(value, 0, "exceptZero") : number(value));
  const words = (rank) => (rank === 0 ? t("under", { value: write(limits[0]) }) : rank === limits.length ? t("at_least", { value: write(limits[rank - 1]) }) : `${write(limits[rank - 1])} – ${write(limits[rank])}`);
  fill(box,
    el("p", { class: "legend-title" }, t(`legend_${view}`)),
    el("ul", { class: "legend plain" },
      counts.map((count, rank) => el("li", {}, el("span", { class: "patch", style: { background: rampOf(view)[rank] } }), el("span", {}, words(rank)), el("span", { class: "count" }, number(count)))),
      unknown ? el("li", {}, el("span", { class: "patch", style: { background: base().unit } }), el("span", {}, t("no_figure")), el("span", { class: "count" }, number(unknown))) : null),
    el("p", { class: "small" }, t("legend_note")));
}

// Who lives where: only in A, in A and B, only in B.
function buildOverlap() {
  byId("overlap").parentElement.hidden = data.groups.length === 0;
  const shown = shownGroups();
  const found = groupsByUnit();
  const mixes = new Map();
  found.forEach((groups, index) => {
    if (!groups.length) return;
    const key = groups.map((group) => group.index).join("-");
    if (!mixes.has(key)) mixes.set(key, { groups, units: 0, people: 0 });
    const mix = mixes.get(key);
    mix.units += 1;
    mix.people += data.units[index].people ?? 0;
  });
  const parts = [...mixes.values()].sort((a, b) => a.groups[0].index - b.groups[0].index || a.groups.length - b.groups.length);
  const total = sum(parts, (part) => part.people);
  const several = parts.filter((part) => part.groups.length > 1);
  const name = (group) => nameNode(group.short, 40);
  const words = (part) => (part.groups.length === 1
    ? [several.some((other) => other.groups.includes(part.groups[0])) ? `${t("only")} ` : "", name(part.groups[0])]
    : part.groups.flatMap((group, place) => (place ? [" + ", name(group)] : [name(group)])));
  const most = parts.length > 14 ? [...parts].sort((a, b) => b.people - a.people).slice(0, 14) : parts;
  fill(byId("overlap"),
    data.zones_apart ? el("p", { class: "apart" }, t("zones_apart", { n: data.zones.length })) : null,
    shown.length === 0 ? el("p", { class: "small" }, t("nothing_shown")) : [
      el("div", { class: "bar", "aria-hidden": "true" }, parts.map((part) => el("span", { style: { "flex-grow": String(Math.max(part.people, total * 0.004)), background: stripesCss(part.groups) } }))),
      el("ul", { class: "legend plain" }, most.map((part) => el("li", {},
        el("span", { class: "patch", style: { background: stripesCss(part.groups) } }), el("span", {}, words(part)),
        el("span", { class: "count", title: t("n_municipalities", { n: part.units }) }, number(part.people), el("span", { class: "bounds" }, ` ${percent(total ? (100 * part.people) / total : 0)}`))))),
      parts.length > most.length ? el("p", { class: "small" }, t("and_more", { n: parts.length - most.length })) : null,
      el("p", { class: "small" }, several.length ? t("overlap_note", { n: sum(several, (part) => part.units) }) : shown.length > 1 ? t("no_overlap") : "", " ", t("newest_people")),
    ]);
}

function buildSources() {
  fill(byId("sources"),
    el("p", { class: "small" }, data.scale ? t("scale_note", { scale: data.scale, boundaries: String(data.years.boundaries) }) : t("own_units")),
    el("ul", { class: "plain small" }, data.attribution.map((item) => el("li", {},
      el("span", { lang: "en" }, item.line), item.licence ? ` ${item.licence}.` : "", item.url && isAddress(item.url) ? [" ", el("a", { href: item.url, target: "_blank", rel: "noopener noreferrer" }, item.url.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0])] : null))),
    data.sources.length ? el("p", { class: "small" }, t("n_sources", { n: data.sources.length })) : null);
}
