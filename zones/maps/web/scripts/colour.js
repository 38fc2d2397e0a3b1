// Colours, line styles, classes and hatching.
// Zones first: told apart under common colour blindness, each at least 3:1 on the land colour.
const PALETTE = [
  ["#00796b", "#4fd1bd"], ["#5e35b1", "#b79cff"], ["#c94f12", "#ffa05c"], ["#1565c0", "#7ab8ff"],
  ["#c2185b", "#ff8ab8"], ["#5f7300", "#c3d64a"], ["#1a237e", "#9fa8ff"], ["#9a6b00", "#f0cf5a"],
  ["#2e7d32", "#8fd694"], ["#b71c1c", "#ff9a90"], ["#37474f", "#dfe7ea"], ["#8e24aa", "#e29af2"],
  ["#6d4c41", "#d7a995"], ["#880e4f", "#f48fb1"], ["#00838f", "#66d9e0"], ["#0277bd", "#8fd3ff"],
];
const DASHES = [null, "13 8", "0.1 7.5", "16 6 2 6", "7 6"];
const BASE = {
  light: { unit: "#fbfbf7", unitLine: "#c3cbd0", groupLine: "#ffffff", casing: "#ffffff", land: "#eceee7", coast: "#b9c6cd", lake: "#cbdee9", lakeLine: "#aec8d8", border: "#8b98a3", national: "#55626e", link: "#35495e", ink: "#17212e", selected: "#10161d" },
  dark: { unit: "#2e3b46", unitLine: "#485764", groupLine: "#15202a", casing: "#0c141b", land: "#1c262e", coast: "#33434f", lake: "#10202c", lakeLine: "#2a4050", border: "#5d6e7b", national: "#93a4b1", link: "#c9d6e2", ink: "#eef3f7", selected: "#ffffff" },
};
const RAMPS = {
  light: ["#f1f5f9", "#d5e1ec", "#adc6dc", "#7fa5c5", "#4b7ca6", "#234e79"],
  dark: ["#2b3944", "#334d60", "#3f647f", "#5584a4", "#84b0cd", "#cbe3f2"],
  lightChange: ["#b3673f", "#d9a27e", "#f0dccb", "#d5e3ec", "#8fb4cc", "#3f729c"],
  darkChange: ["#bd7250", "#8a5a44", "#523f38", "#2d4252", "#436c89", "#7fb1d4"],
};
// Fixed round limits read better than computed ones, and stay the same between maps.
const LIMITS = { people: [2500, 5000, 10000, 25000, 50000], density: [2, 5, 15, 50, 250], change: [-15, -10, -5, 0, 5] };

const themeName = () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light");
const base = () => BASE[themeName()];
const colourOf = (group) => PALETTE[group.colour % PALETTE.length][themeName() === "dark" ? 1 : 0];
const dashOf = (group) => (group.kind === "network" ? null : DASHES[group.dash % DASHES.length]);
const valueOf = (unit, view) => unit[view];

function classOf(value, view) {
  if (value === null || value === undefined) return null;
  const limits = LIMITS[view];
  let index = 0;
  while (index < limits.length && value >= limits[index]) index += 1;
  return index;
}

const rampOf = (view) => RAMPS[themeName() + (view === "change" ? "Change" : "")];

// A pattern of stripes, one a group; thin ones leave the colour below in sight.
function stripes(groups, thin) {
  const id = `stripes-${thin ? "thin-" : ""}${groups.map((group) => group.index).join("-")}`;
  let pattern = document.getElementById(id);
  const step = thin ? 4 : 6;
  if (!pattern) {
    const width = step * groups.length;
    pattern = svg("pattern", { id, patternUnits: "userSpaceOnUse", width, height: width, patternTransform: "rotate(45)" });
    groups.forEach((group, place) => pattern.append(svg("rect", { x: place * step, y: 0, width: thin ? 1.6 : step - 0.7, height: width })));
    document.querySelector("#patterns defs").append(pattern);
  }
  groups.forEach((group, place) => pattern.children[place].setAttribute("fill", colourOf(group)));
  return `url(#${id})`;
}

// The same stripes as a CSS background, for legends.
function stripesCss(groups) {
  if (groups.length === 1) return colourOf(groups[0]);
  const stops = groups.map((group, place) => `${colourOf(group)} ${place * 4}px ${(place + 1) * 4}px`);
  return `repeating-linear-gradient(135deg, ${stops.join(", ")})`;
}

// Canvas cannot draw patterns: it takes the even mix of the colours.
function mixed(groups) {
  const parts = groups.map((group) => colourOf(group).match(/\w\w/g).map((pair) => parseInt(pair, 16)));
  const mean = [0, 1, 2].map((channel) => Math.round(sum(parts, (part) => part[channel]) / parts.length));
  return `rgb(${mean.join(",")})`;
}

function lineSample(group) {
  const line = (colour, width, dash) => svg("line", { x1: 3, y1: 6, x2: 33, y2: 6, stroke: colour, "stroke-width": width, "stroke-linecap": "round", "stroke-dasharray": dash ?? "none" });
  return svg("svg", { class: "line-sample", viewBox: "0 0 36 12", width: 36, height: 12, "aria-hidden": "true" },
    line(colourOf(group), 3.4, dashOf(group)));
}
