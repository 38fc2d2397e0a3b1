// Light or dark: as the reader says, else as the system does.
import { state } from "./state.js";

// Forced colours are the system's, so that only the map that goes with them can be read among them.
const followsSystem = () => state.theme === "auto" || matchMedia("(forced-colors: active)").matches;

export const isDark = () => (followsSystem() ? matchMedia("(prefers-color-scheme: dark)").matches : state.theme === "dark");

/** @returns {"light" | "dark"} */
export const themeName = () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light");

/** @param {string | null} asked */
export function readTheme(asked) {
  state.theme = asked === "light" || asked === "dark" ? asked : "auto";
}

/** @param {"light" | "dark"} [forced] */
export function showTheme(forced) {
  document.documentElement.dataset.theme = forced ?? (isDark() ? "dark" : "light");
  document.getElementById("theme-button")?.setAttribute("aria-pressed", String(themeName() === "dark"));
}

// Before anything is painted, so that a dark page never flashes light, nor an embedded one its header.
export function showAskedTheme() {
  const asked = new URLSearchParams(location.hash.slice(1));
  readTheme(asked.get("theme"));
  document.documentElement.classList.toggle("embedded", asked.has("embed"));
  showTheme();
}
