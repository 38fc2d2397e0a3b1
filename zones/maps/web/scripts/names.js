// Names of zones, countries and seas and numbers of networks on the map, where they fit.
import { colourOf } from "./colour.js";
import { data } from "./data.js";
import { el } from "./dom.js";
import { GROUNDS } from "./grounds.js";
import { decodePolygons } from "./grid.js";
import { nameNode, nameText, t } from "./language.js";
import { groupsInSight } from "./members.js";
import { hasPoint, pointOf } from "./pairs.js";
import { stage } from "./stage.js";
import { extentOf, holds, shownGroups, state } from "./state.js";

const GRID_STEP = 26;
/** How far from its zone a name may stand, in pixels. */
const BESIDE = 30;
const HALF_LINE = 10;
const MARK = 20;

/** @typedef {{ group: Group, path: Path2D, box: L.Bounds, spine: L.Point[] }} Figure */

/** @type {CanvasRenderingContext2D | null} */
let ruling = null;
const context = () => (ruling ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d")));

/** @param {string} font @param {string} text */
function widthOf(font, text) {
  context().font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return context().measureText(text).width;
}

/** @param {Box} box @param {Box[]} taken */
const isClear = ([left, top, right, bottom], taken) => !taken.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);

/** @param {Box} box */
function isInView([left, top, right, bottom]) {
  const { x, y } = stage.map.getSize();
  return left > 4 && top > 4 && right < x - 4 && bottom < y - 4;
}

/** What a zone fills on the screen, and points along its axis. @param {Group} group @returns {Figure} */
function figureOfZone(group) {
  const path = new Path2D();
  const box = L.bounds([]);
  for (const ring of decodePolygons(extentOf(group)?.outline ?? [], data.grid).flat()) {
    ring.forEach((at, place) => {
      const point = stage.map.latLngToContainerPoint(at);
      box.extend(point);
      if (place) path.lineTo(point.x, point.y);
      else path.moveTo(point.x, point.y);
    });
    path.closePath();
  }
  const spine = !state.layers.has("spines") ? [] : group.runs.flatMap((run) => run.slice(1).flatMap((rank, place) => {
    const [from, to] = [group.spine[run[place]], group.spine[rank]].map((point) => stage.map.latLngToContainerPoint([point.lat, point.lon]));
    return Array.from({ length: 9 }, (_, step) => from.add(to.subtract(from).multiplyBy(step / 8)));
  }));
  return { group, path, box, spine };
}

/** How ill a name would stand there; nothing where it may not. @param {Figure} figure @param {Figure[]} figures @param {number} x @param {number} y @param {number} width @param {Box[]} taken */
function illness(figure, figures, x, y, width, taken) {
  /** @type {Box} */
  const box = [x - width / 2 - 3, y - HALF_LINE, x + width / 2 + 3, y + HALF_LINE];
  if (!isInView(box) || !isClear(box, taken)) return null;
  const [left, , right] = box;
  const ends = [left, x, right].flatMap((across) => [y - HALF_LINE, y + HALF_LINE].map((down) => ({ across, down })));
  for (const other of figures) {
    if (other !== figure && ends.some(({ across, down }) => context().isPointInPath(other.path, across, down, "evenodd"))) return null;
    if (other.spine.some((point) => point.x > left && point.x < right && point.y > box[1] && point.y < box[3])) return null;
  }
  const inside = ends.filter(({ across, down }) => context().isPointInPath(figure.path, across, down, "evenodd")).length;
  /** @param {Figure} zone */
  const isBeside = (zone) => [[left - BESIDE, y], [right + BESIDE, y], [x, y - BESIDE], [x, y + BESIDE]]
    .some(([across, down]) => context().isPointInPath(zone.path, across, down, "evenodd"));
  if (!inside && !isBeside(figure)) return null;
  // All inside or all outside reads better than across the outline; outside beside another zone it reads as that one's.
  const isAmbiguous = !inside && figures.some((other) => other !== figure && isBeside(other));
  return (inside === ends.length ? 0 : inside ? 90 : isAmbiguous ? 160 : 60) + offMiddle(figure, x, y);
}

/** @param {Figure} figure @param {number} x @param {number} y */
function offMiddle(figure, x, y) {
  const middle = figure.box.getCenter();
  return Math.hypot(x - middle.x, y - middle.y) * 0.2;
}

