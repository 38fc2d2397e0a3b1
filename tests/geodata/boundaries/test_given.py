"""Boundaries from users' files.

The layouts of columns are those of the publishers (documented); the polygons are the bundled ones,
and every fault is constructed in them.
"""

import contextlib
import json
import shutil
import sqlite3
import struct
import time
import warnings
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from pyarrow import parquet

import geodata
from geodata.boundaries.checking import check_boundaries
from geodata.boundaries.given import as_boundaries, read_boundaries
from geodata.errors import ArgumentError, CoverageError, FileFormatError, IdentifierError
from geodata.files.spatial import read_spatial

ALAJARVI = 0  # FI_005 is the first row


@pytest.fixture(scope="module")
def bundled():
    return geodata.municipalities(2026)


@pytest.fixture(scope="module")
def swedish():
    return geodata.municipalities(2026, country="SE")


@pytest.fixture
def statfi(bundled):
    """Statistics Finland's kunta layer (fields as recorded in 2019 and 2026)."""
    return gpd.GeoDataFrame(
        {
            "id": range(len(bundled)),
            "kunta": bundled.index.str[3:],
            "vuosi": 2026,
            "nimi": bundled["name_fi"].to_numpy(),
            "namn": bundled["name_sv"].to_numpy(),
            "name": bundled["name_en"].to_numpy(),
        },
        geometry=bundled.geometry.to_numpy(),
        crs=3067,
    )


@pytest.fixture
def survey(bundled):
    """The National Land Survey's division (documented fields), without the sea it has."""
    return gpd.GeoDataFrame(
        {
            "GML_ID": range(len(bundled)),
            "NATCODE": bundled.index.str[3:],
            "NAMEFIN": bundled["name_fi"].to_numpy(),
            "NAMESWE": bundled["name_sv"].to_numpy(),
            "SEAWAREA": 0.0,
        },
        geometry=bundled.geometry.to_numpy(),
        crs=3067,
    )


@pytest.fixture
def gisco(bundled, swedish):
    """GISCO LAU (documented fields), with rows of other places as the European file has them."""
    both = pd.concat([bundled, swedish])
    others = pd.DataFrame(
        {
            "GISCO_ID": ["ES_08091", "SE_0180", "IE_ABCD", "EL_9001"],
            "CNTR_CODE": ["ES", "SE", "IE", "EL"],
            "LAU_ID": ["08091", "0180", "ABCD", "9001"],
            "LAU_NAME": ["Gurb", "Stockholm", "Somewhere", "Elsewhere"],
            "geometry": [shapely.box(0, 0, 1, 1)] * 4,
        }
    )
    own = pd.DataFrame(
        {
            "GISCO_ID": both.index,
            "CNTR_CODE": both["country"].to_numpy(),
            "LAU_ID": both.index.str[3:],
            "LAU_NAME": both["name_sv"].to_numpy(),
            "geometry": both.geometry.to_numpy(),
        }
    )
    return gpd.GeoDataFrame(pd.concat([others, own], ignore_index=True), crs=3067)


def swapped(shapes):
    return shapely.transform(shapes, lambda xy: xy[:, ::-1])


def with_shape(frame, row, shape):
    changed = frame.copy()
    changed.loc[changed.index[row], "geometry"] = shape
    return changed


# -- formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["gpkg", "parquet", "shp", "fgb", "geojson"])
def test_every_format_gives_the_bundled_frame(statfi, bundled, tmp_path, suffix):
    path = tmp_path / f"kunta.{suffix}"
    (statfi.to_parquet if suffix == "parquet" else statfi.to_file)(path)
    assert_geodataframe_equal(read_boundaries(path), bundled)


def test_geojson_in_degrees(statfi, bundled, tmp_path):
    path = tmp_path / "kunta.geojson"
    statfi.to_crs(4326).to_file(path, RFC7946="NO", COORDINATE_PRECISION=9)
    frame = read_boundaries(path, check=False)
    apart = shapely.hausdorff_distance(frame.geometry.to_numpy(), bundled.geometry.to_numpy())
    assert apart.max() < 0.001
    assert frame.crs == bundled.crs


