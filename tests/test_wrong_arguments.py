"""What a newcomer gives by mistake ends in one line of the library's own, never in pandas."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, box
from typeguard import suppress_type_checks

import geodata
from geodata.errors import (
    ArgumentError,
    CoverageError,
    FileFormatError,
    GeodataError,
    HarmoniseError,
    IdentifierError,
    ServiceError,
    YearError,
)
from geodata.sources import Transport, fetch_boundaries, fetch_population
from geodata.sources.json_stat import read_json_stat

PEOPLE = pd.DataFrame({"people": [1, 2]}, index=["FI_588", "FI_507"])


@pytest.fixture(scope="module")
def units():
    return geodata.municipalities(2026)


def points(**more):
    return gpd.GeoDataFrame({"people": [1], **more}, geometry=[Point(385_500, 6_672_500)], crs=3067)


def refused(error, match, call, *given, **more):
    with suppress_type_checks(), pytest.raises(error, match=match) as caught:
        call(*given, **more)
    assert isinstance(caught.value, GeodataError)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("country", ["NO", "fi", ["FI"], 5])
def test_countries(country):
    refused(ArgumentError, "'FI' or 'SE'", geodata.population, 2022, country=country)
    refused(ArgumentError, "'FI' or 'SE'", geodata.municipality_register, country=country)
    refused(ArgumentError, "'FI' or 'SE'", geodata.centres, country=country)
    refused(ArgumentError, "None for both", geodata.parse_id, "091", country=country)
    refused(ArgumentError, "None for both", geodata.populated_places, country=country)


def test_no_country_is_the_home_country():
    assert geodata.population(2022, country=None).equals(geodata.population(2022))


@pytest.mark.parametrize(
    "column",
    [None, 5, {"a": "091"}, pd.DataFrame({"a": ["091"]}), np.array([["091"]])],
    ids=lambda column: type(column).__name__,
)
def test_what_is_no_column_of_codes(column):
    for function in (geodata.parse_ids, geodata.detect_years, geodata.find_faults):
        refused(IdentifierError, "column was expected", function, column)


def test_one_text_where_successors_take_several():
    refused(
        IdentifierError,
        "give a list",
        geodata.successors,
        "FI_588",
        from_year=2024,
        to_year=2025,
    )


@pytest.mark.parametrize("text", ["０９１", "ＫＵ０９１", "\ufeff091", "\ufeffHelsinki"])
def test_full_width_digits_and_the_mark_of_a_file_are_read(text):
    assert geodata.parse_id(text) == "FI_091"


@pytest.mark.parametrize(
    ("table", "more", "match"),
    [
        ([1, 2], {}, "a list was given"),
        (None, {}, "a NoneType was given"),
        (pd.DataFrame({"code": ["588"], "people": [1]}), {}, r"table.set_index\('code'\)"),
        (PEOPLE, {"weights": [1, 2]}, "weights are a list"),
        (PEOPLE, {"weights": {"FI_588": 1}}, "weights are a dict"),
        (PEOPLE, {"weights": PEOPLE}, "weights are a DataFrame"),
        (PEOPLE.astype(complex), {}, "is not of numbers"),
    ],
)
def test_harmonise(table, more, match):
    refused(
        (HarmoniseError, IdentifierError),
        match,
        geodata.harmonise,
        table,
        from_year=2024,
        to_year=2025,
        **more,
    )


def test_a_path_of_boundaries():
    refused(FileFormatError, "is no path", geodata.read_boundaries, None)


def test_frames_that_have_no_polygons(units):
    for given in (None, pd.DataFrame({"kunta": ["091"]}), units.geometry):
        refused(FileFormatError, "a GeoDataFrame with", geodata.as_boundaries, given)


def test_a_year_of_boundaries_is_a_whole_number_and_so_is_the_file_s(units):
    frame = units[["geometry"]]
    refused(YearError, "not a whole number", geodata.as_boundaries, frame, year="now")
    assert geodata.as_boundaries(frame, year="2026").equals(geodata.as_boundaries(frame))
    frame = frame.assign(vuosi=20260101)
    refused(FileFormatError, "20260101, which is no year", geodata.as_boundaries, frame)


def test_bare_codes_of_two_countries_are_told_apart(units):
    swedish = geodata.municipalities(country="SE")
    both = pd.concat([units[["geometry"]], swedish[["geometry"]]])
    both["code"] = both.index.str[3:]
    both = both.reset_index(drop=True)
    assert len(geodata.as_boundaries(both, country="SE")) == 29
    assert len(geodata.as_boundaries(both, country="FI")) == 308


@pytest.mark.parametrize("share", [0.5, 0.999])
def test_flatgeobuf_that_is_cut_off(share, units, tmp_path):
    path = tmp_path / "units.fgb"
    units[["name_fi", "geometry"]].to_file(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    refused(FileFormatError, "cannot be read as polygons", geodata.read_boundaries, path)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (
            "x,y,people\n385000,6672000,3,4\n386000,6672000,3,4\n",
            "line 2 has 4 values",
        ),
        ("x,y,people\n1,2\n1,2,3,4\n", "line 3 has 4 values"),
        ("x,y,people\n385000,6672000,1e30\n", "no number of people in row 2"),
        ("lon,lat,people\n60.2,24.9,12\n", "swapped"),
        ("lon,lat,people\n385000,6672000,12\n", "in degrees"),
    ],
)
def test_tables_of_points(text, match, tmp_path):
    path = tmp_path / "grid.csv"
    path.write_text(text)
    refused(FileFormatError, match, geodata.read_grid, path)
    refused(FileFormatError, "is a folder", geodata.read_grid, tmp_path)
    refused(FileFormatError, "is no path", geodata.read_grid, None)


def test_parquet_without_geometry_is_a_table_like_any_other(tmp_path):
    pytest.importorskip("pyarrow")
    path = tmp_path / "grid.parquet"
    pd.DataFrame({"x": [385_500, 386_500], "y": 6_672_500, "people": [1, 2]}).to_parquet(path)
    assert geodata.read_grid(path).total == 3


def test_points_and_units_of_another_kind(units):
    refused(ArgumentError, "points are a NoneType", geodata.assign_points, None, units)
    refused(ArgumentError, "units are a NoneType", geodata.assign_points, points(), None)
    for metres in (-1, float("nan"), "5", True):
        refused(
            ArgumentError,
            "0 or more",
            geodata.assign_points,
            points(),
            units,
            nearest_m=metres,
        )
    for shape in (None, Point(0, 0)):
        faulty = gpd.GeoSeries([shape, box(0, 0, 1, 1)], index=["a", "b"])
        refused(CoverageError, "a without a", geodata.assign_points, points(), faulty)
    mixed = gpd.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1)], index=["a", 1])
    refused(CoverageError, "several kinds", geodata.assign_points, points(), mixed)
    endless = points().set_geometry([Point(np.nan, 1)])
    refused(FileFormatError, "no numbers in row index 0", geodata.assign_points, endless, units)


def test_points_without_crs_are_said_to_be_taken_as_the_units(units):
    bare = points().set_crs(None, allow_override=True)
    assert "have no CRS" in geodata.assign_points(bare, units).notes[0]
    assert not geodata.assign_points(points(), units).notes


def test_totals_of_another_kind(units):
    assignment = geodata.assign_points(points(), units)
    for people, match in (
        ([1, 2], "none of the units"),
        ({"FI_091": "many"}, "not of numbers"),
        (pd.Series([1, 2], index=["FI_091", "FI_091"]), "FI_091 more than once"),
    ):
        refused(ArgumentError, match, geodata.check_totals, assignment, people)


@pytest.mark.parametrize("polygons", [None, pd.DataFrame({"a": [1]}), [box(0, 0, 1, 1)]])
def test_polygons_of_another_kind(polygons):
    for function in (geodata.check_coverage, geodata.repair_coverage, geodata.border_table):
        refused(ArgumentError, "without geometry", function, polygons)


def test_borders_of_units_without_id():
    nameless = gpd.GeoSeries([box(0, 0, 1, 1), box(1, 0, 2, 1)], index=["a", None])
    refused(CoverageError, "give each a lau_id", geodata.border_table, nameless)


def test_a_frame_has_the_borders_of_its_geometry(units):
    frame = units.loc[["FI_049", "FI_091", "FI_235"]]
    with suppress_type_checks():
        of_frame = geodata.border_table(frame)
    assert of_frame.pairs.equals(geodata.border_table(frame.geometry).pairs)


@pytest.mark.parametrize("width", [-1, "5", None, float("nan")])
def test_widths_of_the_coverage_doctor(width, units):
    few = units.loc[["FI_049", "FI_091"]]
    refused(ArgumentError, "0 or more", geodata.check_coverage, few, gap_width=width)
    refused(ArgumentError, "0 or more", geodata.repair_coverage, few, snap_m=width)


@pytest.mark.parametrize("year", ["now", None, 2026.5])
def test_years_of_the_clients(year, tmp_path):
    refused(YearError, "not a whole number", fetch_boundaries, year, folder=tmp_path)
    refused(YearError, "not a whole number", fetch_population, year, folder=tmp_path)


def test_an_address_that_is_none(tmp_path):
    refused(
        ServiceError,
        "not an address",
        fetch_boundaries,
        2026,
        folder=tmp_path,
        base_url="http://[::1",
        transport=Transport(attempts=1),
    )


@pytest.mark.parametrize(
    "wrong", [{"value": None}, {"value": [[1], [2]]}, {"value": ["a", "b"]}, {"status": ["x"]}]
)
def test_json_stat_of_other_kinds(wrong):
    document = {
        "id": ["area"],
        "size": [2],
        "dimension": {"area": {"category": {"index": ["KU005", "SSS"]}}},
        "value": [1, 1],
    }
    refused(ServiceError, "json-stat2", read_json_stat, document | wrong)


def test_a_sliver_of_a_millimetre_is_found(units):
    grown = units[["geometry"]].copy()
    grown.loc["FI_016", "geometry"] = shapely.buffer(grown.geometry["FI_016"], 0.001)
    with pytest.raises(CoverageError, match=r"FI_016, FI_098: overlap of .* at \("):
        geodata.as_boundaries(grown)


def test_heights_are_left_out(units):
    high = units[["geometry"]].set_geometry(shapely.force_3d(units.geometry.to_numpy(), 5.0))
    high = high.set_crs(3067, allow_override=True).set_index(units.index)
    plain = geodata.as_boundaries(high)
    assert not plain.has_z.any()
    assert plain.geometry.geom_equals(units.geometry).all()
