// What the page's modules compute, without a page. Run by node's own test runner.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { changeAt } from "../../../../zones/maps/web/scripts/change.js";
import { peopleIn, sumsOf } from "../../../../zones/maps/web/scripts/series.js";
import { classOf, countClasses, radiusOf, sizeSteps } from "../../../../zones/maps/web/scripts/classes.js";
import { mixed } from "../../../../zones/maps/web/scripts/colour.js";
import { plainCell, sorted } from "../../../../zones/maps/web/scripts/columns.js";
import { data, readData, readSeries, rowsOf } from "../../../../zones/maps/web/scripts/data.js";
import { editDistance, entriesOf, findEntries } from "../../../../zones/maps/web/scripts/finding.js";
import { decodePolygons } from "../../../../zones/maps/web/scripts/grid.js";
import { formatNumber, formatPercent, plainNumber } from "../../../../zones/maps/web/scripts/numbers.js";
import { commonYear, componentsOf, differenceOf, partsOf, total } from "../../../../zones/maps/web/scripts/members.js";
import { nearest } from "../../../../zones/maps/web/scripts/pairs.js";
import { placeLabels } from "../../../../zones/maps/web/scripts/placement.js";
import { crsOf, fromPlane, toPlane } from "../../../../zones/maps/web/scripts/projection.js";
import { fileName, fold, harmless, hostOf, isAddress, quoted, shorten, titleOf, xmlText } from "../../../../zones/maps/web/scripts/text.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf-8"));
const cases = read("cases.json");
const { views } = read("../../../../zones/maps/palette.json");

test("numbers are written as Python writes them", () => {
  for (const [lang, value, digits, text] of cases.numbers) assert.equal(formatNumber(lang, value, digits), text);
  for (const [lang, value, digits, text] of cases.percents) assert.equal(formatPercent(lang, value, digits), text);
});

test("cells are written as Python writes them", () => {
  for (const [text, cell] of cases.cells) assert.equal(harmless(text), cell);
});

test("a change has its sign, nothing has none, and no figure is a dash", () => {
  assert.equal(formatNumber("en", 5, 0, true), "+5");
  assert.equal(formatNumber("en", 0.04, 1, true), "0.0");
  assert.equal(formatPercent("fi", -2, 1, true), "\u22122,0\u00a0%");
  assert.equal(formatNumber("en", null), "–");
  assert.equal(formatPercent("en", undefined), "–");
});

test("a number that is saved is rounded as it is shown", () => {
  for (const [, value, digits] of cases.numbers) {
    const shown = formatNumber("en", value, digits).replaceAll(",", "").replace("\u2212", "-");
    assert.equal(plainNumber(value, digits), shown);
  }
  const column = { key: "change", number: (row) => row.change, digits: 1 };
  assert.equal(plainCell(column, { change: -0.15 }, ","), "-0,2");
  assert.equal(plainCell(column, { change: null }, ","), "");
  assert.equal(plainCell({ ...column, word: () => "=none" }, { change: null }, ","), "'=none");
});

test("classes are those of Python, and every figure is counted", () => {
  for (const [view, value, rank] of cases.classes) assert.equal(classOf(value, views[view].limits), rank);
  for (const [value, limits, rank] of cases.limits) assert.equal(classOf(value, limits), rank);
  assert.deepEqual(countClasses([1, 2, null, 9], [2, 5]), { counts: [1, 1, 1], unknown: 1 });
});

test("circles and their key are those of Python", () => {
  for (const [value, most, largest, radius] of cases.radii) assert.equal(radiusOf(value, most, largest), radius);
  for (const [most, digits, steps] of cases.sizes) assert.deepEqual(sizeSteps(most, digits), steps);
});

