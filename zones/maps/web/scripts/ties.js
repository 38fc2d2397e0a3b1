// Lines between places: spines, land borders, distances, shared networks, bridges and ferries.
const tieLayers = new Map();

const pointOf = (unit) => [unit.lat, unit.lon];
const hasPoint = (unit) => unit.lat !== null && unit.lat !== undefined;
const kilometres = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

function restoreTies() {
  for (const layer of tieLayers.values()) layer.remove();
  tieLayers.clear();
  const draw = { spines: drawSpines, borders: drawBorders, distances: drawDistances, shared: drawShared, ties: drawTyped };
  for (const [name, make] of Object.entries(draw)) {
    if (!state.layers.has(name)) continue;
    const group = L.layerGroup(make()).addTo(map);
    group.eachLayer(keepFromTabbing);
    tieLayers.set(name, group);
  }
  drawLabels();
}

// These layers show the lines of the chosen municipality alone.
function restoreStars() {
  if (state.layers.has("distances") || state.layers.has("shared")) restoreTies();
}

function tie(points, words, options) {
  const line = L.polyline(points, { pane: "ties", lineCap: "round", className: "tie", ...options });
  if (words && canHover()) {
    line.on("mouseover", (event) => showTip(event.latlng, [el("strong", {}, words[0]), el("div", {}, words[1])]));
    line.on("mouseout", hideTip);
  }
  return line;
}

// A gentle arc reads better than a straight line where many lines meet.
function arc(a, b) {
  const [p, q] = [map.project(pointOf(a), 8), map.project(pointOf(b), 8)];
  const bend = L.point((p.x + q.x) / 2 - (q.y - p.y) * 0.12, (p.y + q.y) / 2 + (q.x - p.x) * 0.12);
  const points = [];
  for (let step = 0; step <= 12; step += 1) {
    const s = step / 12;
    points.push(map.unproject(L.point(
      (1 - s) ** 2 * p.x + 2 * s * (1 - s) * bend.x + s * s * q.x,
      (1 - s) ** 2 * p.y + 2 * s * (1 - s) * bend.y + s * s * q.y,
    ), 8));
  }
  return points;
}

const pairName = (a, b) => `${shorten(unitName(a), 40)} – ${shorten(unitName(b), 40)}`;

function drawSpines() {
  const lines = [];
  for (const group of shownGroups()) {
    const points = group.spine;
    const runs = group.runs.map((run) => run.map((rank) => [points[rank].lat, points[rank].lon]));
    runs.forEach((run, index) => {
      if (run.length > 1) {
        lines.push(L.polyline(run, { pane: "spines", interactive: false, color: base().casing, weight: 5, opacity: 0.85 }));
        lines.push(L.polyline(run, { pane: "spines", interactive: false, color: colourOf(group), weight: index ? 1.8 : 2.2, dashArray: index ? "3 4" : null, className: index ? "branch" : "spine" }));
      }
    });
    for (const point of points) {
      lines.push(L.circleMarker([point.lat, point.lon], {
        pane: "spines", interactive: false, radius: 3.6, weight: 2, color: colourOf(group), fillOpacity: 1,
        fillColor: point.branch ? base().casing : base().unit, className: "spine-point",
      }));
    }
  }
  return lines;
}

function borderPairs() {
  return shownGroups().flatMap((group) => {
    const inside = extentOf(group).set;
    return data.borders.filter(([a, b]) => inside.has(a) && inside.has(b))
      .map(([a, b, km]) => ({ group, a: data.units[a], b: data.units[b], km }))
      .filter(({ a, b }) => hasPoint(a) && hasPoint(b));
  });
}

function drawBorders() {
  return borderPairs().map(({ a, b, km }) => tie([pointOf(a), pointOf(b)], [pairName(a, b), t("border_of", { km: number(km, 0) })],
    { color: base().link, weight: 1 + Math.min(km / 40, 2), opacity: 0.75 }));
}

