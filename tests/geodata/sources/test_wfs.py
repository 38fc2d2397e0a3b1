"""Boundaries from a stand-in for Statistics Finland's WFS.

Shapes of answers are documented, polygons are the bundled ones, and all faults are constructed.
"""

import dataclasses
import gzip
import hashlib

import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geodata
from geodata import sources
from geodata.errors import OfflineError, ServiceError
from geodata.sources import cache
from tests.geodata.sources.bad_server import (
    QUICK,
    BadServer,
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

LAYER = "tilastointialueet:kunta4500k_2026"


def kunta(year):
    """Features of a kunta layer (fields as recorded in 2026)."""
    frame = geodata.municipalities(year)
    return [
        {
            "type": "Feature",
            "id": f"kunta4500k_{year}.{number}",
            "geometry": shapely.geometry.mapping(shape),
            "geometry_name": "geom",
            "properties": {
                "id": number,
                "kunta": unit[3:],
                "vuosi": year,
                "nimi": name_fi,
                "namn": name_sv,
                "name": name_fi,
            },
        }
        for number, (unit, shape, name_fi, name_sv) in enumerate(
            zip(frame.index, frame.geometry, frame["name_fi"], frame["name_sv"], strict=True)
        )
    ]


@pytest.fixture(scope="module")
def features():
    return kunta(2026)


@pytest.fixture
def server(features):
    with BadServer(wfs({LAYER: features})) as running:
        yield running


@pytest.fixture
def fetch(server, tmp_path):
    def fetch(year=2026, **more):
        more = {"folder": tmp_path / "cache", "transport": QUICK} | more
        return sources.fetch_boundaries(year, base_url=f"{server.url}/geoserver/wfs", **more)

    return fetch


def files(tmp_path):
    folder = tmp_path / "cache"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_layer_is_like_the_bundled_one(fetch, tmp_path):
    fetched = fetch()
    assert_geodataframe_equal(fetched.data, geodata.municipalities(2026))
    assert (fetched.requested_year, fetched.year, fetched.division) == (2026, 2026, 2026)
    assert not fetched.is_older
    assert fetched.licence == "CC BY 4.0"
    assert fetched.line.startswith("Source: Statistics Finland, municipality-based")
    assert f"{fetched.fetched_at:%Y-%m-%d}" in fetched.line
    assert "kunta4500k_2026" in fetched.url
    content, entry = cache.load(LAYER, folder=tmp_path / "cache")
    assert hashlib.sha256(content).hexdigest() == fetched.sha256 == entry.sha256
    assert (entry.url, entry.line, entry.size) == (fetched.url, fetched.line, len(content))


def test_the_query_is_the_documented_one(server, fetch):
    fetch()
    hits_query, query = (request.query for request in server.requests)
    common = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": LAYER,
    }
    assert hits_query == common | {"resultType": "hits"}
    assert query == common | {"outputFormat": "application/json", "srsName": "EPSG:3067"}


def test_the_cached_file_is_used_until_told_otherwise(server, fetch, tmp_path, monkeypatch):
    first = fetch()
    asked = len(server.requests)
    monkeypatch.setenv("ZONES_OFFLINE", "1")
    assert_geodataframe_equal(fetch().data, first.data)
    assert len(server.requests) == asked
    monkeypatch.delenv("ZONES_OFFLINE")
    again = fetch(refresh=True)
    assert len(server.requests) == 2 * asked
    assert again.sha256 == first.sha256
    assert len(sources.cached(tmp_path / "cache")) == 1


def test_what_was_fetched_changes_no_bundled_figure(features, fetch, server):
    before = geodata.municipalities(2026)
    fetch()
    assert_geodataframe_equal(geodata.municipalities(2026), before)


def test_offline_without_a_cached_file(server, fetch, monkeypatch, tmp_path):
    monkeypatch.setenv("ZONES_OFFLINE", "1")
    with pytest.raises(OfflineError, match="ZONES_OFFLINE=1"):
        fetch()
    assert server.requests == []
    assert files(tmp_path) == []


@pytest.mark.parametrize("status", [200, 400])
def test_a_new_years_layer_is_late(server, features, fetch, status):
    good = server.service

    def late(request):
        reply = good(request)
        return dataclasses.replace(reply, status=status) if reply.status == 400 else reply

    server.service = late
    fetched = fetch(2027)
    assert (fetched.requested_year, fetched.year) == (2027, 2026)
    assert fetched.is_older
    assert "asked for 2027" in repr(fetched)
    assert len(fetched.data) == 308
    # It is looked for again the next time, and the year before is then in the cache.
    asked = len(server.requests)
    assert fetch(2027).year == 2026
    assert [r.query.get("resultType") for r in server.requests[asked:]] == ["hits", "hits"]


