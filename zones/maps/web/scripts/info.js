// What a municipality says of itself: the hover tip and the popup.
let tip = null;
let popup = null;
const canHover = () => matchMedia("(hover: hover)").matches;

function showTip(latlng, content) {
  tip ??= L.tooltip({ className: "tip", direction: "auto", offset: [14, 0], opacity: 1 });
  tip.setLatLng(latlng).setContent(append(el("div"), content));
  if (!map.hasLayer(tip)) tip.addTo(map);
}

function hideTip() {
  if (tip && map.hasLayer(tip)) tip.remove();
}

const peopleLine = (unit) =>
  unit.people === null ? t("people_unknown") : !unit.people_year ? t("people_undated", { n: unit.people }) : t("people_at", { n: unit.people, date: t("end_of", { year: String(unit.people_year) }) });

function changeLine(unit) {
  if (unit.change === null) return "–";
  return t("change_between", { change: percent(unit.change, 1, "exceptZero"), from: String(unit.change_from), to: String(unit.people_year) });
}

const groupsOf = (unit) => data.groups.filter((group) => group.extents.length && extentOf(group).set.has(unit.index));

function tipFor(unit) {
  const names = unitNames(unit);
  const inside = groupsOf(unit);
  return [
    el("strong", {}, el("bdi", {}, shorten(names[0], 60))),
    names.length > 1 ? el("span", { class: "also" }, shorten(names.slice(1).join(" / "), 60)) : null,
    el("div", {}, peopleLine(unit)),
    state.view === "density" ? el("div", {}, densityText(unit)) : null,
    state.view === "change" ? el("div", {}, changeLine(unit)) : null,
    inside.slice(0, 5).map((group) => el("div", { class: "tip-group" }, swatch(group), nameNode(group.short, 60))),
  ];
}

const densityText = (unit) => (unit.density === null ? "–" : `${number(unit.density, unit.density < 10 ? 1 : 0)} ${t("per_km2")}`);
const swatch = (group) => el("span", { class: "swatch", style: { background: colourOf(group) }, "aria-hidden": "true" });

function sourceLink(index) {
  const address = data.sources[index];
  if (!isAddress(address)) return el("span", { lang: "en" }, shorten(address, 120));
  const host = address.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0];
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address }, host);
}

const datesOf = (row) => (row.from || row.to ? `${row.from ?? "…"}–${row.to ?? ""}` : row.year ? t("as_of", { year: String(row.year) }) : "");

function membershipNode(row) {
  const group = data.groups[row.group];
  const facts = [term("role", row.role), datesOf(row), row.confidence ? t("confidence", { word: term("confidence", row.confidence) }) : "", row.basis ? term("basis", row.basis) : ""];
  return el("li", { class: row.weak ? "weak" : null },
    el("div", { class: "of" }, swatch(group), nameNode(group.short, 80)),
    el("div", { class: "facts" }, facts.filter(Boolean).join(" · ")),
    el("div", { class: "facts" }, row.weak ? `${t("weak_evidence")} · ` : null, row.sources.length ? `${t("source")}: ` : null, row.sources.map((index, place) => [place ? ", " : "", sourceLink(index)])),
    row.note === null || row.note === undefined ? null : el("details", { class: "why" }, el("summary", {}, t("note")), el("p", {}, freeText(group, data.notes[row.note]))),
  );
}

function popupFor(unit) {
  const names = unitNames(unit);
  const rows = unit.memberships;
  const without = groupsOf(unit).filter((group) => !rows.some((row) => row.group === group.index));
  const region = unit.region === null ? null : data.regions[unit.region];
  const fact = (label, value) => [el("dt", {}, label), el("dd", {}, value)];
  return el("div", { class: "unit-card" },
    el("h3", {}, el("bdi", {}, names[0]), names.length > 1 ? el("span", { class: "also" }, el("bdi", {}, names.slice(1).join(" / "))) : null),
    el("dl", {},
      fact(t("code"), unit.id),
      region ? fact(t("region"), nameNode(region)) : null,
      fact(t("people"), unit.people === null ? t("people_unknown") : unit.people_year ? `${number(unit.people)} (${t("end_of", { year: String(unit.people_year) })})` : number(unit.people)),
      fact(t("change"), changeLine(unit)),
      fact(t("density"), densityText(unit)),
      unit.former.length ? fact(t("former"), unit.former.map((name) => el("bdi", {}, name)).flatMap((node, place) => (place ? [", ", node] : [node]))) : null,
    ),
    rows.length || without.length ? el("h4", {}, t("memberships")) : el("p", { class: "none" }, t("no_memberships")),
    el("ul", { class: "rows" },
      rows.map(membershipNode),
      without.map((group) => el("li", {}, el("div", { class: "of" }, swatch(group), nameNode(group.short, 80)), el("div", { class: "facts" }, t("in_extent_only")))),
    ),
  );
}

function choose(index, { pan = false, speak = false } = {}) {
  state.unit = index;
  const unit = data.units[index];
  drawSelected();
  restoreStars();
  const bounds = layers.units[index].getBounds();
  if (pan && !(map.getZoom() >= 6 && map.getBounds().contains(bounds))) {
    map.fitBounds(bounds, { maxZoom: 8, padding: [60, 60], animate: false });
  }
  hideTip();
  const phone = map.getSize().x < 480;
  popup = L.popup({ className: "unit-popup", minWidth: phone ? 220 : 270, maxWidth: phone ? Math.max(220, map.getSize().x - 150) : 340, maxHeight: Math.max(150, Math.min(460, map.getSize().y - (phone ? 190 : 120))), autoPanPaddingTopLeft: phone ? [54, 12] : [56, 16], autoPanPaddingBottomRight: phone ? [54, 84] : [56, 44] })
    .setLatLng(hasPoint(unit) ? pointOf(unit) : bounds.getCenter())
    .setContent(popupFor(unit))
    .openOn(map);
  const close = popup.getElement()?.querySelector(".leaflet-popup-close-button");
  close?.setAttribute("aria-label", t("close"));
  popup.on("remove", () => {
    if (state.unit !== index) return;
    state.unit = null;
    drawSelected();
    restoreStars();
    writeAddress(map);
  });
  writeAddress(map);
  if (speak) byId("announce").textContent = `${unitNames(unit).join(" / ")}. ${peopleLine(unit)}.`;
}

function refreshPopup() {
  if (popup && map.hasLayer(popup) && state.unit !== null) {
    popup.setContent(popupFor(data.units[state.unit]));
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", t("close"));
  }
}

function listenToUnits() {
  layers.group.on("click", (event) => choose(event.propagatedFrom?.unit ?? event.layer.unit));
  if (!canHover()) return;
  let over = null;
  layers.group.on("mouseover", (event) => {
    const layer = event.layer ?? event.propagatedFrom;
    over = layer;
    showTip(event.latlng, tipFor(data.units[layer.unit]));
    if (!layers.canvas) layer.getElement()?.classList.add("hovered");
  });
  layers.group.on("mousemove", (event) => { if (tip && map.hasLayer(tip)) tip.setLatLng(event.latlng); });
  layers.group.on("mouseout", () => {
    hideTip();
    over?.getElement?.()?.classList.remove("hovered");
    over = null;
  });
}
