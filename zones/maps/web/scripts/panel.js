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

function buildNetworks() {
  byId("networks-section").hidden = data.networks.length === 0;
  const row = (group) => {
    const extent = extentOf(group);
    const id = `on-${group.index}`;
    return el("li", {},
      el("label", { class: "check", for: id },
        el("input", { type: "checkbox", id, checked: state.shown.has(group.id), disabled: !extent, style: { "--zone": colourOf(group) }, on: { change: (event) => toggleGroup(group, event.target.checked) } }),
        el("span", {}, swatch(group), nameNode(group.short, 120))),
      el("span", { class: "theme" }, extent ? t("n_municipalities", { n: extent.units.length }) : t("members_unknown"),
        group.theme ? [" · ", nameNode(group.theme, 120)] : null));
  };
  const unknown = data.networks.filter((group) => !group.extents.length).length;
  fill(byId("networks"),
    el("details", { open: byId("networks").querySelector("details")?.open || data.networks.some((group) => state.shown.has(group.id)) || data.zones.length === 0 },
      el("summary", {}, t("n_networks", { n: data.networks.length })),
      unknown ? el("p", { class: "small" }, t("n_unknown", { n: unknown })) : null,
      el("p", { class: "small" }, t("networks_note")),
      el("ul", { class: "plain" }, data.networks.map(row))));
}

// How the lines of a layer look on the map.
function layerSample(name) {
  const line = (props) => svg("line", { x1: 2, y1: 7, x2: 32, y2: 7, stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", ...props });
  const point = (x) => svg("circle", { cx: x, cy: 7, r: 3.2, fill: "var(--card)", stroke: "currentColor", "stroke-width": 2 });
  const parts = {
    spines: () => [line({}), point(6), point(28)],
    centres: () => [svg("circle", { cx: 17, cy: 7, r: 3, fill: "currentColor" })],
    lakes: () => [svg("rect", { x: 4, y: 2, width: 26, height: 10, rx: 4, fill: base().lake, stroke: base().lakeLine })],
    borders: () => [line({ opacity: 0.75 })],
    distances: () => [line({ "stroke-dasharray": "1 4.5" })],
    shared: () => [svg("path", { d: "M2 11Q17 1 32 11", fill: "none", stroke: "currentColor", "stroke-width": 2, opacity: 0.6 })],
    ties: () => [line({ "stroke-width": 4 })],
  };
  return svg("svg", { class: "sample", viewBox: "0 0 34 14", "aria-hidden": "true" }, ...parts[name]());
}

function buildLayers() {
  const choice = (name) => el("label", { class: "check" },
    el("input", { type: "checkbox", checked: state.layers.has(name), id: `layer-${name}`, on: { change: (event) => {
      if (event.target.checked) state.layers.add(name);
      else state.layers.delete(name);
      restoreTies();
      if (name === "lakes") restyle();
      writeAddress(map);
    } } }), el("span", {}, t(`layer_${name}`)), layerSample(name));
  const there = {
    lakes: layers.backdrop.lakes !== undefined, borders: data.borders.length > 0, ties: data.ties.length > 0,
    shared: data.networks.some((group) => group.extents.length), spines: data.groups.some((group) => group.spine?.length),
  };
  fill(byId("layers"), LAYERS.filter((name) => there[name] !== false).map(choice));
}

function buildSources() {
  fill(byId("sources"),
    el("p", { class: "small" }, data.scale ? t("scale_note", { scale: data.scale, boundaries: String(data.years.boundaries) }) : t("own_units")),
    el("ul", { class: "plain small" }, data.attribution.map((item) => el("li", {},
      el("span", { lang: "en" }, item.line), item.licence ? " · " : "", item.licence ? `${item.licence}` : "", item.url && isAddress(item.url) ? [" · ", el("a", { href: item.url, target: "_blank", rel: "noopener noreferrer" }, item.url.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0])] : null))),
    data.sources.length ? el("p", { class: "small of-memberships" }, t("n_sources", { n: data.sources.length })) : null);
}