def test_neither_year_is_there(fetch):
    with pytest.raises(ServiceError, match=r"neither .*kunta4500k_2031 nor .*kunta4500k_2030"):
        fetch(2031)


def test_pages(server, features, fetch):
    server.service = wfs({LAYER: features}, page=100)
    assert_geodataframe_equal(fetch().data, geodata.municipalities(2026))
    paged = [r.query for r in server.requests if "startIndex" in r.query]
    assert [query["startIndex"] for query in paged] == ["0", "100", "200", "300"]
    assert {query["sortBy"] for query in paged} == {"kunta"}


def test_a_scale(server, features, fetch):
    server.service = wfs({"tilastointialueet:kunta1000k_2026": features})
    assert "kunta1000k_2026" in fetch(scale="1000k").line
    with pytest.raises(ValueError, match="give one of 1000k, 4500k"):
        fetch(scale="1:1000000")


def test_progress(server, fetch, features):
    reports = []
    fetch(progress=lambda *report: reports.append(report))
    label, done, total = reports[-1]
    assert label == LAYER
    assert done == total > 100_000


def test_a_progress_bar_leaves_stdout_alone(fetch, capsys):
    fetch(progress=True)
    assert capsys.readouterr().out == ""


# -- answers that are not to be believed ------------------------------------------------------


def every_get_feature(server, reply):
    """Answer the count as it should be, and every request for features with this reply."""
    good = server.service
    server.service = lambda r: good(r) if r.query.get("resultType") == "hits" else reply


def few(features, matched=308):
    return as_json(collection(features[:300], matched))


def changed(features, **properties):
    first = features[0] | {"properties": features[0]["properties"] | properties}
    return as_json(collection([first, *features[1:]], 308))


def shaped_so(feature, coordinates):
    return feature | {"geometry": {"type": "Polygon", "coordinates": coordinates}}


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda _: as_html("Maintenance"), r"GeoJSON was expected.*an HTML page.*Maintenance"),
        (lambda _: as_json({"error": "busy"}), "GeoJSON was expected; type is missing"),
        (lambda _: as_json([1, 2]), r"it should be an object and is \[1, 2\]"),
        (lambda _: as_json({"type": "FeatureCollection", "features": [1, 2]}),
         r"GeoJSON was expected; features\[0\] should be an object and is 1; features\[1\]"),
        (lambda _: as_json({"type": "FeatureCollection", "features": [{"properties": [1]}] * 9}),
         r"features\[0\].properties should be an object or null and is \[1\].* and 4 more; found"),
        (lambda f: as_json(collection(f, 308) | {"crs": "EPSG:3067"}),
         "crs should be an object or null and is 'EPSG:3067'"),
        (lambda f: as_json(collection(f, 308) | {"type": "Topology"}),
         "type should be 'FeatureCollection' and is 'Topology'"),
        (lambda _: Reply(body=b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
         "nested too deeply"),
        (lambda f: Reply(body=as_json(collection(f, 308)).body.replace(b"\xc3", b"\xff")),
         "cut off or garbled"),
        (lambda f: as_json(collection([f[0] | {"geometry": {"type": "Polygon"}}, *f[1:]], 308)),
         r"not usable and was not kept.*geometry"),
        (lambda f: as_json(collection([f[0] | {"geometry": {"type": "Blob"}}, *f[1:]], 308)),
         r"not usable and was not kept.*geometry"),
        (lambda f: as_json(collection([shaped_so(f[0], []), *f[1:]], 308)),
         r"a geometry is empty"),
        (lambda f: as_json(collection(
            [shaped_so(f[0], [[[0, 0], [1e300, 0], [0, 1e300], [0, 0]]]), *f[1:]], 308)),
         r"no metres of EPSG:3067"),
        (lambda _: Reply(body=rb'{"type": "FeatureCollection", "features": [], "a": "\ud800"}'),
         "cut off or garbled"),
        (lambda f: as_json(collection(f, 308) | {"crs": {"properties": {"name": "\x1b[31m"}}}),
         "EPSG:3067 was asked for, \ufffd\\[31m came"),
        (lambda f: as_json(collection([shaped_so(f[0], [["a", "b"]]), *f[1:]], 308)),
         r"not usable and was not kept.*geometry"),
        (lambda _: Reply(body=b"kunta;nimi\n005;x", headers={"Content-Type": "text/csv"}),
         r"GeoJSON was expected and text/csv"),
        (lambda _: Reply(body=b""), "the body is empty"),
        (lambda f: Reply(body=as_json(collection(f, 308)).body[:-9]), "cut off or garbled"),
        (lambda f: as_json(collection(f, 308), cut=5000), "connection broke off"),
        (lambda _: zipped(Reply(body=gzip.compress(b"x"))), "GeoJSON was expected"),
        (lambda _: exception_report("Out of memory", locator="", status=200),
         r"refuses .*Out of memory"),
        (lambda _: exception_report("Out of memory", locator="", status=400),
         r"refuses .*Out of memory"),
        (lambda _: as_json(collection([], 308)), "came without a feature"),
        (lambda f: as_json(collection([*f[:-1], f[0]], 308)), r"more than once \(005\)"),
        (lambda f: changed(f, kunta=5), r"text field 'kunta'; fields found: id, kunta, name"),
        (lambda f: as_json(collection([f[0] | {"geometry": None}, *f[1:]], 308)),
         "without geometry: 005"),
        (lambda f: as_json(collection(f, 308) | {"crs": {"properties": {"name": "EPSG:4326"}}}),
         "EPSG:3067 was asked for, EPSG:4326 came"),
        (lambda f: changed(f, kunta="999"), r"not usable and was not kept.*'999'"),
        (lambda f: changed(f, nimi="AlajÃ¤rvi"), r"not usable and was not kept.*broken encoding"),
        (lambda _: Reply(body=b"{}", headers={"Content-Length": "1000000000"}),
         "announces 1,000,000,000 bytes"),
    ],
)  # fmt: skip
def test_what_is_not_the_layer_is_refused(  # noqa: PLR0917
    server, features, fetch, tmp_path, spoil, message
):
    every_get_feature(server, spoil(features))
    with pytest.raises(ServiceError, match=message) as caught:
        fetch()
    assert server.url in str(caught.value)
    assert "\n" not in str(caught.value)
    assert files(tmp_path) == []


