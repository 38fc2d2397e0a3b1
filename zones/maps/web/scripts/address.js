// The view is kept in the address, so that a link opens the same one.
import { data } from "./data.js";
import { allKnownYears } from "./evidence.js";
import { stage } from "./stage.js";
import { LAYERS, freshState, state, viewsOf } from "./state.js";
import { readTheme } from "./theme.js";

export function readAddress() {
  Object.assign(state, freshState());
  const asked = new URLSearchParams(location.hash.slice(1));
  /** @type {<T>(values: T[], name: string) => T | undefined} */
  const oneOf = (values, name) => values.find((value) => value === asked.get(name));
  readTheme(asked.get("theme"));
  state.lang = oneOf(data.languages, "lang") ?? state.lang;
  state.view = oneOf(viewsOf(), "view") ?? state.view;
  state.column = data.indicators.find((column) => column.id === asked.get("column"))?.id ?? null;
  if (asked.has("groups") || asked.has("on")) {
    const on = asked.getAll("on");
    state.shown = new Set(data.groups.map((group) => group.id).filter((id) => on.includes(id)));
  }
  const extents = asked.getAll("extent");
  for (const group of data.groups) {
    for (const { id } of group.extents) if (extents.includes(`${group.id}:${id}`)) state.extents.set(group.id, id);
  }
  const layers = asked.get("layers")?.split(" ");
  if (layers) state.layers = new Set(LAYERS.filter((layer) => layers.includes(layer)));
  state.unit = data.units.find((unit) => unit.id === asked.get("unit"))?.index ?? null;
  state.known = allKnownYears().find((year) => String(year) === asked.get("known")) ?? null;
  state.year = data.people_years.find((year) => String(year) === asked.get("year")) ?? null;
  const at = (asked.get("at") ?? "").split("/").map(Number);
  state.at = at.length === 3 && at.every(Number.isFinite) ? [at[0], at[1], at[2]] : null;
}

export function writeAddress() {
  const said = new URLSearchParams({ lang: state.lang });
  if (state.theme !== "auto") said.set("theme", state.theme);
  said.set("view", state.view);
  if (state.view === "indicator" && state.column) said.set("column", state.column);
  said.set("groups", String(state.shown.size));
  for (const id of state.shown) said.append("on", id);
  for (const [group, extent] of state.extents) said.append("extent", `${group}:${extent}`);
  said.set("layers", [...state.layers].join(" "));
  if (state.unit !== null) said.set("unit", data.units[state.unit].id);
  if (state.known !== null) said.set("known", String(state.known));
  if (state.year !== null) said.set("year", String(state.year));
  const centre = stage.map.getCenter();
  said.set("at", [centre.lat.toFixed(3), centre.lng.toFixed(3), stage.map.getZoom().toFixed(2)].join("/"));
  try {
    history.replaceState(null, "", `#${said}`);
  } catch {
    // A page inside a notebook has no address of its own: nothing to keep.
  }
}
