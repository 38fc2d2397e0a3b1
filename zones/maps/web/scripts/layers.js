// Backdrop, municipalities, outlines: what lies on the map, from the bottom up.
const layers = { units: [], backdrop: {}, outlines: [], hatch: [] };
let map = null;

function addBackdrop(theMap, parts) {
  map = theMap;
  const pane = { interactive: false, smoothFactor: 0.6 };
  const polygons = (shapes, scale) => shapes.map((shape) => decodePolygons(shape, scale));
  const put = (name, shapes, lines) => {
    if (!shapes || !shapes.length) return;
    const points = lines ? shapes.map((line) => decodeRing(line, parts.scale)) : polygons(shapes, parts.scale).flat();
    const make = lines ? L.polyline : L.polygon;
    layers.backdrop[name] = make(points, { ...pane, pane: name === "land" ? "back" : name }).addTo(map);
  };
  put("land", parts.land, false);
  put("lakes", parts.lakes, false);
  put("frontiers", parts.borders, true);
  put("national", parts.national, true);
}

function addUnits(theMap, shapes) {
  map = theMap;
  const canvas = shapes.shapes.length > shapes.most_svg ? L.canvas({ pane: "units" }) : null;
  layers.canvas = canvas !== null;
  const options = { pane: "units", className: "unit", smoothFactor: canvas ? 1 : 0.4, ...(canvas ? { renderer: canvas } : {}) };
  layers.units = shapes.shapes.map((shape, index) => {
    const layer = L.polygon(decodePolygons(shape, shapes.scale), options);
    layer.unit = index;
    return layer;
  });
  layers.group = L.featureGroup(layers.units).addTo(map);
  return layers.group;
}

// Paths are no tab stops: what they tell is reached through the search and the table.
function keepFromTabbing(layer) {
  const node = layer.getElement?.();
  if (node) node.setAttribute("tabindex", "-1");
}

function groupsByUnit() {
  const found = data.units.map(() => []);
  for (const group of shownGroups()) for (const index of extentOf(group).units) found[index].push(group);
  return found;
}

function unitStyle(unit, groups) {
  const colours = base();
  const style = { weight: layers.canvas ? 0.4 : 0.8, color: colours.unitLine, fillColor: colours.unit, fillOpacity: layers.tiles ? 0.25 : 1, opacity: 1 };
  if (state.view !== "groups") {
    const rank = classOf(valueOf(unit, state.view), state.view);
    if (rank !== null) Object.assign(style, { fillColor: rampOf(state.view)[rank], fillOpacity: layers.tiles ? 0.7 : 1 });
    else style.fillColor = colours.unit;
    style.color = themeName() === "dark" ? "#17212a" : "#ffffff";
    return style;
  }
  if (groups.length) {
    style.color = colours.groupLine;
    style.fillColor = groups.length === 1 ? colourOf(groups[0]) : layers.canvas ? mixed(groups) : stripes(groups, false);
    style.fillOpacity = groups.length === 1 ? 0.66 : 0.82;
  }
  return style;
}

function restyle() {
  const colours = base();
  byId("map-place").style.setProperty("--sea", "");
  const { land, lakes, frontiers, national } = layers.backdrop;
  land?.setStyle({ color: colours.coast, weight: 0.8, fillColor: colours.land, fillOpacity: 1 });
  lakes?.setStyle({ color: colours.lakeLine, weight: 0.6, fillColor: colours.lake, fillOpacity: 1 });
  frontiers?.setStyle({ color: colours.border, weight: 1, dashArray: "5 4", opacity: 0.8 });
  national?.setStyle({ color: colours.national, weight: 1.6, dashArray: "7 3 1.5 3", opacity: 1 });
  if (lakes) state.layers.has("lakes") ? lakes.addTo(map) : lakes.remove();
  const found = groupsByUnit();
  layers.units.forEach((layer, index) => layer.setStyle(unitStyle(data.units[index], found[index])));
  drawHatch(found);
  drawOutlines();
  drawSelected();
}

// Over a choropleth, municipalities of several groups get thin stripes in the groups' colours.
function drawHatch(found) {
  for (const layer of layers.hatch) layer.remove();
  layers.hatch = [];
  if (state.view === "groups" || layers.canvas) return;
  found.forEach((groups, index) => {
    if (groups.length < 2) return;
    layers.hatch.push(L.polygon(layers.units[index].getLatLngs(), {
      pane: "hatch", interactive: false, stroke: false, fillColor: stripes(groups, true), fillOpacity: 0.9, className: "hatch",
    }).addTo(map));
  });
}

function drawOutlines() {
  for (const layer of layers.outlines) layer.remove();
  layers.outlines = [];
  for (const group of [...shownGroups()].reverse()) {
    const extent = extentOf(group);
    extent.latlngs ??= decodePolygons(extent.outline, 1000);
    const common = { pane: "outlines", interactive: false, fill: false, smoothFactor: 0.8, lineJoin: "round", lineCap: "round" };
    const thin = group.kind === "network";
    layers.outlines.push(
      L.polygon(extent.latlngs, { ...common, color: base().casing, weight: thin ? 4.4 : 6.2, opacity: 0.9, className: "casing" }).addTo(map),
      L.polygon(extent.latlngs, { ...common, color: colourOf(group), weight: thin ? 2 : 3, dashArray: dashOf(group), className: `outline outline-${group.index}` }).addTo(map),
    );
  }
}

let selectedLayer = null;
function drawSelected() {
  selectedLayer?.remove();
  selectedLayer = null;
  if (state.unit === null) return;
  selectedLayer = L.polygon(layers.units[state.unit].getLatLngs(), {
    pane: "selected", interactive: false, fill: false, color: base().selected, weight: 2.6, className: "selected-unit",
  }).addTo(map);
}

function fitGroup(group) {
  const bounds = L.latLngBounds([]);
  for (const index of extentOf(group).units) bounds.extend(layers.units[index].getBounds());
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24] });
}

function fitAll(animate) {
  map.fitBounds(layers.group.getBounds(), { paddingTopLeft: [8, 8], paddingBottomRight: [8, map.getSize().x < 480 ? 52 : 34], animate });
}

// Tiles come from elsewhere and only when asked for; if they do not come, they go.
function watchTiles() {
  map.eachLayer((layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    layers.tiles = layer;
    let loaded = 0;
    let failed = 0;
    layer.on("tileload", () => { loaded += 1; });
    layer.on("tileerror", () => {
      failed += 1;
      if (failed > 2 && loaded === 0) {
        layer.remove();
        layers.tiles = null;
        note(t("tiles_failed"));
        labelControls();
        layers.backdrop.land?.addTo(map);
        restyle();
      }
    });
    layers.backdrop.land?.remove();
  });
}

function note(text) {
  byId("map-note").textContent = text;
  byId("map-note").hidden = !text;
}
