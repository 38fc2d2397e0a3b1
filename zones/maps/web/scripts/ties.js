// Lines between places, drawn.
import { base, colourOf } from "./colour.js";
import { el } from "./dom.js";
import { drawLabels } from "./labels.js";
import { nameText, number, t, term, unitName } from "./language.js";
import { groupsInSight } from "./members.js";
import { borderPairs, borderText, distancePairs, kilometres, pointOf, sharedPairs, typedPairs } from "./pairs.js";
import { keepFromTabbing, stage } from "./stage.js";
import { state } from "./state.js";
import { shorten } from "./text.js";
import { canHover, hideTip, showTip } from "./tip.js";

/** @type {L.LayerGroup[]} */
let drawn = [];

export function restoreTies() {
  for (const layer of drawn) layer.remove();
  /** @type {Record<string, () => L.Layer[]>} */
  const draw = { spines: drawSpines, borders: drawBorders, distances: drawDistances, shared: drawShared, ties: drawTyped };
  drawn = Object.keys(draw).filter((name) => state.layers.has(name)).map((name) => L.layerGroup(draw[name]()).addTo(stage.map));
  for (const group of drawn) group.eachLayer(keepFromTabbing);
  drawLabels();
}

/** These layers show the lines of the chosen municipality alone. */
export const restoreStars = () => { if (state.layers.has("distances") || state.layers.has("shared")) restoreTies(); };

/** @param {Unit} a @param {Unit} b @param {string} words @param {L.PolylineOptions} options */
function tie(a, b, words, options, points = [pointOf(a), pointOf(b)], title = `${shorten(unitName(a), 40)} – ${shorten(unitName(b), 40)}`) {
  const line = L.polyline(points, { pane: "ties", lineCap: "round", className: "tie", ...options });
  if (canHover()) {
    line.on("mouseover", (event) => showTip(event.latlng, [el("strong", {}, title), el("div", {}, words)]));
    line.on("mouseout", hideTip);
  }
  return line;
}

/** A gentle arc reads better than a straight line where many lines meet. @param {Unit} a @param {Unit} b */
function arc(a, b) {
  const [p, q] = [stage.map.project(pointOf(a), 8), stage.map.project(pointOf(b), 8)];
  const bend = L.point((p.x + q.x) / 2 - (q.y - p.y) * 0.12, (p.y + q.y) / 2 + (q.x - p.x) * 0.12);
  return Array.from({ length: 13 }, (_, step) => {
    const s = step / 12;
    /** @param {"x" | "y"} axis */
    const along = (axis) => (1 - s) ** 2 * p[axis] + 2 * s * (1 - s) * bend[axis] + s * s * q[axis];
    const { lat, lng } = stage.map.unproject(L.point(along("x"), along("y")), 8);
    return /** @type {[number, number]} */ ([lat, lng]);
  });
}

const drawSpines = () => groupsInSight().flatMap((group) => {
  const common = { pane: "spines", interactive: false };
  const lines = group.runs.filter((run) => run.length > 1).flatMap((run, index) => {
    const points = run.map((rank) => pointOf(/** @type {any} */ (group.spine[rank])));
    return [
      L.polyline(points, { ...common, color: base().casing, weight: 5, opacity: 0.85 }),
      L.polyline(points, { ...common, color: colourOf(group), weight: index ? 1.8 : 2.2, dashArray: index ? "3 4" : undefined, className: index ? "branch" : "spine" }),
    ];
  });
  return [...lines, ...group.spine.map((point) => L.circleMarker([point.lat, point.lon], {
    ...common, radius: 3.6, weight: 2, color: colourOf(group), fillOpacity: 1, fillColor: point.branch ? base().casing : base().unit, className: "spine-point",
  }))];
});

const drawBorders = () => borderPairs().map(({ a, b, km }) => tie(a, b, borderText(km),
  { color: base().link, weight: 1 + Math.min(km / 40, 2), opacity: 0.75 }));

const drawDistances = () => distancePairs().map(([a, b]) => tie(a, b, t("distance_of", { km: number(kilometres(a, b), 1) }),
  { color: base().link, weight: 2, dashArray: "1 4.5", opacity: 0.9 }));

const drawShared = () => sharedPairs().map(({ a, b, groups }) => tie(a, b, groups.map((group) => nameText(group.short, 60)).join(" · "),
  { color: base().link, weight: 0.5 + groups.length * 0.8, opacity: Math.min(0.1 + groups.length * 0.22, 0.9) }, arc(a, b)));

const drawTyped = () => typedPairs().map(({ link, a, b }) => tie(a, b, term("link", link.kind),
  { color: base().selected, weight: 4, dashArray: { ferry: "2 6", rail: "8 4" }[link.kind], className: `tie ${link.kind}` },
  undefined, shorten(link.name)));
