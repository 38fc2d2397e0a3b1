// The view is kept in the address, so that a link opens the same one; what the reader chose is a step
// of the browser's history, how the map was moved is not.
import { data } from "./data.js";
import { allKnownYears } from "./evidence.js";
import { isEmbedded } from "./frame.js";
import { stage } from "./stage.js";
import { LAYERS, freshState, state, viewsOf, withoutTooMany } from "./state.js";
import { readTheme } from "./theme.js";

// What follows this closely upon a step is part of it.
const ONE_STEP = 400;
/** What the current entry of the history says of the choices. @type {string | null} */
let choices = null;
let steppedAt = -Infinity;
let following = false;

/** While the page goes where the address already is, nothing is a step. @param {() => void} action */
export function whileFollowing(action) {
  following = true;
  try {
    action();
  } finally {
    following = false;
  }
}

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
    state.shown = new Set(withoutTooMany(data.groups.map((group) => group.id).filter((id) => on.includes(id))));
  }
  const extents = asked.getAll("extent");
  for (const group of data.groups) {
    for (const { id } of group.extents) if (extents.includes(`${group.id}:${id}`)) state.extents.set(group.id, id);
  }
  const layers = asked.get("layers")?.split(" ");
  if (layers) state.layers = new Set(LAYERS.filter((layer) => layers.includes(layer)));
  state.unit = data.units.find((unit) => unit.id === asked.get("unit"))?.index ?? null;
  state.group = data.groups.find((group) => group.id === asked.get("group"))?.index ?? null;
  state.known = allKnownYears().find((year) => String(year) === asked.get("known")) ?? null;
  state.year = data.people_years.find((year) => String(year) === asked.get("year")) ?? null;
  const at = (asked.get("at") ?? "").split("/").map(Number);
  state.at = at.length === 3 && at.every(Number.isFinite) ? [at[0], at[1], at[2]] : null;
  readSides(asked);
  choices = saidChoices().toString();
}

/** @param {Chosen} chosen */
const written = ({ group, extent }) => `${group}:${extent}`;

/** Two extents that are compared, or one with the members that were clicked in or out. @param {URLSearchParams} asked */
function readSides(asked) {
  const all = data.groups.flatMap((group) => group.extents.map((extent) => ({ group: group.id, extent: extent.id })));
  /** @param {string | null} text */
  const named = (text) => all.find((one) => written(one) === text);
  const [first, second] = asked.getAll("compare").map(named);
  if (first && second && written(first) !== written(second)) state.compared = { first, second };
  const tried = named(asked.get("try"));
  if (!tried) return;
  const ids = asked.get("changed")?.split(" ") ?? [];
  Object.assign(state, { compared: null, unit: null, group: null, tried: { ...tried, changed: new Set(data.units.filter((unit) => ids.includes(unit.id)).map((unit) => unit.index)) } });
}

/** What is a step of the history when it changes. */
function saidChoices() {
  const said = new URLSearchParams({ lang: state.lang });
  said.set("view", state.view);
  if (state.view === "indicator" && state.column) said.set("column", state.column);
  said.set("groups", String(state.shown.size));
  for (const id of state.shown) said.append("on", id);
  for (const [group, extent] of state.extents) said.append("extent", `${group}:${extent}`);
  said.set("layers", [...state.layers].join(" "));
  if (state.unit !== null) said.set("unit", data.units[state.unit].id);
  if (state.group !== null) said.set("group", data.groups[state.group].id);
  if (state.known !== null) said.set("known", String(state.known));
  if (state.year !== null) said.set("year", String(state.year));
  const { compared, tried } = state;
  if (compared) for (const side of [compared.first, compared.second]) said.append("compare", written(side));
  if (tried) {
    said.set("try", written(tried));
    said.set("changed", [...tried.changed].map((index) => data.units[index].id).sort().join(" "));
  }
  return said;
}

export function writeAddress() {
  // A map that is not in sight has no view yet.
  if (!stage.map.getSize().x) return;
  const said = saidChoices();
  const chosen = said.toString();
  const isStep = !following && choices !== null && chosen !== choices && performance.now() - steppedAt > ONE_STEP;
  choices = chosen;
  if (isEmbedded()) said.set("embed", "");
  if (state.theme !== "auto") said.set("theme", state.theme);
  const centre = stage.map.getCenter();
  // A third of a digit a zoom level: about a pixel, or a few.
  const digits = Math.max(3, Math.ceil(stage.map.getZoom() / 3));
  said.set("at", [centre.lat.toFixed(digits), centre.lng.toFixed(digits), stage.map.getZoom().toFixed(2)].join("/"));
  try {
    if (isStep) {
      history.pushState(null, "", `#${said}`);
      steppedAt = performance.now();
    } else {
      history.replaceState(null, "", `#${said}`);
    }
  } catch {
    // A page inside a notebook has no address of its own: nothing to keep.
  }
}
