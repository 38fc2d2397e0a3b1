"""
Answers of a layer that are wrong in one way each: one clear error, and nothing in the cache.

A case is a line: a name, what is done to a good answer, and what the error has to name, by hand.
Some kinds do no harm, and the data are right in spite of them. All faults are constructed.
"""

import copy
import dataclasses
import json

import pytest

from geodata import sources
from tests.geodata.sources.asking import IMPATIENT, WHOLE, asked, table
from tests.geodata.sources.bad_server import (
    Reply,
    as_html,
    as_json,
    as_xml,
    collection,
    exception_report,
    hits,
    wfs,
    zipped,
)
from tests.geodata.sources.test_wfs import kunta
from tests.geodata.sources.test_wfs_grid import GRID, cells

LAYER = "tilastointialueet:kunta4500k_2026"


@pytest.fixture(scope="module")
def features():
    return kunta(2026)


def with_features(good, reply):
    """Count as announced, and give this reply for features."""
    return lambda r: good(r) if r.query.get("resultType") == "hits" else reply


# -- boundaries ----------------------------------------------------------------------------------


def moved(change):
    """Do something to each coordinate of each polygon."""

    def ring(points):
        if isinstance(points[0], int | float):
            return list(change(*points))
        return [ring(point) for point in points]

    def spoil(features):
        return [
            feature | {"geometry": feature["geometry"] | {"coordinates": ring(coordinates)}}
            for feature in features
            for coordinates in [json.loads(json.dumps(feature["geometry"]["coordinates"]))]
        ]

    return spoil


def first(**more):
    """Do something to the first feature."""
    return lambda features: [features[0] | more, *features[1:]]


def with_properties(**more):
    return lambda features: [
        features[0] | {"properties": features[0]["properties"] | more},
        *features[1:],
    ]


def shape(kind, coordinates):
    return first(geometry={"type": kind, "coordinates": coordinates})


def both_at(features):
    """Give the second the polygon of the first."""
    return [features[0], features[1] | {"geometry": features[0]["geometry"]}, *features[2:]]


