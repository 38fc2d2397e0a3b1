// Reads the page's data into objects that the rest of the page uses.
export const data = /** @type {Data} */ ({});

/** Rows of a table that came as columns. @type {(columns: Record<string, any[]>) => any[]} */
export function rowsOf(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, row) => Object.fromEntries(names.map((name) => [name, columns[name][row]])));
}

/** Figures from the first one and the steps to the next, in the years of a country, laid out in the years of all. @param {Payload["series"]} given @param {string[]} countries */
export function readSeries(given, countries) {
  const years = [...new Set(Object.values(given?.years ?? {}).flat())].sort((a, b) => a - b);
  const series = (given?.steps ?? []).map((steps, index) => {
    let last = 0;
    const figures = steps.map((step) => { last += step ?? 0; return step === null ? null : last; });
    const place = new Map((given?.years[countries[index]] ?? []).map((year, at) => [year, at]));
    return years.map((year) => figures[place.get(year) ?? -1] ?? null);
  });
  return { years, series };
}

/** @param {Payload} payload */
export function readData(payload) {
  const { years, series } = readSeries(payload.series, payload.units.country);
  const units = rowsOf(payload.units).map((unit, index) => ({
    change: null, change_from: null, rate: null, newest: unit.people, ...unit, index, memberships: [], series: series[index] ?? [], code: unit.id.replace(/^[A-Z]{2}_/, ""),
    density: unit.people !== null && unit.area > 0 ? unit.people / unit.area : null,
  }));
  const memberships = rowsOf(payload.memberships).map((row) => ({ ...row, name: row.name || null }));
  for (const row of memberships) if (row.unit !== null) units[row.unit].memberships.push(row);
  const groups = payload.groups.map((group, index) => ({
    ...group, index, extents: group.extents.map((extent) => ({ ...extent, set: new Set(extent.units) })),
  }));
  const indicators = (payload.indicators ?? []).map((column) => ({
    ...column, gaps: new Map(column.gaps.map(([index, why, low, high]) => [index, { why, low, high }])),
    most: column.values.reduce((/** @type {number} */ most, value) => Math.max(most, Math.abs(value ?? 0)), 0),
  }));
  const zones = groups.filter((group) => group.kind !== "network");
  Object.assign(data, payload, { people_years: years, units, memberships, groups, indicators, zones, networks: groups.filter((group) => group.kind === "network") });
}
