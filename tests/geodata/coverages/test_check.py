"""The coverage doctor on constructed faults and on faults put into Finland."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon, box

import geodata
from geodata.coverages.check import FATAL_KINDS, MESSAGES, check_coverage
from geodata.coverages.repair import repair_coverage
from geodata.errors import ArgumentError, CoverageError
from zones.texts import LANGUAGES, phrase, phrases

needs_clean = pytest.mark.skipif(
    not hasattr(shapely, "coverage_clean"), reason="repair needs shapely 2.2"
)


@pytest.fixture(scope="module")
def finland():
    return geodata.municipalities(2026)


def series(**units):
    return gpd.GeoSeries(units, crs=3067)


def frame(**units):
    return gpd.GeoDataFrame({"name": list(units)}, index=list(units), geometry=series(**units))


def kinds(report):
    return [fault.kind for fault in report.faults]


def test_finland_is_a_coverage_in_pieces(finland):
    report = check_coverage(finland)
    assert report.valid
    assert set(kinds(report)) == {"pieces"}
    several = {u for u in finland.index if shapely.get_num_geometries(finland.geometry[u]) > 1}
    assert {fault.units[0] for fault in report.faults} == several
    report.require()


def test_real_straits_are_no_gaps(finland):
    assert not check_coverage(finland, gap_width=10.0).of("gap")


def test_a_hair_thin_overlap_is_found_by_its_edges():
    # 0.1 m2 along 2.6 km, as in a real layer: 0.04 mm deep, far below any area tolerance.
    report = check_coverage(series(a=box(0, 0, 1000, 2600), b=box(1000 - 4e-5, 0, 2000, 2600)))
    (fault,) = report.faults
    assert (fault.kind, fault.units, fault.fatal) == ("overlap", ("a", "b"), True)
    assert fault.size == pytest.approx(0.104, rel=1e-3)
    assert fault.length_m == pytest.approx(2600, rel=1e-6)
    assert fault.place == pytest.approx((1000, 1300), abs=1)
    thinner = check_coverage(series(a=box(0, 0, 1000, 2600), b=box(1000 - 1e-6, 0, 2000, 2600)))
    assert kinds(thinner) == ["overlap_thin"]
    assert "less than 0.01 m²" in str(thinner)


def test_overlaps_have_place_and_size():
    report = check_coverage(series(a=box(0, 0, 10, 10), b=box(8, 0, 20, 10), c=box(12, 2, 14, 4)))
    first, second = report.of("overlap")
    assert (first.units, first.size) == (("a", "b"), 20.0)
    assert (second.units, second.size, second.place) == (("b", "c"), 4.0, (13.0, 3.0))


def test_equal_polygons_and_ids_given_twice():
    twice = gpd.GeoSeries([box(0, 0, 1, 1), box(5, 0, 6, 1), box(5, 0, 6, 1)], ["a", "a", "b"])
    report = check_coverage(twice)
    assert [(f.kind, f.units, f.size) for f in report.fatal] == [
        ("twice", ("a",), 2),
        ("duplicate", ("a", "b"), 1.0),
    ]


def test_borders_without_the_same_vertices():
    (fault,) = check_coverage(series(a=box(0, 0, 20, 20), b=box(20, 0, 30, 10))).faults
    assert (fault.kind, fault.units) == ("unmatched", ("a", "b"))


def test_gaps_open_and_closed():
    open_gap = check_coverage(series(a=box(0, 0, 100, 200), b=box(100.5, 0, 200, 200)))
    (fault,) = open_gap.faults
    assert fault.kind == "gap"
    assert fault.size == pytest.approx(100.0)
    assert fault.length_m == pytest.approx(200.0)
    right = Polygon([(100, 0), (200, 0), (200, 200), (100, 200), (100.5, 100)])
    (fault,) = check_coverage(series(a=box(0, 0, 100, 200), b=right)).faults
    assert (fault.kind, fault.size) == ("gap", pytest.approx(50.0))
    assert check_coverage(series(a=box(0, 0, 100, 200), b=right), gap_width=0.1).valid


def test_a_thin_unit_between_two_is_no_gap():
    units = series(a=box(0, 0, 100, 90), b=box(100, 0, 100.5, 90), c=box(100.5, 0, 200, 90))
    report = check_coverage(units)
    assert report.valid
    assert kinds(report) == ["sliver"]
    assert report.faults[0].units == ("b",)


def test_holes_are_told_and_do_not_forbid():
    around = box(0, 0, 100, 100).difference(box(40, 40, 60, 60))
    report = check_coverage(series(a=around))
    (fault,) = report.faults
    assert (fault.kind, fault.units, fault.size) == ("hole", ("a",), 400.0)
    assert report.valid


def test_an_invalid_polygon_hides_no_other_fault():
    # The ring of a touches itself at (10, 15), around t; e overlaps it by 5 m2.
    rings = {
        "a": "10 10, 19.5 10, 20 10, 20 20, 19.5 20, 10 20, 10 15, 12 16, 12 14, 10 15, 10 10",
        "t": "10 15, 12 16, 12 14, 10 15",
        "s": "0 0, 30 0, 30 10, 20 10, 19.5 10, 10 10, 0 10, 0 0",
        "n": "0 20, 10 20, 19.5 20, 20 20, 30 20, 30 30, 0 30, 0 20",
        "w": "0 10, 10 10, 10 15, 10 20, 0 20, 0 10",
        "e": "19.5 10, 20 10, 30 10, 30 20, 20 20, 19.5 20, 19.5 10",
    }
    polygons = {unit: shapely.from_wkt(f"POLYGON (({ring}))") for unit, ring in rings.items()}
    report = check_coverage(series(**polygons))
    assert [(fault.kind, fault.units) for fault in report.fatal] == [
        ("invalid", ("a",)),
        ("overlap", ("a", "e")),
    ]
    assert report.fatal[1].size == 5
    assert not report.of("hole")


def test_collections_of_polygons_alone_are_polygons():
    inner = shapely.GeometryCollection([box(0, 0, 10, 10)])
    nested = shapely.GeometryCollection([inner, shapely.MultiPolygon([box(10, 0, 20, 10)])])
    mixed = shapely.GeometryCollection([box(40, 0, 50, 10), shapely.Point(0, 0)])
    report = check_coverage(series(a=inner, b=nested, c=mixed, d=shapely.GeometryCollection()))
    assert [(fault.kind, fault.units) for fault in report.fatal] == [
        ("empty", ("c",)),
        ("empty", ("d",)),
        ("overlap", ("a", "b")),
    ]


def test_invalid_polygons_say_why_and_where():
    bow = Polygon([(0, 0), (20, 20), (20, 0), (0, 20)])
    report = check_coverage(series(a=bow, b=None, c=Polygon(), d=box(90, 0, 120, 20)))
    assert kinds(report) == ["empty", "empty", "invalid", "pieces"]
    fault = report.faults[2]
    assert (fault.units, fault.place, fault.reason) == (("a",), (10.0, 10.0), "Self-intersection")
    with pytest.raises(CoverageError, match=r"4 polygons are no coverage: b: no polygon; c: no"):
        report.require()


def test_the_report_as_a_table_and_as_text():
    report = check_coverage(series(a=box(0, 0, 10, 10), b=box(8, 0, 20, 10), c=None))
    table = report.to_frame()
    assert table.crs == "EPSG:3067"
    assert list(table["kind"]) == ["empty", "overlap"]
    assert table.geometry.iloc[0] is None
    assert table.geometry.iloc[1] == shapely.Point(9, 5)
    assert str(report).splitlines() == [
        "3 units: faults that forbid figures: 2",
        "  c: no polygon",
        "  a, b: overlap of 20 m² along 12 m of border, largest at (9.0, 5.0)",
    ]
    assert check_coverage(series()).valid


def test_degrees_negative_widths_and_unknown_kinds_are_refused():
    with pytest.raises(CoverageError, match="in degrees"):
        check_coverage(series(a=box(0, 0, 10, 10)).to_crs(4326))
    with pytest.raises(ArgumentError, match="0 or more"):
        check_coverage(series(a=box(0, 0, 10, 10)), gap_width=-1)
    with pytest.raises(CoverageError, match="kind='gaps' is not known"):
        check_coverage(series(a=box(0, 0, 10, 10))).of("gaps")


def test_every_kind_has_its_sentence_in_three_languages():
    assert set(MESSAGES) > FATAL_KINDS
    english = phrases("coverage_check", "en")
    assert {key: english[key] for key in MESSAGES} == MESSAGES
    fault = check_coverage(series(a=box(0, 0, 10, 10), b=box(8, 0, 20, 10))).faults[0]
    for lang in LANGUAGES:
        assert "20 m²" in phrase(f"coverage_check.{fault.kind}", lang, **fault.params)
    assert phrase(f"coverage_check.{fault.kind}", "en", **fault.params) == fault.message


@needs_clean
def test_a_shaken_municipality_is_repaired_and_nothing_else_moves(finland):
    shaken = finland.copy()
    geometry = list(shaken.geometry)
    at = shaken.index.get_loc("FI_179")
    depth = 4e-5
    geometry[at] = shapely.transform(
        geometry[at], lambda xy: xy + depth * np.sin(1e3 * xy[:, ::-1] + xy)
    )
    shaken = shaken.set_geometry(gpd.GeoSeries(geometry, index=shaken.index, crs=shaken.crs))
    with pytest.raises(CoverageError, match="FI_179"):
        geodata.border_table(shaken.geometry)
    mended = repair_coverage(shaken)
    assert mended.report.valid
    assert {fault.kind for fault in mended.before.fatal} <= {"overlap", "overlap_thin", "gap"}
    assert list(mended.frame.columns) == list(finland.columns)
    assert mended.frame.index.equals(finland.index)
    around = {"FI_179"} | set(geodata.border_table(finland.geometry).neighbours(["FI_179"]))
    assert set(mended.moved_m2.index[mended.moved_m2 > 0]) <= around
    assert 0 < mended.moved_m2.sum() < 10
    assert np.allclose(mended.frame.area, finland.area, atol=5)
    assert len(geodata.border_table(mended.frame.geometry).pairs) == 773


@needs_clean
def test_repair_of_overlaps_gaps_and_invalid_polygons():
    overlap = repair_coverage(frame(a=box(0, 0, 10, 9), b=box(9, 0, 20, 9)))
    assert overlap.moved_m2.to_dict() == {"a": 0.0, "b": 9.0}
    assert overlap.frame.area.sum() == 180.0
    gap = repair_coverage(frame(a=box(0, 0, 100, 20), b=box(100.5, 0, 200, 20)), snap_m=1.0)
    assert gap.frame.area.sum() == pytest.approx(4000.0)
    assert gap.moved_m2.sum() == pytest.approx(10.0)
    bow = Polygon([(30, 0), (50, 20), (50, 0), (30, 20)])
    unmatched = repair_coverage(frame(a=box(0, 0, 20, 20), b=box(20, 0, 30, 10), c=bow))
    assert unmatched.report.valid
    assert unmatched.moved_m2.sum() == 0.0
    assert str(unmatched).startswith("faults repaired: ")


@needs_clean
def test_what_is_valid_stays_as_it_is():
    given = frame(a=box(0, 0, 10, 10), b=box(10, 0, 20, 10))
    same = repair_coverage(given)
    assert same.frame is given
    assert same.moved_m2.to_dict() == {"a": 0.0, "b": 0.0}


@pytest.mark.parametrize(
    ("units", "message"),
    [
        ({"a": box(0, 0, 10, 10), "b": None}, "no snapping repairs this: b: no polygon"),
        ({"a": box(0, 0, 10, 10), "b": box(0, 0, 10, 10)}, "a, b: the same polygon"),
        pytest.param(
            {"a": box(0, 0, 10, 10), "b": box(2, 2, 4, 4)},
            "^b would be left without area",
            marks=needs_clean,
        ),
        pytest.param(
            {"a": box(0, 0, 100, 90), "b": box(100.5, 0, 200, 90)},
            "snapping by 0.1 m does not make a coverage: a, b: gap of 45 m²",
            marks=needs_clean,
        ),
    ],
)
def test_repair_refuses_what_it_cannot_mend(units, message):
    with pytest.raises(CoverageError, match=message):
        repair_coverage(frame(**units))


def test_repair_refuses_negative_snapping_and_old_shapely(monkeypatch):
    overlapping = frame(a=box(0, 0, 10, 9), b=box(9, 0, 20, 9))
    with pytest.raises(ArgumentError, match="snap_m -1"):
        repair_coverage(overlapping, snap_m=-1)
    monkeypatch.delattr(shapely, "coverage_clean", raising=False)
    with pytest.raises(CoverageError, match=r"needs shapely 2\.2"):
        repair_coverage(overlapping)
