// Printing: light theme, the map sized and fitted for one A4 page, everything put back afterwards.
const paper = { before: null };

function beforePrint() {
  if (paper.before) return;
  paper.before = { centre: map.getCenter(), zoom: map.getZoom() };
  // What was scrolled away would be cut off on paper.
  paper.before.scroll = byId("panel").scrollTop;
  byId("panel").scrollTop = 0;
  document.documentElement.classList.add("printing");
  applyTheme("light");
  map.invalidateSize({ animate: false, pan: false });
  // A view that was zoomed in is printed as it is; else all of it is fitted, to the pixel.
  map.options.zoomSnap = 0;
  if (paper.before.zoom <= paper.homeZoom + 0.6) map.fitBounds(layers.group.getBounds(), { paddingTopLeft: [6, 6], paddingBottomRight: [6, 20], animate: false });
  else map.setView(paper.before.centre, paper.before.zoom, { animate: false });
  drawLabels();
}

function afterPrint() {
  if (!paper.before) return;
  const { centre, zoom, scroll } = paper.before;
  paper.before = null;
  map.options.zoomSnap = 0.25;
  document.documentElement.classList.remove("printing");
  applyTheme();
  map.invalidateSize({ animate: false, pan: false });
  map.setView(centre, zoom, { animate: false });
  byId("panel").scrollTop = scroll;
  drawLabels();
}

function startPaper() {
  paper.homeZoom = map.getZoom();
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  byId("print-button").addEventListener("click", () => print());
}