/** @param {Figure} figure @param {Figure[]} figures @param {number} width @param {Box[]} taken */
function bestSpot(figure, figures, width, taken) {
  const { x: wide, y: high } = stage.map.getSize();
  const [low, top] = [Math.max(0, Number(figure.box.min?.x) - width), Math.max(0, Number(figure.box.min?.y) - BESIDE)];
  const [end, bottom] = [Math.min(wide, Number(figure.box.max?.x) + width), Math.min(high, Number(figure.box.max?.y) + BESIDE)];
  let best = null;
  for (let y = top; y < bottom; y += GRID_STEP) {
    for (let x = low; x < end; x += GRID_STEP) {
      // No spot is less ill than how far from the middle it is.
      if (best !== null && offMiddle(figure, x, y) >= best.ill) continue;
      const ill = illness(figure, figures, x, y, width, taken);
      if (ill !== null && (best === null || ill < best.ill)) best = { ill, x, y };
    }
  }
  return best;
}

/** @param {string} kind @param {number} x @param {number} y @param {Child} content @param {Record<string, string>} [style] */
function nodeAt(kind, x, y, content, style = {}) {
  const point = stage.map.containerPointToLayerPoint([x, y]);
  return el("span", { class: `name ${kind}`, style: { ...style, transform: `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)` } }, content);
}

/** Numbers of the networks that a municipality is in, left of its point. @param {Element} place @param {Box[]} taken */
export function drawMarks(place, taken) {
  const networks = shownGroups().filter((group) => group.kind === "network");
  if (!networks.length) return;
  for (const unit of data.units.filter(hasPoint)) {
    const own = networks.filter((group) => holds(group, unit));
    if (!own.length) continue;
    const { x, y } = stage.map.latLngToContainerPoint(pointOf(unit));
    const wide = own.length * MARK;
    /** @type {Box} */
    const box = [x - 7 - wide, y - 9, x - 7, y + 9];
    if (!isInView(box) || !isClear(box, taken)) continue;
    taken.push(box);
    place.append(nodeAt("marks", x - 7 - wide / 2, y, own.map((group) => el("span", { class: "mark", style: { "--zone": colourOf(group) } }, group.mark ?? ""))));
  }
}

/** @param {Element} place @param {Box[]} taken */
export function drawZoneNames(place, taken) {
  const figures = groupsInSight().filter((group) => group.kind !== "network").map(figureOfZone).filter(({ box }) => box.isValid());
  for (const figure of figures) {
    const width = widthOf("700 14px", nameText(figure.group.short, 32));
    const spot = bestSpot(figure, figures, width, taken);
    if (!spot) continue;
    taken.push([spot.x - width / 2 - 3, spot.y - HALF_LINE, spot.x + width / 2 + 3, spot.y + HALF_LINE]);
    place.append(nodeAt("zone-name", spot.x, spot.y, nameNode(figure.group.short, 32), { "--zone": colourOf(figure.group) }));
  }
  return figures;
}

/** Last and low-key: what there is room for. @param {Element} place @param {Box[]} taken @param {Figure[]} figures */
export function drawGroundNames(place, taken, figures) {
  // Tiles have names of their own, and without a backdrop there is nothing to name.
  if (stage.tiles || !stage.backdrop.land) return;
  for (const { id, sea, spots } of GROUNDS) {
    const text = t(`ground_${id}`);
    const width = sea ? widthOf("italic 12px", text) : widthOf("600 11px", text.toUpperCase()) + text.length * 2;
    for (const at of spots) {
      const { x, y } = stage.map.latLngToContainerPoint(at);
      /** @type {Box} */
      const box = [x - width / 2 - 4, y - HALF_LINE, x + width / 2 + 4, y + HALF_LINE];
      const onZone = [box[0], x, box[2]].some((across) => figures.some(({ path }) => context().isPointInPath(path, across, y, "evenodd")));
      const onAxis = figures.some(({ spine }) => spine.some((point) => point.x > box[0] && point.x < box[2] && point.y > box[1] && point.y < box[3]));
      if (onZone || onAxis || !isInView(box) || !isClear(box, taken)) continue;
      taken.push(box);
      place.append(nodeAt(sea ? "sea-name" : "country-name", x, y, text));
      break;
    }
  }
}