def test_fewer_features_than_announced(server, features, fetch, tmp_path):
    # Every page after the first is empty: the service stops in the middle.
    def stops(request):
        if request.query.get("resultType") == "hits":
            return hits(308)
        start = int(request.query.get("startIndex", 0))
        return as_json(collection(features[:300] if start == 0 else [], 308))

    server.service = stops
    with pytest.raises(ServiceError, match=r"308 features .* announced and 300 came"):
        fetch()
    assert files(tmp_path) == []


def test_pages_without_end(features, fetch, server, tmp_path):
    """Each page has features, and there are always more of them announced."""

    def more(request):
        if request.query.get("resultType") == "hits":
            return hits(900_000_000)
        start = int(request.query.get("startIndex", 0))
        page = [
            feature | {"properties": {"kunta": f"{start + number}"}}
            for number, feature in enumerate(features[:3])
        ]
        return as_json(collection(page, 900_000_000))

    server.service = more
    with pytest.raises(ServiceError, match=r"not complete after 0.5 s"):
        fetch(transport=dataclasses.replace(QUICK, deadline=0.5))
    with pytest.raises(ServiceError, match=r"500,000 are accepted in all"):
        fetch(transport=dataclasses.replace(QUICK, max_bytes=500_000))
    assert files(tmp_path) == []


def test_the_same_page_again_and_again(features, fetch, server):
    server.service = lambda r: (
        hits(308)
        if r.query.get("resultType") == "hits"
        else as_json(collection(features[:100], 308))
    )
    with pytest.raises(ServiceError, match=r"308 features .* announced and 100 came"):
        fetch()
    assert len(server.requests) == 4


def test_a_count_that_will_not_be_told(server, features, fetch):
    good = server.service
    server.service = lambda r: hits("unknown") if r.query.get("resultType") == "hits" else good(r)
    assert len(fetch().data) == 308


@pytest.mark.parametrize(
    "reply",
    [
        as_html("Login"),
        as_xml("<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0'/>"),
        as_xml("<!DOCTYPE x [<!ENTITY a 'a'>]><x numberMatched='308'>&a;</x>"),
        as_xml("<broken"),
    ],
)
def test_a_count_that_is_none(server, fetch, reply):
    server.spoil(reply)
    with pytest.raises(ServiceError, match="numberMatched was expected"):
        fetch()


@pytest.mark.parametrize(
    "passing",
    [Reply(429), Reply(429, headers={"Retry-After": "0"}), Reply(500), Reply(503), Reply(hang=5)],
)
def test_what_passes_is_waited_for(server, fetch, passing):
    server.spoil(passing)
    assert len(fetch().data) == 308


def test_a_body_cut_off_once(server, features, fetch):
    whole = as_json(collection(features, 308))
    server.spoil(hits(308), dataclasses.replace(whole, cut=5000), Reply(body=whole.body[:-5000]))
    assert len(fetch().data) == 308


def test_a_failure_leaves_the_earlier_file(server, features, fetch, tmp_path):
    first = fetch()
    every_get_feature(server, few(features))
    with pytest.raises(ServiceError):
        fetch(refresh=True)
    assert_geodataframe_equal(fetch().data, first.data)
    assert len(sources.cached(tmp_path / "cache")) == 1