@table(
    ("wrong year", lambda f: [
        one | {"properties": one["properties"] | {"vuosi": 2013}} for one in f
     ], r"2026 was asked for: features\[0\]\.properties\.vuosi is 2013;.*and 305 more"),
    ("wrong year of one", with_properties(vuosi=2025), r"features\[0\]\.properties\.vuosi is 2025"),
    ("year of words", with_properties(vuosi="now"), r"properties\.vuosi is now"),
    ("swapped", moved(lambda x, y: (y, x)), "x and y swapped"),
    ("kilometres", moved(lambda x, y: (x / 1000, y / 1000)), "lie elsewhere"),
    ("in feet", moved(lambda x, y: (x / 0.3048, y / 0.3048)), "lie elsewhere"),
    ("in degrees", moved(lambda x, y: (20 + x / 1e5, 60 + (y - 6.6e6) / 1e5)), "lie elsewhere"),
    ("one country over", moved(lambda x, y: (x - 400_000, y)), "lie elsewhere"),
    ("mirrored", moved(lambda x, y: (700_000 - x, y)), "lie elsewhere"),
    ("all at nothing", moved(lambda *_: (0.0, 0.0)), "lie elsewhere|no coverage|empty"),
    ("places exchanged", lambda f: [
        f[1] | {"geometry": f[0]["geometry"]}, f[0] | {"geometry": f[1]["geometry"]}, *f[2:]
     ], r"005 Alajärvi at \(371753.*009 Alavieska at"),
    ("polygon twice", both_at, r"009 Alavieska at \(344387"),
    ("code of nobody", with_properties(kunta="999"), "'999'"),
    ("code without zeros", with_properties(kunta="5"), "'5'"),
    ("code as a number", with_properties(kunta=5), "text field 'kunta'"),
    ("code of a region", with_properties(kunta="MK01"), "'MK01'"),
    ("code of one merged", with_properties(kunta="588"), "'588'"),
    ("no code", with_properties(kunta=None), "text field 'kunta'"),
    ("name garbled", with_properties(nimi="AlajÃ¤rvi"), "broken encoding"),
    ("a point", shape("Point", [300_000, 6_900_000]), "is a Point"),
    ("a line", shape("LineString", [[3e5, 6.9e6], [3.1e5, 6.9e6]]), "is a LineString"),
    ("a ring of two points", shape("Polygon", [[[3e5, 6.9e6], [3.1e5, 6.9e6]]]),
     r"features\[0\]\.geometry is not readable"),
    ("a bow tie", shape("Polygon", [[[340000, 6980000], [350000, 6990000], [350000, 6980000],
                                     [340000, 6990000], [340000, 6980000]]]), "no coverage"),
    ("coordinates as text", shape("Polygon", [[["3", "6"], ["3", "7"], ["4", "7"], ["3", "6"]]]),
     r"features\[0\]\.geometry"),
    ("coordinates of nothing", shape("Polygon", [[None, None, None, None]]),
     r"features\[0\]\.geometry"),
    ("an empty polygon", shape("Polygon", []), r"empty: features\[0\]\.geometry is Polygon"),
    ("a collection of nothing", first(geometry={"type": "GeometryCollection", "geometries": []}),
     r"empty: features\[0\]\.geometry"),
    ("a kind of nothing", first(geometry={"type": "Blob"}), r"features\[0\]\.geometry"),
    ("no kind", first(geometry={"coordinates": []}), r"features\[0\]\.geometry"),
    ("geometry as a list", first(geometry=[1, 2]), r"features\[0\]\.geometry should be an object"),
    ("no geometry", first(geometry=None), "without geometry: 005"),
    ("properties as text", first(properties="005"), r"features\[0\]\.properties should be an obj"),
    ("no properties", first(properties=None), "text field 'kunta'"),
    ("features of numbers", lambda _: [1] * 308, r"features\[0\] should be an object and is 1"),
    ("features of nothing", lambda _: [None] * 308, r"features\[0\] should be an object and is N"),
    ("features of lists", lambda _: [[]] * 308, r"features\[0\] should be an object and is \[\]"),
    ("another type", first(type="Topology"), r"features\[0\]\.type should be 'Feature'"),
    ("no features", lambda _: [], "came without a feature"),
    ("one too few", lambda f: f[:-1], "308 features were announced and 307 came"),
    ("one too many", lambda f: [*f, f[0]], "308 features were announced and 309 came"),
    ("one twice", lambda f: [*f[:-1], f[0]], r"more than once \(005\)"),
    ("one of a million points", lambda f: [
        f[0] | {"geometry": {"type": "Polygon", "coordinates": [[[1, 2]] * 1_000_000]}}, *f[1:]
     ], "8,000,000 are accepted in all"),
    ("fields besides", with_properties(**{f"field {n}": n for n in range(500)}), WHOLE),
    ("another order", lambda f: f[::-1], WHOLE),
    ("heights", moved(lambda x, y: (x, y, 5.0)), WHOLE),
)  # fmt: skip
def test_boundaries(features, spoil, expected, tmp_path):
    good = wfs({LAYER: features})
    spoilt = spoil(features)
    reply = as_json(collection(spoilt, len(spoilt)))
    found = asked(with_features(good, reply), boundaries, expected, tmp_path)
    assert found is None or len(found) == 308


def boundaries(address, folder):
    return sources.fetch_boundaries(2026, base_url=address, folder=folder, transport=IMPATIENT)


# -- the grid, and the ways of an answer to be none ---------------------------------------------

FINE = cells([12, 3, 400, 7])


def square(x, y, side=1000):
    corners = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [corners]}


def of_grid(at=0, geometry=None, **properties):
    """Do something to one cell."""
    made = copy.deepcopy(FINE)
    made[at]["properties"] |= properties
    if geometry is not None:
        made[at]["geometry"] = geometry
    return made


def all_at(place):
    return [
        one | {"geometry": place(300_000 + 1000 * at, 6_900_000)} for at, one in enumerate(FINE)
    ]


def without(name):
    made = copy.deepcopy(FINE)
    for one in made:
        del one["properties"][name]
    return made


