// Names of centres, as many as fit without touching.
let labelBox = null;
const ruler = document.createElement("canvas").getContext("2d");

function widthOf(name) {
  ruler.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(name).width;
}

// Where the scale, the sources and the buttons stand, no label goes.
function controlBoxes() {
  const frame = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
    const box = control.getBoundingClientRect();
    return [box.left - frame.left - 3, box.top - frame.top - 3, box.right - frame.left + 3, box.bottom - frame.top + 3];
  });
}

function drawLabels() {
  labelBox ??= map.getPane("labels").appendChild(el("div", { class: "labels leaflet-zoom-hide", "aria-hidden": "true" }));
  labelBox.replaceChildren();
  if (!state.layers.has("centres")) return;
  const onSpine = new Set();
  if (state.layers.has("spines")) for (const group of shownGroups()) for (const point of group.spine ?? []) onSpine.add(point.unit);
  const zoom = map.getZoom();
  const size = map.getSize();
  const room = Math.max(0, size.x * size.y) / (zoom < 6 ? 23000 : 15000);
  const rank = (unit) => (unit.people ?? 0) * (onSpine.has(unit.index) ? 8 : 1) + (unit.index === state.unit ? 1e9 : 0);
  const ranked = data.units.filter(hasPoint).sort((a, b) => rank(b) - rank(a)).slice(0, 160);
  const taken = controlBoxes();
  // A label covers no other point of an axis.
  const points = [...onSpine].filter((index) => index !== null && hasPoint(data.units[index]))
    .map((index) => ({ index, at: map.latLngToContainerPoint(pointOf(data.units[index])) }));
  let placed = 0;
  for (const unit of ranked) {
    if (placed >= room) break;
    const at = map.latLngToContainerPoint(pointOf(unit));
    if (at.x < 4 || at.y < 8 || at.x > size.x - 4 || at.y > size.y - 8) continue;
    const name = shorten(unitName(unit), 24);
    const width = widthOf(name) + 4;
    // Right of the point, else left, else above.
    const spots = [[at.x + 7, at.y - 8, ""], [at.x - 7 - width, at.y - 8, "left"], [at.x - width / 2, at.y - 23, "above"]];
    const clear = (x, y, right, bottom) => !taken.some((box) => x < box[2] && right > box[0] && y < box[3] && bottom > box[1]);
    const covers = (x, y) => points.some((point) => point.index !== unit.index && point.at.x > x - 5 && point.at.x < x + width + 5 && point.at.y > y - 2 && point.at.y < y + 18);
    const spot = spots.find(([x, y]) => x > 2 && x + width < size.x - 2 && y > 2 && clear(x, y, x + width, y + 16) && !covers(x, y));
    if (!spot || !clear(at.x - 4, at.y - 4, at.x + 4, at.y + 4)) continue;
    taken.push([spot[0], spot[1], spot[0] + width, spot[1] + 16], [at.x - 6, at.y - 6, at.x + 6, at.y + 6]);
    const point = map.latLngToLayerPoint(pointOf(unit));
    const label = el("span", { class: `label ${spot[2]}${onSpine.has(unit.index) ? " on-spine" : ""}` }, el("bdi", {}, name));
    label.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)`;
    labelBox.append(label);
    placed += 1;
  }
}
