// Colours, line styles and hatching, from the palette that paper shares.
import { data } from "./data.js";
import { el, svg } from "./dom.js";
import { sum } from "./text.js";
import { themeName } from "./theme.js";

export const base = () => data.palette[themeName()];
/** @param {Group} group */
export const colourOf = (group) => data.palette.groups[group.colour % data.palette.groups.length][themeName() === "dark" ? 1 : 0];
/** @param {Group} group */
export function dashOf({ colour }) {
  const styles = colour < data.palette.networks_from ? data.palette.dashes : data.palette.network_dashes;
  return styles[colour % styles.length]?.join(" ") ?? null;
}
/** @param {string} name */
export const rampNamed = (name) => data.palette.ramps[name][themeName()];
/** @param {Choropleth} view */
export const rampOf = (view) => rampNamed(data.palette.views[view].ramp);

/** A pattern of stripes, one a group, each as full as asked; thin ones leave the colour below in sight. @param {Group[]} groups @param {boolean} thin @param {number[]} [fullness] */
export function stripes(groups, thin, fullness) {
  const id = `stripes-${thin ? "thin-" : ""}${groups.map((group, place) => (fullness ? `${group.index}_${100 * fullness[place]}` : group.index)).join("-")}`;
  const step = thin ? 4 : 6;
  let pattern = document.getElementById(id);
  if (!pattern) {
    const width = step * groups.length;
    const bars = groups.map((_, place) => svg("rect", { x: place * step, y: 0, width: thin ? 1.6 : step - 0.7, height: width, ...(fullness ? { "fill-opacity": fullness[place] } : {}) }));
    const made = svg("pattern", { id, patternUnits: "userSpaceOnUse", width, height: width, patternTransform: "rotate(45)" }, ...bars);
    document.querySelector("#patterns defs")?.append(made);
    pattern = /** @type {any} */ (made);
  }
  groups.forEach((group, place) => pattern?.children[place].setAttribute("fill", colourOf(group)));
  return `url(#${id})`;
}

/** A pattern for a figure that is not there; its colours follow the theme. @param {Gap["why"]} why */
export function gapPattern(why) {
  const id = `gap-${why}`;
  if (!document.getElementById(id)) {
    const marks = {
      suppressed: () => [svg("path", { d: "M0 3.5H7" })], bounds: () => [svg("path", { d: "M0 2H7M0 5.5H7" })],
      missing: () => [svg("circle", { cx: 1.75, cy: 1.75, r: 0.7 }), svg("circle", { cx: 5.25, cy: 5.25, r: 0.7 })],
    };
    document.querySelector("#patterns defs")?.append(svg("pattern",
      { id, class: "gap", patternUnits: "userSpaceOnUse", width: 7, height: 7, ...(why === "suppressed" ? { patternTransform: "rotate(-45)" } : {}) },
      svg("rect", { width: 7, height: 7 }), ...marks[why]()));
  }
  return `url(#${id})`;
}

/** Waves for lakes, which among classes could be taken for one. */
export function wavePattern() {
  if (!document.getElementById("waves")) {
    document.querySelector("#patterns defs")?.append(svg("pattern", { id: "waves", class: "waves", patternUnits: "userSpaceOnUse", width: 8, height: 5 },
      svg("rect", { width: 8, height: 5 }), svg("path", { d: "M-1 2.5Q1 1 3 2.5T7 2.5T11 2.5" })));
  }
  return "url(#waves)";
}

/** The same stripes as a CSS background, for legends. @param {Group[]} groups */
export function stripesCss(groups) {
  if (groups.length === 1) return colourOf(groups[0]);
  const stops = groups.map((group, place) => `${colourOf(group)} ${place * 4}px ${(place + 1) * 4}px`);
  return `repeating-linear-gradient(135deg, ${stops.join(", ")})`;
}

/** @param {string} colour */
const channels = (colour) => (colour.match(/\w\w/g) ?? []).map((pair) => parseInt(pair, 16));

/** A colour with so much of another one in it. @param {string} under @param {string} over @param {number} share */
export function tinted(under, over, share) {
  const [a, b] = [channels(under), channels(over)];
  return `rgb(${a.map((one, place) => Math.round(one + (b[place] - one) * share)).join(",")})`;
}

/** Canvas cannot draw patterns: it takes the even mix of the colours. @param {string[]} colours */
export function mixed(colours) {
  const parts = colours.map(channels);
  return `rgb(${[0, 1, 2].map((channel) => Math.round(sum(parts, (part) => part[channel]) / parts.length)).join(",")})`;
}

/** @param {Group} group */
export function lineSample(group) {
  return svg("svg", { class: "line-sample", viewBox: "0 0 36 12", width: 36, height: 12, "aria-hidden": "true" },
    svg("line", { x1: 3, y1: 6, x2: 33, y2: 6, stroke: colourOf(group), "stroke-width": 3.4, "stroke-linecap": "round", "stroke-dasharray": dashOf(group) ?? "none" }));
}

/** @param {Group} group */
export const swatch = (group) => el("span", { class: "swatch", style: { background: colourOf(group) }, "aria-hidden": "true" });

/** The number that a network has on the map. @param {Group} group */
export const markOf = (group) => el("span", { class: "mark", style: { "--zone": colourOf(group) } }, group.mark ?? "");