@table(
    ("swapped", all_at(lambda x, y: square(y, x)),
     r"not the square that its id names: features\[0\]\.geometry is \(6900000, 300000\)"),
    ("in degrees", all_at(lambda x, _: square(24 + x / 1e7, 60, 0.01)), r"features\[0\]\.geometry"),
    ("kilometres", all_at(lambda x, y: square(x / 1000, y / 1000, 1)), r"features\[0\]\.geometry"),
    ("elsewhere", all_at(lambda x, y: square(x + 100_000, y)), "its grd_id 1kmN6900E0300"),
    ("cells of 5 km", all_at(lambda x, y: square(x, y, 5000)), r"features\[0\]\.geometry"),
    ("centres", all_at(lambda x, y: {"type": "Point", "coordinates": [x + 500, y + 500]}),
     r"features\[0\]\.geometry"),
    ("two at a place", of_grid(1, FINE[0]["geometry"]), r"features\[1\]\.geometry is \(300000"),
    ("ids of nothing", of_grid(2, grd_id="c2"), r"features\[2\]\.properties\.grd_id is c2"),
    ("ids of another grid", of_grid(grd_id="CRS3035RES1000mN4000000E5000000"), "no id of a cell"),
    ("swapped with their ids", [
        {"type": "Feature", "geometry": square(6_900_000, 300_000),
         "properties": {"grd_id": "1kmN0300E6900", "kunta": "005", "vaesto": 1}}
     ], "no id of a cell|outside of Finland"),
    ("in the sea of another", [
        {"type": "Feature", "geometry": square(20_000, 6_900_000),
         "properties": {"grd_id": "1kmN6900E0020", "kunta": "005", "vaesto": 1}}
     ], r"outside of Finland: features\[0\]\.properties\.grd_id is 1kmN6900E0020"),
    ("repeated", [*FINE, FINE[0]], r"more than once \(1kmN6900E0300\)"),
    ("code of nobody", of_grid(kunta="999"), r"features\[0\]\.properties\.kunta is '999'"),
    ("code as a number", of_grid(kunta=5), r"features\[0\]\.properties\.kunta is 5"),
    ("no code", of_grid(3, kunta=None), r"features\[3\]\.properties\.kunta is None"),
    ("below nothing", of_grid(vaesto=-1), r"features\[0\]\.properties\.vaesto is -1"),
    ("more than on Earth", of_grid(vaesto=2**62), r"vaesto is \d"),
    ("people as text", of_grid(vaesto="12"), r"features\[0\]\.properties\.vaesto is 12"),
    ("half a person", of_grid(vaesto=0.5), r"features\[0\]\.properties\.vaesto is 0\.5"),
    ("people as truth", of_grid(vaesto=True), r"features\[0\]\.properties\.vaesto is True"),
    ("people as a list", of_grid(vaesto=[1]), r"features\[0\]\.properties\.vaesto is \[1\]"),
    ("no people", without("vaesto"), "lacks the fields vaesto"),
    ("no codes", without("kunta"), "lacks the fields kunta"),
    ("no ids", without("grd_id"), "text field 'grd_id'"),
    ("people with a point", of_grid(vaesto=12.0), WHOLE),
)  # fmt: skip
def test_a_grid(spoil, expected, tmp_path):
    found = asked(wfs({GRID: spoil}, key="grd_id"), grid, expected, tmp_path)
    assert found is None or found["population"].sum() == 422


def grid(address, folder):
    return sources.fetch_population_grid(2025, base_url=address, folder=folder, transport=IMPATIENT)


WELL = as_json(collection(FINE, len(FINE)))


def changed(**more):
    return as_json(collection(FINE, len(FINE)) | more)


