"""Boundaries from users' files: their columns, years, codes and names.

Every fault is constructed in the bundled polygons.
"""

import time
import warnings

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geodata
from geodata.boundaries.given import as_boundaries, read_boundaries
from geodata.errors import ArgumentError, FileFormatError, IdentifierError
from tests.geodata.boundaries.changed import ALAJARVI

# -- publishers --------------------------------------------------------------------------------


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


# -- years -------------------------------------------------------------------------------------


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


# -- codes that are wrong ----------------------------------------------------------------------


def test_all_faults_of_codes_are_reported_together(statfi):
    statfi.loc[3, "kunta"] = "005"
    statfi.loc[9, "kunta"] = "999"
    statfi.loc[11, "kunta"] = None
    with pytest.raises(IdentifierError) as caught:
        as_boundaries(statfi)
    message = str(caught.value)
    for part in (
        "row index 9: '999'",
        "row index 11:",
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


# -- names -------------------------------------------------------------------------------------


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


# -- the same everywhere -----------------------------------------------------------------------


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
