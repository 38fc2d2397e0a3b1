// Names of centres, as many as fit without touching.
let labelBox = null;

function drawLabels() {
  labelBox ??= map.getPane("labels").appendChild(el("div", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" }));
  labelBox.replaceChildren();
  if (!state.layers.has("centres")) return;
  const onSpine = new Set();
  if (state.layers.has("spines")) for (const group of shownGroups()) for (const point of group.spine ?? []) onSpine.add(point.unit);
  const zoom = map.getZoom();
  const size = map.getSize();
  const room = Math.max(0, size.x * size.y) / (zoom < 6 ? 26000 : 15000);
  const rank = (unit) => (unit.people ?? 0) * (onSpine.has(unit.index) ? 3 : 1) + (unit.index === state.unit ? 1e9 : 0);
  const ranked = data.units.filter(hasPoint).sort((a, b) => rank(b) - rank(a)).slice(0, 160);
  const taken = [];
  let placed = 0;
  for (const unit of ranked) {
    if (placed >= room) break;
    const at = map.latLngToContainerPoint(pointOf(unit));
    if (at.x < 4 || at.y < 8 || at.x > size.x - 4 || at.y > size.y - 8) continue;
    const name = shorten(unitName(unit), 24);
    const width = name.length * 7 + 8;
    // Right of the point, else left, else above.
    const spots = [[at.x + 7, at.y - 8, ""], [at.x - 7 - width, at.y - 8, "left"], [at.x - width / 2, at.y - 23, "above"]];
    const clear = (x, y, right, bottom) => !taken.some((box) => x < box[2] && right > box[0] && y < box[3] && bottom > box[1]);
    const spot = spots.find(([x, y]) => clear(x, y, x + width, y + 16));
    if (!spot || !clear(at.x - 4, at.y - 4, at.x + 4, at.y + 4)) continue;
    taken.push([spot[0], spot[1], spot[0] + width, spot[1] + 16], [at.x - 6, at.y - 6, at.x + 6, at.y + 6]);
    const point = map.latLngToLayerPoint(pointOf(unit));
    const label = el("span", { class: `label ${spot[2]}${onSpine.has(unit.index) ? " on-spine" : ""}` }, el("bdi", {}, name));
    label.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)`;
    labelBox.append(label);
    placed += 1;
  }
}
