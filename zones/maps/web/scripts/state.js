// What the reader has chosen; kept in the address so that a link opens the same view.
const VIEWS = ["groups", "people", "density", "change"];
const LAYERS = ["spines", "centres", "lakes", "borders", "distances", "shared", "ties"];
const LAYERS_ON = ["spines", "centres", "lakes"];
const state = {
  lang: "fi", theme: "auto", view: "groups", shown: new Set(), extents: new Map(),
  layers: new Set(LAYERS_ON), unit: null, at: null,
};

const isDark = () =>
  state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);

const extentOf = (group) => group.byId.get(state.extents.get(group.id)) ?? group.extents.find((e) => e.default) ?? group.extents[0];
const shownGroups = () => data.groups.filter((group) => state.shown.has(group.id) && group.extents.length);

// Before anything is painted, so that a dark page never flashes light.
const askedTheme = new URLSearchParams(location.hash.slice(1)).get("theme");
if (["light", "dark"].includes(askedTheme)) state.theme = askedTheme;
document.documentElement.dataset.theme = isDark() ? "dark" : "light";

function readAddress() {
  state.lang = data.lang;
  state.view = data.view;
  state.theme = "auto";
  state.extents = new Map();
  state.layers = new Set(LAYERS_ON);
  state.shown = new Set(data.groups.filter((group) => group.shown).map((group) => group.id));
  const asked = new URLSearchParams(location.hash.slice(1));
  if (data.languages.includes(asked.get("lang"))) state.lang = asked.get("lang");
  if (["light", "dark"].includes(asked.get("theme"))) state.theme = asked.get("theme");
  if (VIEWS.includes(asked.get("view"))) state.view = asked.get("view");
  if (asked.has("groups") || asked.has("on")) {
    const on = new Set(asked.getAll("on"));
    state.shown = new Set(data.groups.filter((group) => on.has(group.id)).map((group) => group.id));
  }
  for (const group of data.groups) {
    for (const extent of group.extents) {
      if (asked.getAll("extent").includes(`${group.id}:${extent.id}`)) state.extents.set(group.id, extent.id);
    }
  }
  if (asked.has("layers")) {
    const on = asked.get("layers").split(" ");
    state.layers = new Set(LAYERS.filter((layer) => on.includes(layer)));
  }
  const unit = data.units.find((candidate) => candidate.id === asked.get("unit"));
  state.unit = unit ? unit.index : null;
  const at = (asked.get("at") ?? "").split("/").map(Number);
  state.at = at.length === 3 && at.every(Number.isFinite) ? at : null;
}

function writeAddress(map) {
  const said = new URLSearchParams();
  said.set("lang", state.lang);
  if (state.theme !== "auto") said.set("theme", state.theme);
  said.set("view", state.view);
  said.set("groups", String(state.shown.size));
  for (const id of state.shown) said.append("on", id);
  for (const [group, extent] of state.extents) said.append("extent", `${group}:${extent}`);
  said.set("layers", [...state.layers].join(" "));
  if (state.unit !== null) said.set("unit", data.units[state.unit].id);
  const centre = map.getCenter();
  said.set("at", [centre.lat.toFixed(3), centre.lng.toFixed(3), map.getZoom().toFixed(2)].join("/"));
  try {
    history.replaceState(null, "", `#${said}`);
  } catch {
    // A page inside a notebook has no address of its own: nothing to keep.
  }
}