test("labels touch no other label, control or point of an axis", () => {
  const wanted = Array.from({ length: 200 }, (_, index) => ({ index, x: (index * 37) % 400, y: (index * 53) % 300, width: 20 + (index % 7) * 8 }));
  const control = [0, 0, 60, 40];
  const placed = placeLabels(wanted, { size: { x: 400, y: 300 }, room: 1000, taken: [control], points: [wanted[5]] });
  const boxes = placed.map(({ index, side }) => {
    const { x, y, width } = wanted[index];
    const left = { "": x + 7, left: x - 7 - width, above: x - width / 2 }[side];
    const top = side === "above" ? y - 23 : y - 8;
    return [left, top, left + width, top + 16];
  });
  const touch = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  assert.ok(placed.length > 20);
  boxes.forEach((box, place) => {
    assert.ok(!touch(box, control));
    assert.ok(box[0] > 0 && box[1] > 0 && box[2] < 400);
    assert.ok(!boxes.slice(place + 1).some((other) => touch(box, other)));
    const { x, y } = wanted[5];
    if (placed[place].index !== 5) assert.ok(!touch(box, [x, y, x + 1, y + 1]));
  });
});

test("a label goes right of its point, else left, else above, and no more than there is room", () => {
  const where = { size: { x: 300, y: 200 }, room: 9, taken: [], points: [] };
  const one = { index: 0, x: 150, y: 100, width: 60 };
  const right = [157, 94, 217, 108];
  const left = [83, 94, 143, 108];
  assert.deepEqual(placeLabels([one], where), [{ index: 0, side: "" }]);
  assert.deepEqual(placeLabels([one], { ...where, taken: [right] }), [{ index: 0, side: "left" }]);
  assert.deepEqual(placeLabels([one], { ...where, taken: [right, left] }), [{ index: 0, side: "above" }]);
  assert.deepEqual(placeLabels([one], { ...where, room: 0 }), []);
});

test("shapes are sums of their steps", () => {
  assert.deepEqual(decodePolygons([[[1, 0, 0, 1, -1, 0]]], 10), [[[[0, 0.1], [0.1, 0.1], [0.1, 0]]]]);
});

test("the plane is that of pyproj, there and back", () => {
  for (const { plane, points } of cases.planes) {
    for (const [lat, lng, x, y] of points) {
      const there = toPlane(plane, lat, lng);
      assert.ok(Math.hypot(there[0] - x, there[1] - y) < 0.01, `${plane.name} ${lat} ${lng}: ${there}`);
      const back = fromPlane(plane, x, y);
      assert.ok(Math.abs(back[0] - lat) < 1e-7 && Math.abs(back[1] - lng) < 1e-7, `${plane.name} ${lat} ${lng}: ${back}`);
    }
    assert.ok(fromPlane(plane, 1e9, -1e9).every(Number.isFinite));
  }
});

test("a zoom level has the scale that Web Mercator has at the plane's latitude", () => {
  const { plane } = cases.planes[0];
  globalThis.L = { Util: { extend: Object.assign }, CRS: { Earth: {} }, transformation: () => null };
  const crs = crsOf(plane);
  const metres = (zoom) => (40075016.686 * Math.cos((plane.latitude * Math.PI) / 180)) / (256 * 2 ** zoom);
  for (const zoom of [3.5, 5, 9]) {
    assert.ok(Math.abs(1 / crs.scale(zoom) / metres(zoom) - 1) < 1e-9);
    assert.ok(Math.abs(crs.zoom(crs.scale(zoom)) - zoom) < 1e-9);
  }
  delete globalThis.L;
});

test("the nearest is another one", () => {
  const [a, b, c] = [{ x: 0, y: 0 }, { x: 3, y: 4 }, { x: 9, y: 0 }];
  assert.equal(nearest(a, [a, b, c]), b);
  assert.equal(nearest(a, [a]), null);
});

test("a change is from the oldest figure within ten years, and its rate even growth", () => {
  for (const [years, values, place, found] of cases.changes) {
    const change = changeAt(years, values, place);
    assert.deepEqual(change && [change.first, change.last, change.rate], found);
  }
});

test("a series is the sums of its steps, in the years of all countries", () => {
  const { years, series } = readSeries({ years: { FI: [2000, 2001, 2003], SE: [2001, 2002] }, steps: [[10, 2, null], [5, -1]] }, ["FI", "SE"]);
  assert.deepEqual(years, [2000, 2001, 2002, 2003]);
  assert.deepEqual(series, [[10, 12, null, null], [null, 5, 4, null]]);
  assert.deepEqual(readSeries(null, []), { years: [], series: [] });
});

