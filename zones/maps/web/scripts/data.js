// Reads the page's data into objects that the rest of the page uses.
const data = {};

function decodeRing(steps, scale) {
  const points = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points.push([y / scale, x / scale]);
  }
  return points;
}

const decodePolygons = (shape, scale) =>
  shape.map((polygon) => polygon.map((ring) => decodeRing(ring, scale)));

function readData(payload) {
  Object.assign(data, payload);
  const columns = payload.units;
  const names = Object.keys(columns);
  data.units = columns.id.map((id, index) => {
    const unit = { index, memberships: [] };
    for (const name of names) unit[name] = columns[name][index];
    unit.code = id.replace(/^[A-Z]{2}_/, "");
    unit.density = unit.people !== null && unit.area > 0 ? unit.people / unit.area : null;
    return unit;
  });
  const rows = payload.memberships;
  const fields = Object.keys(rows);
  data.memberships = rows.unit.map((unit, row) => {
    const entry = {};
    for (const field of fields) entry[field] = rows[field][row];
    entry.name = entry.name || null;
    if (unit !== null) data.units[unit].memberships.push(entry);
    return entry;
  });
  data.groups.forEach((group, index) => {
    group.index = index;
    for (const extent of group.extents) extent.set = new Set(extent.units);
    group.byId = new Map(group.extents.map((extent) => [extent.id, extent]));
  });
  data.zones = data.groups.filter((group) => group.kind !== "network");
  data.networks = data.groups.filter((group) => group.kind === "network");
}