@table(
    ("a page", as_html("Maintenance"), "an HTML page.*Maintenance"),
    ("XML", as_xml("<a/>"), "GeoJSON was expected and text/xml"),
    ("an exception", exception_report("Out of memory", locator="", status=200), "Out of memory"),
    ("CSV", Reply(body=b"a;b", headers={"Content-Type": "text/csv"}), "and text/csv"),
    ("a picture", Reply(body=b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "image/png"}),
     "and image/png"),
    ("nothing", Reply(), "the body is empty"),
    ("null", Reply(body=b"null"), "GeoJSON was expected"),
    ("a number", Reply(body=b"42"), "GeoJSON was expected"),
    ("a list", as_json([]), r"it should be an object and is \[\]"),
    ("an empty object", as_json({}), "type is missing; features is missing"),
    ("another object", as_json({"error": "busy"}), r"type is missing.*found \['error'\]"),
    ("a topology", changed(type="Topology"), "type should be 'FeatureCollection'"),
    ("features as an object", changed(features={}), r"features should be a list and is \{\}"),
    ("features as text", changed(features="many"), "features should be a list and is 'many'"),
    ("features of nothing", changed(features=None), "features should be a list and is None"),
    ("another CRS", changed(crs={"properties": {"name": "EPSG:4326"}}), "EPSG:4326 came"),
    ("CRS as text", changed(crs="EPSG:3067"), "crs should be an object or null"),
    ("CRS of escapes", changed(crs={"properties": {"name": "\x1b[2J"}}), "\ufffd\\[2J came"),
    ("NaN", Reply(body=WELL.body.replace(b"400", b"NaN")), "NaN is no JSON"),
    ("infinite", Reply(body=WELL.body.replace(b"400", b"Infinity")), "Infinity is no JSON"),
    ("a number of a thousand digits", Reply(body=WELL.body.replace(b"400", b"4" * 5000)),
     "cut off or garbled"),
    ("half a character", Reply(body=WELL.body.replace(b"005", rb"\ud800")), "cut off or garbled"),
    ("Latin-1", Reply(body=WELL.body.replace(b"005", b"\xe4")), "cut off or garbled"),
    ("UTF-16", Reply(body=WELL.body.decode().encode("utf-16")), "GeoJSON was expected"),
    ("cut off", Reply(body=WELL.body[:-20]), "cut off or garbled"),
    ("two documents", Reply(body=WELL.body * 2), "cut off or garbled"),
    ("nested", Reply(body=b'{"a":' + b"[" * 99_999 + b"]" * 99_999 + b"}"), "nested too deeply"),
    ("gzip in gzip", zipped(Reply(body=zipped(WELL).body)), "GeoJSON was expected"),
    ("gzip that is none", Reply(body=b"hello", headers={"Content-Encoding": "gzip"}),
     "gzip body is broken"),
    ("gzip that swells", zipped(Reply(body=b" " * 9_000_000)), "8,000,000 are accepted in all"),
    ("another encoding", Reply(body=b"x", headers={"Content-Encoding": "br"}), "sent as 'br'"),
    ("shorter than it says", dataclasses.replace(WELL, cut=100), "connection broke off"),
    ("a gigabyte announced", Reply(headers={"Content-Length": "1000000000"}), "announces 1,000"),
    ("silence", Reply(hang=30), "no answer in time"),
    ("a byte at a time", dataclasses.replace(WELL, drip=0.05), "not complete after 2 s"),
    ("not found", as_html("No such page", 404), "answered 404.*No such page"),
    ("forbidden", Reply(403, body=b"Too many cells"), "answered 403.*Too many cells"),
    ("not now", Reply(503), "answered 503.*asked 2 times"),
    ("too often", Reply(429, headers={"Retry-After": "3600"}), "asks to wait 3600 s"),
    ("no content", Reply(204), "answered 204"),
    ("a part", Reply(206, body=WELL.body), "answered 206"),
    ("in circles", Reply(302, headers={"Location": "/service"}), "redirected more than 5 times"),
    ("onto a file", Reply(302, headers={"Location": "file:///etc/passwd"}), "cannot be asked"),
    ("a byte order mark", Reply(body=b"\xef\xbb\xbf" + WELL.body), WHOLE),
    ("no type", dataclasses.replace(WELL, headers={"Content-Type": ""}), WHOLE),
    ("fields besides", changed(links=[{"rel": "next"}], bbox=[1, 2, 3, 4]), WHOLE),
)  # fmt: skip
def test_an_answer(spoil, expected, tmp_path):
    good = wfs({GRID: FINE}, key="grd_id")
    found = asked(with_features(good, spoil), grid, expected, tmp_path)
    assert found is None or found["population"].sum() == 422


@table(
    ("a page", as_html("Login"), "numberMatched was expected.*an HTML page"),
    ("no count", as_xml("<a/>"), "numberMatched was expected"),
    ("entities", as_xml("<!DOCTYPE x [<!ENTITY a 'a'>]><x numberMatched='4'>&a;</x>"), "numberMat"),
    ("JSON", as_json({"numberMatched": 4}), "numberMatched was expected"),
    ("more than come", hits(5), "5 features were announced and 4 came"),
    ("fewer than come", hits(3), "3 features were announced and 4 came"),
    ("none", hits(0), "0 features were announced and 4 came"),
    ("below nothing", hits(-4), WHOLE),
    ("a million of digits", hits("9" * 1_000), WHOLE),
)
def test_a_count(spoil, expected, tmp_path):
    good = wfs({GRID: FINE}, key="grd_id")
    service = lambda r: spoil if r.query.get("resultType") == "hits" else good(r)  # noqa: E731
    found = asked(service, grid, expected, tmp_path)
    assert found is None or len(found) == 4


def test_pages_without_end(tmp_path):
    """Each page has another cell, and always more of them are announced."""

    def more(request):
        if request.query.get("resultType") == "hits":
            return hits(1_000_000)
        start = int(request.query.get("startIndex", 0))
        page = copy.deepcopy(FINE[:1])
        page[0]["properties"]["grd_id"] = f"1kmN6900E{start:04d}"
        return as_json(collection(page, 1_000_000))

    asked(more, grid, "6 of 1,000,000 features came in 6 pages.*allow more max_pages", tmp_path)
