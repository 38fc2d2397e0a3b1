// The map as a picture with title, years, legend, scale and credits: what is seen, laid out anew.
import { lineSample } from "./colour.js";
import { peopleOf, peopleWords, yearOf } from "./cards.js";
import { data } from "./data.js";
import { byId, el, svg } from "./dom.js";
import { nameNode, nameText, t, unitName } from "./language.js";
import { sidesNow } from "./members.js";
import { saveFile } from "./saving.js";
import { stage } from "./stage.js";
import { extentOf, shownGroups, state } from "./state.js";
import { fileName, xmlText } from "./text.js";
import { Tracer } from "./tracing.js";

// Narrower maps have their legend below them.
const WIDE = 560;
const LEGEND = 300;
const EDGE = 24;
// More than some browsers can draw at once.
const MOST_PIXELS = 16_000_000;
const WITHOUT = new Set(["tilePane", "popupPane", "tooltipPane", "shadowPane", "markerPane"]);

/** @param {string} title @param {...Child} content */
const section = (title, ...content) => el("div", { class: "picture-section" }, el("p", { class: "picture-heading" }, title), content);

/** @param {Element} node */
function copyOf(node) {
  const copy = /** @type {HTMLElement} */ (node.cloneNode(true));
  for (const control of copy.querySelectorAll("input, select, a, .of-lakes")) control.replaceWith(...(control.matches("a") ? control.childNodes : []));
  return copy;
}

/** @param {Group} group */
function groupRow(group) {
  const extent = extentOf(group);
  const people = extent?.measures.find((row) => row.name === "population" && row.key === null && row.value !== null);
  const known = extent?.measures.find((row) => row.name === "members_with_evidence");
  const count = t("n_municipalities", { n: extent?.units.length ?? 0 });
  return el("div", { class: "picture-group" }, lineSample(group), el("div", {},
    el("p", { class: "picture-name" }, nameNode(group.short, 120)),
    extent && people ? el("p", {}, `${peopleOf(extent)} ${peopleWords(yearOf(extent))}`) : null,
    extent?.names ? el("p", {}, nameText(extent.names, 160)) : null,
    el("p", {}, count),
    extent && known?.value !== undefined && known.value !== null && known.value < extent.units.length
      ? el("p", {}, t("evidence_for", { known: String(known.value), n: extent.units.length })) : null));
}

function chosenRow() {
  if (state.unit === null) return null;
  const sample = svg("svg", { class: "line-sample", viewBox: "0 0 36 12", width: 36, height: 12 });
  sample.append(svg("rect", { x: 6, y: 1.5, width: 24, height: 9, rx: 2, fill: "none", stroke: "currentColor", "stroke-width": 2.6 }));
  return el("div", { class: "picture-group" }, sample, el("p", { class: "picture-name" }, unitName(data.units[state.unit])));
}

/** What is chosen at the moment says itself what it means. */
const keyOfModes = () => [...document.querySelectorAll(".picture-key:not([hidden])")].map((node) => el("div", { class: "picture-section" }, copyOf(node)));

function legendNodes() {
  const shown = shownGroups();
  const sides = sidesNow();
  const layers = [...byId("layers").querySelectorAll("label")].filter((label) => label.querySelector("input")?.checked);
  return [
    keyOfModes(),
    sides ? null : section(t(`view_${state.view}`), copyOf(byId("legend"))),
    !sides && shown.length || state.unit !== null ? section(t("picture_shown"), sides ? null : shown.slice(0, 16).map(groupRow), chosenRow()) : null,
    layers.length ? section(t("layers"), el("div", { id: "layers" }, layers.map((label) => { const copy = copyOf(label); copy.removeAttribute("id"); return copy; }))) : null,
  ];
}

/** Title, map, legend and credits as they are to stand; the map is drawn into its place. */
function layOut() {
  const { clientWidth: x, clientHeight: y } = stage.map.getContainer();
  const beside = x >= WIDE;
  const place = el("div", { class: "picture-map", style: { width: `${x}px`, height: `${y}px` } });
  const credits = document.querySelector(".leaflet-control-attribution")?.textContent || data.credits[state.lang];
  const width = x + 2 * EDGE + (beside ? LEGEND + EDGE : 0);
  const sheet = el("div", { class: `picture${beside ? "" : " below"}`, style: { width: `${width}px`, padding: `${EDGE}px` } },
    el("p", { class: "picture-title" }, nameNode(data.title, 240)),
    el("p", { class: "picture-years" }, byId("subtitle").textContent),
    el("div", { class: "picture-body" }, place, el("div", { class: "picture-legend", style: { width: `${beside ? LEGEND : x}px` } }, legendNodes())),
    el("p", { class: "picture-credits" }, credits, stage.tiles ? ` · ${t("picture_without_tiles")}` : ""));
  for (const node of sheet.querySelectorAll(".foreign.upright")) node.append(`\u00a0(${/** @type {HTMLElement} */ (node).lang})`);
  return { sheet, place };
}

