// What is pointed at or has the focus lights its municipalities on the map, and the other way round.
import { base } from "./colour.js";
import { el } from "./dom.js";
import { stage } from "./stage.js";

/** @type {WeakMap<Element, { unitsOf: () => Iterable<number>, held?: Set<number> }>} */
const links = new WeakMap();
/** What lights the map now, and what will do so when it is not pointed at. @type {{ over: Element | null, focus: Element | null, pressed: Element | null, lit: Element | null }} */
const now = { over: null, focus: null, pressed: null, lit: null };
/** @type {L.Polygon | null} */
let veil = null;
let waiting = 0;

// The pointer may cross a list without the map flickering.
const PAUSE = 70;

/** Tie a node to municipalities, asked for when they are needed. @type {<T extends Element>(node: T, unitsOf: () => Iterable<number>) => T} */
export function linked(node, unitsOf) {
  links.set(node, { unitsOf });
  node.setAttribute("data-linked", "");
  return node;
}

/** A row of a legend as a button that lights its municipalities, and keeps them lit while it is pressed. @param {HTMLElement} row @param {() => Iterable<number>} unitsOf */
export function lighting(row, unitsOf) {
  const button = el("button", { type: "button", class: "lights", "aria-pressed": "false" });
  button.append(...row.childNodes);
  row.append(linked(button, unitsOf));
  return row;
}

/** @param {Element} node @returns {Set<number>} */
function heldBy(node) {
  const link = links.get(node);
  if (!link) return new Set();
  link.held ??= new Set(link.unitsOf());
  return link.held;
}

/** All but the municipalities of a node lies under a veil; one path, however many they are. @param {Element | null} node */
function drawVeil(node) {
  veil?.remove();
  veil = null;
  const units = node ? [...heldBy(node)] : [];
  if (!units.length) return;
  const { map } = stage;
  const { x, y } = map.getSize();
  const frame = [[-x, -y], [2 * x, -y], [2 * x, 2 * y], [-x, 2 * y]].map(([left, top]) => map.containerPointToLatLng([left, top]));
  const rings = units.flatMap((index) => /** @type {L.LatLng[][][]} */ (stage.units[index].getLatLngs()).flat());
  veil = L.polygon([frame, ...rings], {
    pane: "veil", interactive: false, className: "veil", color: base().selected, weight: units.length > 60 ? 0.9 : 1.6, fillOpacity: 0.62, smoothFactor: stage.canvas ? 1 : 0.4,
  }).addTo(map);
}

function light() {
  for (const key of /** @type {const} */ (["over", "focus", "pressed"])) if (!now[key]?.isConnected) now[key] = null;
  const node = now.over ?? now.focus ?? now.pressed;
  if (node === now.lit) return;
  now.lit = node;
  drawVeil(node);
}

const lightSoon = () => { clearTimeout(waiting); waiting = setTimeout(light, PAUSE); };

/** After a change of what is shown: what is gone lights nothing any more. */
export function relight() {
  now.lit = null;
  veil?.remove();
  light();
}

/** Mark what a municipality on the map belongs to: classes, cards, rows. @param {number | null} index */
export function markUnit(index) {
  for (const node of document.querySelectorAll("#panel [data-linked]")) node.classList.toggle("holds", index !== null && heldBy(node).has(index));
}

/** @param {Event} event */
const linkOf = (event) => (event.target instanceof Element ? event.target.closest("[data-linked]") : null);

/** @param {Element} button */
function press(button) {
  const pressed = now.pressed === button ? null : button;
  now.pressed?.setAttribute("aria-pressed", "false");
  pressed?.setAttribute("aria-pressed", "true");
  now.pressed = pressed;
  light();
}

export function startHighlight() {
  const pane = stage.map.createPane("veil");
  Object.assign(pane.style, { zIndex: "424", pointerEvents: "none" });
  document.addEventListener("pointerover", (event) => { now.over = event.pointerType === "touch" ? null : linkOf(event); lightSoon(); });
  document.documentElement.addEventListener("pointerleave", () => { now.over = null; lightSoon(); });
  // A click focuses too: only the focus of a keyboard lights.
  document.addEventListener("focusin", (event) => { now.focus = /** @type {Element} */ (event.target).matches(":focus-visible") ? linkOf(event) : null; lightSoon(); });
  document.addEventListener("focusout", () => { now.focus = null; lightSoon(); });
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest?.("button.lights");
    if (button) press(button);
  });
  stage.map.on("moveend", () => { if (now.lit) drawVeil(now.lit); });
}