test("a sum with a gap lies between the figures around it, and at an end is not known", () => {
  Object.assign(data, { people_years: [2000, 2001, 2002], units: [{ series: [10, null, 14] }, { series: [5, 6, null] }] });
  assert.deepEqual(peopleIn([0, 1], 2000), { low: 15, high: 15, missing: 0 });
  assert.deepEqual(peopleIn([0, 1], 2001), { low: 16, high: 20, missing: 1 });
  assert.deepEqual(peopleIn([0, 1], 2002), { low: null, high: null, missing: 1 });
  assert.deepEqual(sumsOf([0, 1]), [15, null, null]);
});

test("rows of columns; density needs people and an area", () => {
  assert.deepEqual(rowsOf({ id: ["a", "b"], n: [1, null] }), [{ id: "a", n: 1 }, { id: "b", n: null }]);
  const memberships = { unit: [1, null], name: ["", "gone"], group: [0, 0] };
  readData({ units: { id: ["FI_091", "X1"], people: [10, null], area: [4, 4] }, memberships, groups: [{ kind: "zone", extents: [{ units: [1] }] }] });
  assert.deepEqual(data.units.map(({ code, density }) => [code, density]), [["091", 2.5], ["X1", null]]);
  assert.equal(data.units[1].memberships.length, 1);
  assert.equal(data.memberships[1].name, "gone");
  assert.ok(data.zones[0].extents[0].set.has(1));
});

test("a place is found by any name once, the name shown first", () => {
  const units = [
    { fi: "Mäntyharju", sv: null, en: null, code: "507", id: "FI_507", former: ["Pertunmaa"] },
    { fi: "Pertteli", sv: "Bertby", en: null, code: "1", id: "FI_001", former: [] },
  ];
  const groups = [{ short: { fi: "Perä" }, names: { fi: "Perämeri" }, aliases: ["Arc"] }];
  const entries = entriesOf(units, groups);
  const names = (text) => findEntries(entries, text, ({ unit, group }) => (unit ?? group.short).fi).map((entry) => entry.name);
  assert.deepEqual(names("PER"), ["Perä", "Pertteli", "Pertunmaa"]);
  assert.deepEqual(names("mantyharju"), ["Mäntyharju"]);
  assert.deepEqual(names("bertby"), ["Bertby"]);
  assert.deepEqual(names(" "), []);
});

test("a search forgives a wrong letter in four, two in eight, and none in a code", () => {
  assert.deepEqual([["hlsinki", "helsinki"], ["oluu", "oulu"], ["turuk", "turku"], ["abc", "abc"], ["", "ab"]].map(([a, b]) => editDistance(a, b)), [1, 1, 1, 0, 2]);
  assert.equal(editDistance("hlsin", "helsinki", true), 1);
  const units = ["Helsinki", "Hesunki", "Ii", "Äänekoski"].map((fi, place) => ({ fi, sv: null, en: null, former: [], places: place ? [] : ["Kallio"], code: `09${place}`, id: `FI_09${place}` }));
  const entries = entriesOf(units, []);
  const found = (text) => findEntries(entries, text, ({ unit }) => unit.fi).map(({ name, kind }) => `${kind} ${name}`);
  assert.deepEqual(found("Hlsinki"), ["name Helsinki"]);
  assert.deepEqual(found("Hesinki"), ["name Hesunki", "name Helsinki"]);
  assert.deepEqual(found("aanekosik"), ["name Äänekoski"]);
  assert.deepEqual(found("Hlsin"), ["name Helsinki"]);
  assert.deepEqual(found("kalio"), ["place Kallio"]);
  assert.deepEqual(found("Ij"), []);
  assert.deepEqual(found("094"), []);
  assert.deepEqual(found("FI_094"), []);
});

test("the words of a source's address tell it from its neighbours", () => {
  assert.equal(titleOf("https://suomenkasvukaytava.fi/strategia-2040/"), "Strategia 2040");
  assert.equal(titleOf("https://tampere.cloudnc.fi/a/Suomen_kasvukaytava__verkoston_sopimukse(145561)"), "Suomen kasvukaytava verkoston sopimukse");
  assert.equal(titleOf("https://a.fi/kasvuk%C3%A4yt%C3%A4v%C3%A4.html"), "Kasvukäytävä");
  assert.equal(titleOf("https://a.fi/%E4"), "");
  assert.equal(titleOf("https://a.fi/cgi/D.PHP?id=2025769-39&page=meetingitem"), "id=2025769-39 page=meetingitem");
  assert.equal(titleOf("http://hytki.fi/"), "");
});