// To each member's nearest other member; from a chosen municipality, to all members of its groups.
function distancePairs() {
  const pairs = new Map();
  const add = (a, b) => pairs.set(a.index < b.index ? `${a.index}-${b.index}` : `${b.index}-${a.index}`, [a, b]);
  for (const group of shownGroups()) {
    const members = extentOf(group).units.map((index) => data.units[index]).filter((unit) => unit.x !== null);
    const chosen = members.find((unit) => unit.index === state.unit);
    if (chosen) members.forEach((unit) => unit !== chosen && add(chosen, unit));
    else if (members.length < 500) {
      for (const unit of members) {
        let best = null;
        for (const other of members) {
          if (other !== unit && (best === null || kilometres(unit, other) < kilometres(unit, best))) best = other;
        }
        if (best) add(unit, best);
      }
    }
  }
  return [...pairs.values()];
}

function drawDistances() {
  return distancePairs().map(([a, b]) =>
    tie([pointOf(a), pointOf(b)], [pairName(a, b), t("distance_of", { km: number(kilometres(a, b), 1) })],
      { color: base().link, weight: 2, dashArray: "1 4.5", opacity: 0.9 }));
}

function sharedPairs() {
  const pairs = new Map();
  for (const group of data.networks) {
    const members = group.extents.length ? extentOf(group).units : [];
    for (let i = 0; i < members.length; i += 1) {
      for (let j = i + 1; j < members.length; j += 1) {
        const key = [members[i], members[j]].sort((a, b) => a - b).join("-");
        if (!pairs.has(key)) pairs.set(key, []);
        pairs.get(key).push(group);
      }
    }
  }
  return pairs;
}

// All pairs, or those of the chosen municipality where it has any.
function sharedShown() {
  const all = [...sharedPairs()];
  const own = all.filter(([key]) => key.split("-").includes(String(state.unit)));
  return (own.length ? own : all).sort((a, b) => a[1].length - b[1].length).map(([key, groups]) => {
    const [a, b] = key.split("-").map((index) => data.units[Number(index)]);
    return { a, b, groups };
  });
}

function drawShared() {
  return sharedShown().map(({ a, b, groups }) =>
    tie(arc(a, b), [pairName(a, b), groups.map((group) => shorten(nameOf(group.short).text, 60)).join(" · ")],
      { color: base().link, weight: 0.5 + groups.length * 0.8, opacity: Math.min(0.1 + groups.length * 0.22, 0.9) }));
}

const typedPairs = () => data.ties
  .map((link) => ({ link, a: data.units[link.between[0]], b: data.units[link.between[1]] }))
  .filter(({ a, b }) => hasPoint(a) && hasPoint(b));

function drawTyped() {
  return typedPairs().map(({ link, a, b }) => {
    return tie([pointOf(a), pointOf(b)], [shorten(link.name), term("link", link.kind)],
      { color: base().selected, weight: 4, dashArray: link.kind === "ferry" ? "2 6" : link.kind === "rail" ? "8 4" : null, className: `tie ${link.kind}` });
  });
}

// The links on the map as rows of a table.
function linkRows() {
  const rows = [];
  const row = (layer, a, b, detail, groups = []) => rows.push({ layer, a, b, detail, groups, km: hasKm(a) && hasKm(b) ? kilometres(a, b) : null });
  const hasKm = (unit) => unit && unit.x !== null && unit.x !== undefined;
  const draw = {
    spines: () => {
      for (const group of shownGroups()) {
        for (const run of group.runs) {
          for (let place = 1; place < run.length; place += 1) {
            const [a, b] = [group.spine[run[place - 1]].unit, group.spine[run[place]].unit];
            if (a !== null && b !== null) row("spines", data.units[a], data.units[b], "", [group]);
          }
        }
      }
    },
    borders: () => { for (const { a, b, km, group } of borderPairs()) row("borders", a, b, t("border_of", { km: number(km, 0) }), [group]); },
    distances: () => { for (const [a, b] of distancePairs()) row("distances", a, b, ""); },
    shared: () => { for (const { a, b, groups } of sharedShown()) row("shared", a, b, "", groups); },
    ties: () => { for (const { link, a, b } of typedPairs()) row("ties", a, b, `${term("link", link.kind)}: ${link.name}`); },
  };
  for (const [name, gather] of Object.entries(draw)) if (state.layers.has(name)) gather();
  return rows;
}