/** @param {Tracer} tracer @param {DOMRect} from @param {Element} out */
function traceMap(tracer, from, out) {
  const panes = Object.entries(stage.map.getPanes()).filter(([name]) => name !== "mapPane" && !WITHOUT.has(name)).map(([, pane]) => /** @type {HTMLElement} */ (pane));
  /** @param {Element} pane */
  const height = (pane) => Number(getComputedStyle(pane).zIndex) || 0;
  for (const pane of panes.filter((one) => one.childElementCount).sort((a, b) => height(a) - height(b))) tracer.trace(pane, out);
  const bar = stage.map.getContainer().querySelector(".leaflet-control-scale-line");
  if (!bar) return;
  const { width } = bar.getBoundingClientRect();
  const [left, bottom] = [tracer.x(from.left + 14), tracer.y(from.bottom - 14)];
  const ink = getComputedStyle(document.body).color;
  const label = svg("text", { x: left + 4, y: bottom - 6, "font-size": 11.5, "font-family": getComputedStyle(document.body).fontFamily, fill: ink });
  label.textContent = bar.textContent ?? "";
  const halo = /** @type {Element} */ (label.cloneNode(true));
  for (const [name, value] of Object.entries({ fill: "none", stroke: getComputedStyle(document.documentElement).getPropertyValue("--halo").trim(), "stroke-width": "3", "stroke-linejoin": "round" })) halo.setAttribute(name, value);
  out.append(halo, svg("path", { d: `M${left} ${bottom - 5}v5h${Math.round(width)}v-5`, fill: "none", stroke: ink, "stroke-width": 1.6 }), label);
}

/** The picture as the text of an SVG file, with its size. */
export function pictureText() {
  const { sheet, place } = layOut();
  const host = el("div", { class: "picture-host", "aria-hidden": "true", inert: true }, sheet);
  document.body.append(host);
  try {
    const frame = sheet.getBoundingClientRect();
    const size = { width: Math.ceil(frame.width), height: Math.ceil(frame.height) };
    const tracer = new Tracer(frame);
    const paper = svg("g");
    tracer.trace(sheet, paper);
    const hole = place.getBoundingClientRect();
    const box = { x: tracer.x(hole.left), y: tracer.y(hole.top), width: hole.width, height: hole.height };
    // The panes stand elsewhere on the page than their picture on the sheet.
    const seen = stage.map.getContainer().getBoundingClientRect();
    tracer.origin = { left: seen.left - box.x, top: seen.top - box.y };
    const map = svg("g", { id: "map", "clip-path": "url(#frame)" }, svg("rect", { ...box, fill: getComputedStyle(stage.map.getContainer()).backgroundColor }));
    traceMap(tracer, seen, map);
    tracer.defs.append(svg("clipPath", { id: "frame" }, svg("rect", box)));
    const [title, description] = [svg("title"), svg("desc")];
    title.textContent = xmlText(nameText(data.title, 240));
    description.textContent = xmlText(`${byId("subtitle").textContent} · ${sheet.querySelector(".picture-credits")?.textContent ?? ""}`);
    const border = svg("rect", { ...box, fill: "none", stroke: getComputedStyle(place).outlineColor, "stroke-width": 1 });
    const root = svg("svg", { width: size.width, height: size.height, viewBox: `0 0 ${size.width} ${size.height}`, lang: state.lang }, title, description, tracer.defs, paper, map, border);
    return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`, ...size };
  } finally {
    host.remove();
  }
}

const pictureName = () => fileName([nameText(data.title), state.tried ? t("what_if") : state.compared ? t("compare") : t(`view_${state.view}`), state.lang]);

export function saveSvg() {
  saveFile(`${pictureName()}.svg`, new Blob([pictureText().text], { type: "image/svg+xml" }));
}

/** Draws the SVG at twice its size, or as large as can be. */
export async function savePng() {
  const { text, width, height } = pictureText();
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)), 8192 / Math.max(width, height));
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    await new Promise((resolve, reject) => { image.onload = resolve; image.onerror = () => reject(new Error("the picture cannot be drawn")); image.src = address; });
    const canvas = el("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => { canvas.toBlob(resolve, "image/png"); });
    if (!blob) throw new Error("the picture cannot be kept");
    saveFile(`${pictureName()}.png`, blob);
  } finally {
    URL.revokeObjectURL(address);
  }
}