test("rows without a value stand last either way", () => {
  const column = { key: "n", number: (row) => row.n };
  const rows = [{ n: null }, { n: 1 }, { n: 3 }];
  assert.deepEqual(sorted(rows, column, false, "fi").map((row) => row.n), [1, 3, null]);
  assert.deepEqual(sorted(rows, column, true, "fi").map((row) => row.n), [3, 1, null]);
});

test("text that is not ours stays text", () => {
  for (const formula of ["=1+1", " +1", "\u202e@x", "-2x", "|a"]) assert.equal(harmless(formula), `'${formula}`);
  assert.equal(harmless("Ii-joki"), "Ii-joki");
  assert.equal(quoted('a;"b"'), '"a;""b"""');
  assert.equal(isAddress("javascript:alert(1)"), false);
  assert.equal(hostOf("HTTPS://www.stat.fi/a/b"), "stat.fi");
  assert.equal(shorten("x".repeat(99), 5), "xxxx…");
  assert.equal(fold("  ÄHTÄRI "), "ahtari");
  assert.equal(mixed(["#000000", "#ffffff"]), "rgb(128,128,128)");
});

test("every member of two lists is in one part of them", () => {
  const [first, second] = [new Set([1, 2, 3]), new Set([3, 4])];
  assert.deepEqual([...partsOf(first, second)], [[1, "first"], [2, "first"], [3, "both"], [4, "second"]]);
  assert.equal(partsOf(first, first).size, 3);
});

test("parts hang together by borders alone, and are not known where no borders are", () => {
  data.borders = [[0, 1, 5], [1, 2, 0], [3, 4, 9]];
  assert.equal(componentsOf(new Set([0, 1, 2, 3, 4])), 2);
  assert.equal(componentsOf(new Set([0, 2])), 2);
  assert.equal(componentsOf(new Set()), 0);
  data.borders = [];
  assert.equal(componentsOf(new Set([0])), null);
});

test("people are of the newest year that all have, and no sum hides a gap", () => {
  data.people_years = [2020, 2021, 2022];
  data.years = { division: 2026 };
  data.units = [{ series: [1, 2, 3] }, { series: [4, 5, null] }, { series: [] }];
  assert.equal(commonYear([0]), 2022);
  assert.equal(commonYear([0, 1]), 2021);
  assert.equal(commonYear([0, 2]), null);
  data.years.division = 2020;
  assert.equal(commonYear([0, 1]), 2020);
  assert.equal(total([0, 1], (index) => data.units[index].series[2]), null);
  assert.equal(total([], () => 1), 0);
});

test("members that are not sure widen a difference, those that both sides have do not", () => {
  data.thin_evidence = 0.5;
  const extent = (units, known) => ({ units, beyond: [], known: [[2020, units.map((_, place) => (place < known ? "d" : "e")).join("")]], measures: [{ name: "members_with_evidence", value: known }] });
  const group = {};
  const side = (units, known, of = group) => ({ group: of, extent: extent(units, known), members: new Set(units) });
  const one = () => 1;
  assert.deepEqual(differenceOf(side([0, 1], 2), side([0, 1, 2, 3, 4], 1), one), { low: 0, high: 3 });
  assert.deepEqual(differenceOf(side([0, 1], 2), side([0, 1, 2, 3, 4], 5), one), { low: 3, high: 3 });
  assert.deepEqual(differenceOf(side([0, 1], 2), side([0, 1, 2, 3, 4], 1), one, true), { low: 3, high: 3 });
  assert.deepEqual(differenceOf(side([0, 1], 2), side([0, 1, 2, 3, 4], 1, {}), one), { low: -1, high: 3 });
});

test("what stands in a picture is valid XML, and in a name of a file harmless", () => {
  assert.equal(xmlText("a\u0000\u001b\ud800b\udc00\ud83d\ude00\uffff\n"), "ab\ud83d\ude00\n");
  assert.equal(fileName(["Finland’s zones", "../Väestö", "fi"]), "finlands-zones-vaesto-fi");
  assert.equal(fileName(["\u202e", "???"]), "map");
});