def test_topojson(tmp_path):
    # Two unit squares in arcs of one another, around the centres of Kauniainen and Espoo.
    points = geodata.centres(2026).to_crs(4326).geometry.loc[["FI_049", "FI_235"]]
    west, east = points.x.round(4)
    y = round(points.y.iloc[0], 4)
    middle = (west + east) / 2
    topology = {
        "type": "Topology",
        "arcs": [
            [[middle, y - 0.1], [middle, y + 0.1]],
            [[middle, y + 0.1], [west - 0.1, y + 0.1], [west - 0.1, y - 0.1], [middle, y - 0.1]],
            [[middle, y - 0.1], [east + 0.1, y - 0.1], [east + 0.1, y + 0.1], [middle, y + 0.1]],
        ],
        "objects": {
            "kunnat": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "049"}},
                    {"type": "Polygon", "arcs": [[2, -1]], "properties": {"code": "235"}},
                ],
            }
        },
    }
    for name in ("kunta.topojson", "kunta.json"):
        path = tmp_path / name
        path.write_text(json.dumps(topology), encoding="utf-8")
        frame = read_boundaries(path, partial=True)
        assert list(frame.index) == ["FI_049", "FI_235"]
        assert len(geodata.border_table(frame.geometry).pairs) == 1


def test_zipped_shapefile(statfi, bundled, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    statfi.to_file(folder / "kunta.shp")
    archive = shutil.make_archive(str(tmp_path / "kunta"), "zip", folder)
    assert_geodataframe_equal(read_boundaries(archive), bundled)


def test_a_zip_with_several_files_wants_a_layer(statfi, bundled, tmp_path):
    for name in ("old", "new"):
        statfi.to_file(tmp_path / f"{name}.gpkg")
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for name in ("old", "new"):
            archive.write(tmp_path / f"{name}.gpkg", f"data/{name}.gpkg")
    with pytest.raises(FileFormatError, match="layer= one of old, new"):
        read_boundaries(tmp_path / "both.zip")
    assert_geodataframe_equal(read_boundaries(tmp_path / "both.zip", layer="new"), bundled)


def test_a_file_with_several_layers_wants_a_layer(statfi, bundled, tmp_path):
    path = tmp_path / "kunta.gpkg"
    for layer in ("kunta1000k", "kunta4500k"):
        statfi.to_file(path, layer=layer)
    with pytest.raises(FileFormatError, match="layer= one of kunta1000k, kunta4500k"):
        read_boundaries(path)
    with pytest.raises(FileFormatError, match="no layer 'kunta'"):
        read_boundaries(path, layer="kunta")
    assert_geodataframe_equal(read_boundaries(path, layer="kunta4500k"), bundled)


def test_what_the_library_writes_it_reads(bundled, tmp_path):
    for suffix, write in (("gpkg", bundled.to_file), ("parquet", bundled.to_parquet)):
        write(tmp_path / f"own.{suffix}")
        assert_geodataframe_equal(read_boundaries(tmp_path / f"own.{suffix}"), bundled)


# -- publishers -------------------------------------------------------------------------------


def test_the_land_surveys_division(survey, bundled):
    found = as_boundaries(survey)
    assert_geodataframe_equal(found.drop(columns="sea_km2"), bundled)
    assert (found["sea_km2"] == survey["SEAWAREA"].iloc[0]).all()


def test_the_land_surveys_integers_of_2013(survey, bundled):
    numbers = survey.assign(NATCODE=survey["NATCODE"].astype(int))
    with pytest.raises(IdentifierError, match=r"NATCODE.*5 instead of '005'.*integer_codes=True"):
        as_boundaries(numbers)
    found = as_boundaries(numbers, integer_codes=True)
    assert_geodataframe_equal(found.drop(columns="sea_km2"), bundled)
    floats = survey.assign(NATCODE=survey["NATCODE"].astype(float))
    found = as_boundaries(floats, integer_codes=True)
    assert_geodataframe_equal(found.drop(columns="sea_km2"), bundled)


def test_gisco_for_both_countries(gisco, bundled, swedish):
    frame = as_boundaries(gisco, year=2026)
    assert len(frame) == len(bundled) + len(swedish)
    assert frame.loc[["FI_091", "SE_2580"], "name_fi"].tolist() == ["Helsinki", "Luulaja"]
    assert_geodataframe_equal(as_boundaries(gisco, country="FI"), bundled)
    assert_geodataframe_equal(as_boundaries(gisco, country="SE"), swedish)


def test_gisco_without_its_own_ids(gisco):
    frame = as_boundaries(gisco.drop(columns="GISCO_ID"))
    assert {"FI_091", "SE_2580"} <= set(frame.index)
    assert "SE_0180" not in frame.index
    numbers = gisco[~gisco["CNTR_CODE"].isin(["IE"])].drop(columns="GISCO_ID")
    numbers = numbers.assign(LAU_ID=numbers["LAU_ID"].astype(int))
    assert list(as_boundaries(numbers, integer_codes=True).index) == list(frame.index)


def test_statistics_swedens_municipalities(swedish):
    scb = gpd.GeoDataFrame(
        {"kommun_kod": [*swedish.index.str[3:], "0180"]},
        geometry=[*swedish.geometry, shapely.box(0, 0, 1, 1)],
        crs=3067,
    )
    assert_geodataframe_equal(as_boundaries(scb), swedish)


def test_columns_named_by_the_user(statfi, bundled):
    renamed = statfi.rename(columns={"kunta": "tunnus", "nimi": "otsikko"})
    with pytest.raises(FileFormatError, match=r"code= one of the columns found: id, tunnus"):
        as_boundaries(renamed.iloc[1:])
    with pytest.raises(FileFormatError, match=r"no column 'koodi' \(code=\)"):
        as_boundaries(renamed, code="koodi")
    assert_geodataframe_equal(as_boundaries(renamed, code="tunnus", name="otsikko"), bundled)


@pytest.mark.parametrize("name", ["nationalcode", "kuntanumero", "municipality_code"])
def test_names_that_a_shapefile_cuts(bundled, tmp_path, name):
    frame = bundled.reset_index()
    frame[name], frame["municipality_name"] = frame["lau_id"].str[3:], frame["name_fi"]
    for columns in ([name, "municipality_name"], ["municipality_name", name]):
        path = tmp_path / f"{columns[0]}.shp"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame[[*columns, "geometry"]].iloc[:40].to_file(path)
        read = read_boundaries(path, partial=True)
        assert read.index.tolist() == bundled.index[:40].tolist()


@pytest.mark.parametrize("name", ["id", "tunnus", "GID_4"])
def test_a_column_that_holds_every_code_by_any_name(statfi, bundled, swedish, name):
    assert_geodataframe_equal(
        as_boundaries(statfi.drop(columns="id").rename(columns={"kunta": name})), bundled
    )
    ids = pd.Series([f"{unit[3:]} {text}" for unit, text in swedish["name_sv"].items()])
    layer = gpd.GeoDataFrame({"n": range(len(ids)), name: ids}, geometry=[*swedish.geometry])
    assert_geodataframe_equal(as_boundaries(layer, crs=3067), swedish)


def test_thousands_of_other_municipalities_are_refused_at_once():
    codes = [f"{number:05d}" for number in range(1000, 36_000)]
    layer = gpd.GeoDataFrame({"code": codes}, geometry=[shapely.box(0, 0, 1, 1)] * len(codes))
    start = time.process_time()
    with pytest.raises(FileFormatError, match=r"35,000 rows of .*01000.* are no municipalities"):
        as_boundaries(layer, crs=3067)
    assert time.process_time() - start < 1


def test_names_can_serve_as_codes(statfi, bundled):
    assert_geodataframe_equal(as_boundaries(statfi, code="nimi"), bundled)
    with pytest.raises(IdentifierError, match=r"Övertorneå.*2 municipalities"):
        as_boundaries(statfi, code="namn")
    assert_geodataframe_equal(as_boundaries(statfi, code="namn", country="FI"), bundled)


@pytest.mark.parametrize("form", ["KU{}", "FI_{}", "kunta_1_20260101/{}", " {} "])
def test_codes_as_they_are_written(statfi, bundled, form):
    written = statfi.assign(kunta=[form.format(code) for code in statfi["kunta"]])
    assert_geodataframe_equal(as_boundaries(written), bundled)


# -- years ------------------------------------------------------------------------------------


def test_the_year_is_that_of_the_file(statfi):
    of_2024 = geodata.municipalities(2024)
    layer = of_2024.rename_axis("kunta").reset_index()[["kunta", "geometry"]]
    layer["vuosi"] = 2022
    frame = as_boundaries(layer)
    assert_geodataframe_equal(frame, geodata.municipalities(2022))


def test_the_year_is_found_from_the_municipalities():
    layer = geodata.municipalities(2021)[["geometry"]]
    # 2021-2024 have the same 309: the newest of them.
    assert_geodataframe_equal(as_boundaries(layer), geodata.municipalities(2024))


def test_the_year_asked_for_brings_its_regions(bundled):
    layer = geodata.municipalities(2021)[["geometry"]]
    assert as_boundaries(layer, year=2021)["wellbeing_county"].equals(
        geodata.municipalities(2021)["wellbeing_county"]
    )


def test_another_years_file_says_which(bundled):
    with pytest.raises(
        IdentifierError, match=r"not the division of 2024: missing: 588 Pertunmaa.*2025-2026"
    ):
        as_boundaries(bundled[["geometry"]], year=2024)


def test_several_years_in_one_file(statfi):
    statfi.loc[3, "vuosi"] = 2025
    with pytest.raises(FileFormatError, match=r"'vuosi' has several years \(2025, 2026\)"):
        as_boundaries(statfi)


def test_beyond_the_register_only_the_files_names_are_known(statfi):
    frame = as_boundaries(statfi.assign(vuosi=2027))
    assert frame.loc["FI_091", ["name_fi", "name_sv", "country"]].tolist() == [
        "Helsinki",
        "Helsingfors",
        "FI",
    ]
    assert frame["region"].isna().all()


# -- codes that are wrong ---------------------------------------------------------------------


def test_all_faults_of_codes_are_reported_together(statfi):
    statfi.loc[3, "kunta"] = "005"
    statfi.loc[9, "kunta"] = "999"
    statfi.loc[11, "kunta"] = None
    with pytest.raises(IdentifierError) as caught:
        as_boundaries(statfi)
    message = str(caught.value)
    for part in (
        "row 10: '999'",
        "row 12:",
        "given twice: 005 Alajärvi",
        "missing: 016 Asikkala; 046 Enonkoski; 049 Espoo",
    ):
        assert part in message
    assert "\n" not in message


def test_a_code_given_twice(statfi):
    twice = pd.concat([statfi, statfi.iloc[[20]]], ignore_index=True)
    with pytest.raises(IdentifierError, match=r"given twice: 071 Haapavesi.*dissolve"):
        as_boundaries(twice)


def test_a_part_of_the_country_only_when_meant(statfi):
    part = statfi.iloc[:5]
    with pytest.raises(IdentifierError, match=r"and 293 more \(partial=True"):
        as_boundaries(part)
    assert len(as_boundaries(part, partial=True)) == 5


def test_no_row_of_the_country(swedish):
    with pytest.raises(FileFormatError, match="no row of FI"):
        as_boundaries(swedish[["geometry"]], country="FI")
    with pytest.raises(ArgumentError, match="expected 'FI' or 'SE'"):
        as_boundaries(swedish[["geometry"]], country="NO")


# -- names ------------------------------------------------------------------------------------


def test_broken_encoding_is_named(statfi):
    statfi["namn"] = [name.encode().decode("latin-1") for name in statfi["namn"]]
    with pytest.raises(FileFormatError, match=r"namn of 005 reads .*Ã.*probably.*\.cpg"):
        as_boundaries(statfi)


def test_lost_letters_are_named(statfi):
    statfi.loc[ALAJARVI, "nimi"] = "Alaj\ufffdrvi"
    with pytest.raises(FileFormatError, match="nimi of 005 reads 'Alaj\ufffdrvi'"):
        as_boundaries(statfi)


def test_a_shapefile_without_its_encoding(statfi, tmp_path):
    path = tmp_path / "kunta.shp"
    statfi.to_file(path, encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    with pytest.raises(FileFormatError, match=r"broken encoding: nimi of 005"):
        read_boundaries(path)


# -- coordinates ------------------------------------------------------------------------------


def test_no_crs(statfi, bundled):
    bare = statfi.set_crs(None, allow_override=True)
    with pytest.raises(FileFormatError, match=r"has no CRS.*EPSG:3067.*give crs=3067"):
        as_boundaries(bare)
    assert_geodataframe_equal(as_boundaries(bare, crs=3067), bundled)


@pytest.mark.parametrize("label", [4326, 3006, 25834, 3857])
def test_a_wrong_label(statfi, bundled, label):
    labelled = statfi.set_crs(label, allow_override=True)
    with pytest.raises(FileFormatError, match=rf"labelled EPSG:{label}.*give crs=3067"):
        as_boundaries(labelled)
    assert_geodataframe_equal(as_boundaries(labelled, crs="EPSG:3067"), bundled)


@pytest.mark.parametrize("truth", [4326, 3006, 2393, 25834, 3035, 3879])
def test_coordinates_of_another_crs_under_the_usual_label(statfi, truth):
    labelled = statfi.to_crs(truth).set_crs(3067, allow_override=True)
    with pytest.raises(FileFormatError, match=rf"labelled EPSG:3067.*give crs={truth}"):
        as_boundaries(labelled)


@pytest.mark.parametrize("epsg", [3067, 4326])
def test_swapped_axes(statfi, epsg):
    frame = statfi.to_crs(epsg)
    frame.geometry = swapped(frame.geometry)
    with pytest.raises(FileFormatError, match=rf"EPSG:{epsg} .*x and y swapped: swap them"):
        as_boundaries(frame)


@pytest.mark.parametrize("epsg", [3067, 4326])
def test_swapped_coordinates_of_one_municipality(statfi, epsg):
    frame = statfi.to_crs(epsg)
    shape = swapped(frame.geometry.iloc[ALAJARVI])
    with pytest.raises(FileFormatError, match=r"1 polygons.*005 Alajärvi at .*x and y swapped"):
        as_boundaries(with_shape(frame, ALAJARVI, shape))


def test_codes_that_have_slipped(statfi):
    a, b = statfi.geometry.iloc[ALAJARVI], statfi.geometry.iloc[200]
    frame = with_shape(with_shape(statfi, ALAJARVI, b), 200, a)
    with pytest.raises(FileFormatError, match=r"2 polygons.*005 Alajärvi at .* km from its centre"):
        as_boundaries(frame)


def test_coordinates_of_nowhere(statfi):
    frame = statfi.assign(geometry=shapely.transform(statfi.geometry, lambda xy: xy / 7 + 3e7))
    with pytest.raises(FileFormatError, match="fit no CRS that is usual"):
        as_boundaries(frame)


def test_a_former_municipality_whose_centre_is_not_known():
    frame = gpd.GeoDataFrame({"kunta": ["413"]}, geometry=[shapely.box(3e5, 6.8e6, 3.1e5, 6.9e6)])
    with pytest.raises(FileFormatError, match=r"has no CRS .*give crs= the one"):
        as_boundaries(frame, year=2014, partial=True)
    placed = as_boundaries(frame, year=2014, partial=True, crs=3067)
    assert placed["name_fi"].tolist() == ["Lavia"]


def test_a_crs_that_is_none(statfi):
    with pytest.raises(FileFormatError, match="crs='Finland' is not a CRS"):
        as_boundaries(statfi, crs="Finland")


# -- polygons ---------------------------------------------------------------------------------


def largest(shape):
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def test_a_municipality_without_a_polygon(statfi):
    with pytest.raises(FileFormatError, match="005 Alajärvi has no polygon"):
        as_boundaries(with_shape(statfi, ALAJARVI, None))
    with pytest.raises(FileFormatError, match="005 Alajärvi is a Point"):
        as_boundaries(with_shape(statfi, ALAJARVI, shapely.Point(300_000, 7_000_000)))


def test_ground_that_is_left_out(statfi, bundled):
    square = shapely.box(540_000, 6_990_000, 590_000, 7_040_000)
    cut = statfi.set_geometry(statfi.geometry.difference(square))
    with pytest.raises(CoverageError, match=r"FI_297.*: 2,500 km² of their .* \(565000\.0, 7015"):
        as_boundaries(cut)
    # At the coast and the national border it is no hole, and a part of the country has it too.
    border = shapely.box(100_000, 7_600_000, 900_000, 8_000_000)
    north = statfi[statfi["kunta"].isin(["047", "148"])]
    cut = north.set_geometry(north.geometry.difference(border))
    faults = check_boundaries(as_boundaries(cut, partial=True, check=False)).of("left_out")
    lost = north.geometry.intersection(border)
    assert sum(fault.size for fault in faults) == pytest.approx(lost.area.sum(), rel=0.02)
    assert check_boundaries(as_boundaries(north, partial=True)).valid


def test_a_unit_whose_area_is_not_its_own(bundled):
    # A ring of 4 km is lost, which no circle of 5 km fits into.
    shrunk = bundled.copy()
    shrunk.loc["FI_018", "geometry"] = shrunk.geometry["FI_018"].buffer(-4_000)
    [fault] = check_boundaries(shrunk).of("area_differs")
    lost = bundled.geometry["FI_018"].area - shrunk.geometry["FI_018"].area
    assert (fault.units, fault.fatal) == (("FI_018",), True)
    assert fault.size == pytest.approx(lost)
    # By the sea a municipality may hold much of it.
    wet = bundled.copy()
    sea = shapely.box(-100_000, 7_000_000, -10_000, 7_100_000)
    wet.loc["FI_564", "geometry"] = wet.geometry["FI_564"].union(sea)
    assert not check_boundaries(wet).of("area_differs")
    # Vihti has neighbours all around.
    wet.loc["FI_927", "geometry"] = wet.geometry["FI_927"].union(sea.buffer(-1_000))
    assert [fault.units for fault in check_boundaries(wet).of("area_differs")] == [("FI_927",)]


def test_each_country_is_checked_by_itself(bundled, swedish):
    both = pd.concat([bundled, swedish])
    report = check_boundaries(both)
    assert report.valid
    assert report.units == len(both)
    assert {fault.kind for fault in report.faults} == {"pieces", "hole"}


def test_collections_of_polygons_alone_are_polygons(statfi, bundled):
    parts = list(shapely.get_parts(statfi.geometry.iloc[ALAJARVI]))
    collection = shapely.GeometryCollection([shapely.GeometryCollection(parts)])
    assert_geodataframe_equal(as_boundaries(with_shape(statfi, ALAJARVI, collection)), bundled)
    mixed = shapely.GeometryCollection([*parts, shapely.Point(300_000, 7_000_000)])
    with pytest.raises(FileFormatError, match="005 Alajärvi is a GeometryCollection"):
        as_boundaries(with_shape(statfi, ALAJARVI, mixed))


def test_more_rows_at_fault_than_are_listed(statfi):
    statfi.loc[::10, "kunta"] = None
    with pytest.raises(IdentifierError, match="rows 1, 11, 21 and 28 more: nan is missing"):
        as_boundaries(statfi)


def test_a_ring_that_crosses_itself(statfi):
    shape = largest(statfi.geometry.iloc[ALAJARVI])
    x, y = shape.centroid.coords[0]
    ring = np.array(shape.exterior.coords)
    crossing = np.vstack([ring[:-1], [(x, y), (x + 9e4, y), (x + 9e4, y + 10), ring[0]]])
    with pytest.raises(CoverageError, match=r"FI_005: invalid polygon at \(\d+\.\d, \d+\.\d\): "):
        as_boundaries(with_shape(statfi, ALAJARVI, shapely.Polygon(crossing)))


def test_a_ring_that_touches_itself(statfi):
    shape = largest(statfi.geometry.iloc[ALAJARVI])
    ring = np.array(shape.exterior.coords)
    x, y = shape.representative_point().coords[0]
    # A loop inside that hangs on the ring's first vertex by going there and back.
    loop = [(x, y), (x + 10, y), (x, y + 10), (x, y)]
    touching = shapely.Polygon(np.vstack([ring, loop, ring[:1]]))
    with pytest.raises(CoverageError, match=r"FI_005: invalid polygon at .*elf-intersection"):
        as_boundaries(with_shape(statfi, ALAJARVI, touching))


def test_a_gap_of_a_metre(statfi):
    # Every vertex that Alajärvi shares with Alavus is drawn back by a metre, on one side only.
    here, there = (statfi.geometry.iloc[statfi["kunta"].eq(c).argmax()] for c in ("005", "010"))
    common = shapely.intersection(here.boundary, there.boundary)
    shared = {tuple(xy) for xy in shapely.get_coordinates(common)}
    middle = np.array(there.centroid.coords[0]) - np.array(here.centroid.coords[0])
    step = middle / np.hypot(*middle)
    moved = shapely.transform(
        here, lambda xy: np.array([p - step if tuple(p) in shared else p for p in xy])
    )
    with pytest.raises(CoverageError, match=r"FI_005, FI_010: gap of .* at \(\d+"):
        as_boundaries(with_shape(statfi, ALAJARVI, moved))


def test_an_overlap_and_the_way_past_it(statfi):
    fat = statfi.geometry.iloc[ALAJARVI].buffer(50)
    frame = with_shape(statfi, ALAJARVI, fat)
    with pytest.raises(CoverageError, match=r"overlap of .*check=False"):
        as_boundaries(frame)
    read = as_boundaries(frame, check=False)
    assert not geodata.check_coverage(read).valid


def test_the_two_countries_are_no_coverage_of_each_other(gisco):
    # At Tornio and Haparanda the two layers overlap by some km2: that is no fault of the file.
    frame = as_boundaries(gisco)
    assert not geodata.check_coverage(frame).valid


def test_heights_are_left_out(statfi, bundled):
    statfi.geometry = shapely.force_3d(statfi.geometry, 12.0)
    assert_geodataframe_equal(as_boundaries(statfi), bundled)


# -- files that cannot be read ----------------------------------------------------------------


def unclosed(path, *, parts=1):
    ring = [[23.0, 62.0], [24.0, 62.0], [24.0, 63.0], [23.0, 63.0]]
    closed = [[25.0, 62.0], [26.0, 62.0], [26.0, 63.0], [25.0, 62.0]]
    shapes = {
        1: {"type": "Polygon", "coordinates": [ring]},
        2: {"type": "MultiPolygon", "coordinates": [[closed], [ring]]},
    }
    features = [
        {
            "type": "Feature",
            "properties": {"kunta": "009", "nimi": "Alavieska"},
            "geometry": {"type": "Polygon", "coordinates": [closed]},
        },
        {
            "type": "Feature",
            "properties": {"kunta": "005", "nimi": "Alajärvi"},
            "geometry": shapes[parts],
        },
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.mark.parametrize("parts", [1, 2])
def test_an_unclosed_ring(tmp_path, parts):
    with pytest.raises(
        FileFormatError,
        match=r"feature 2 \(005, Alajärvi\): unclosed ring, from \(23, 62\) to \(23, 63\)",
    ):
        read_boundaries(unclosed(tmp_path / "kunta.geojson", parts=parts))


def test_an_unclosed_ring_in_geoparquet(statfi, tmp_path):
    path = tmp_path / "kunta.parquet"
    statfi.iloc[:2].to_parquet(path)
    table = parquet.read_table(path)
    corners = [(3e5, 7e6), (4e5, 7e6), (4e5, 7.1e6), (3e5, 7.1e6)]
    wkb = struct.pack("<BIII8d", 1, 3, 1, 4, *(number for xy in corners for number in xy))
    column = table.schema.get_field_index("geometry")
    shapes = [wkb, table["geometry"][1].as_py()]
    table = table.set_column(column, table.schema.field(column), [shapes])
    parquet.write_table(table, path)
    with pytest.raises(FileFormatError, match=r"feature 1 \(005, Alajärvi.*unclosed ring, from"):
        read_boundaries(path)


def test_an_unclosed_ring_in_geopackage(statfi, tmp_path):
    path = tmp_path / "kunta.gpkg"
    statfi.iloc[:2].to_file(path)
    corners = [(3e5, 7e6), (4e5, 7e6), (4e5, 7.1e6), (3e5, 7.1e6)]
    header = struct.pack("<2sBBi", b"GP", 0, 1, 3067)
    wkb = struct.pack("<BIII8d", 1, 3, 1, 4, *(number for xy in corners for number in xy))
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        # Its triggers call functions that plain SQLite does not have.
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE kunta SET geom = ? WHERE fid = 2", (header + wkb,))
    with pytest.raises(FileFormatError, match=r"feature 2 \(009, Alavieska.*unclosed ring, from"):
        read_boundaries(path)


def test_no_such_file(tmp_path):
    with pytest.raises(FileFormatError, match=r"kunta\.gpkg: no such file"):
        read_boundaries(tmp_path / "kunta.gpkg")
    with pytest.raises(FileFormatError, match="is a folder"):
        read_boundaries(tmp_path)


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "parquet", "shp", "fgb", "zip", "txt"])
def test_not_a_spatial_file(tmp_path, suffix):
    path = tmp_path / f"kunta.{suffix}"
    path.write_text("code,name\n005,Alajärvi\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"kunta\."):
        read_boundaries(path)


def test_a_table_without_polygons(tmp_path):
    path = tmp_path / "kunta.parquet"
    pd.DataFrame({"kunta": ["005"]}).to_parquet(path)
    with pytest.raises(FileFormatError, match="not a GeoParquet file"):
        read_boundaries(path)
    path = tmp_path / "kunta.csv"
    path.write_text("kunta,nimi\n005,Alajärvi\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="has no polygons"):
        read_boundaries(path)


def test_a_zip_without_a_spatial_file(tmp_path):
    with zipfile.ZipFile(tmp_path / "kunta.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(FileFormatError, match=r"no spatial file in the zip \(found readme\.txt\)"):
        read_boundaries(tmp_path / "kunta.zip")


def test_an_empty_layer(statfi, tmp_path):
    path = tmp_path / "kunta.gpkg"
    statfi.iloc[:0].to_file(path, geometry_type="MultiPolygon")
    with pytest.raises(FileFormatError, match="layer is empty"):
        read_boundaries(path)


def test_a_shapefile_without_its_table(statfi, tmp_path):
    path = tmp_path / "kunta.shp"
    statfi.to_file(path)
    path.with_suffix(".dbf").unlink()
    with pytest.raises(FileFormatError, match=r"its \.dbf is not beside it"):
        read_boundaries(path)


def test_without_pyarrow_the_command_is_given(tmp_path, monkeypatch):
    path = tmp_path / "kunta.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ImportError, match="pip install pyarrow"):
        read_spatial(path)


# -- the same everywhere ----------------------------------------------------------------------


def test_municipalities_from_a_file(gisco, bundled, swedish, tmp_path):
    path = tmp_path / "lau.gpkg"
    gisco.to_file(path)
    assert_geodataframe_equal(geodata.read_boundaries(path, year=2026, country="FI"), bundled)
    assert_geodataframe_equal(geodata.read_boundaries(path, year=2026, country="SE"), swedish)


def test_the_doctor_and_the_borders_take_it(statfi, bundled):
    frame = as_boundaries(statfi)
    assert geodata.check_coverage(frame).valid
    theirs, ours = (geodata.border_table(f.geometry).pairs for f in (frame, bundled))
    pd.testing.assert_frame_equal(theirs, ours)
