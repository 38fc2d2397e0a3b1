// Printing: light theme, the map sized and fitted for one A4 page, everything put back afterwards.
const paper = { before: null };

function beforePrint() {
  if (paper.before) return;
  paper.before = { centre: map.getCenter(), zoom: map.getZoom() };
  document.documentElement.classList.add("printing");
  applyTheme("light");
  map.invalidateSize({ animate: false, pan: false });
  const shown = shownGroups();
  const bounds = paper.before.zoom > paper.homeZoom + 0.6 ? null : layers.group.getBounds();
  if (bounds && shown) map.fitBounds(bounds, { padding: [4, 4], animate: false });
  else map.setView(paper.before.centre, paper.before.zoom, { animate: false });
  drawLabels();
}

function afterPrint() {
  if (!paper.before) return;
  const { centre, zoom } = paper.before;
  paper.before = null;
  document.documentElement.classList.remove("printing");
  applyTheme();
  map.invalidateSize({ animate: false, pan: false });
  map.setView(centre, zoom, { animate: false });
  drawLabels();
}

function startPaper() {
  paper.homeZoom = map.getZoom();
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  byId("print-button").addEventListener("click", () => print());
}
