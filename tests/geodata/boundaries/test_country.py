"""A country is made of a file of its municipalities, and says of itself what it lacks."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import box

import geodata
from geodata import countries
from geodata.errors import (
    ArgumentError,
    CoverageError,
    FileFormatError,
    IdentifierError,
)
from tests.lau import ASTURIAS, lau_layer


@pytest.fixture
def layer(tmp_path):
    path = tmp_path / "LAU_RG_01M_2023_3035.gpkg"
    lau_layer().to_file(path)
    return path


@pytest.fixture
def session():
    with countries.session():
        yield


def squares(**columns):
    shapes = [box(0, 0, 1e4, 1e4), box(1e4, 0, 2e4, 1e4)]
    given = {"code": ["A1", "A2"], "name": ["Up", "Down"]} | columns
    return gpd.GeoDataFrame(given, geometry=shapes, crs=3035).set_geometry(
        gpd.GeoSeries(shapes, crs=3035).translate(4_300_000, 2_700_000)
    )


def test_the_layer_gives_the_countries_that_are_not_bundled(layer):
    germany, norway = geodata.read_lau(layer)
    assert (germany.code, norway.code) == ("DE", "NO")
    assert dict(norway.names) == {"fi": "Norja", "sv": "Norge", "en": "Norway"}
    assert norway.genitives["fi"] == "Norjan"
    assert (norway.given, norway.whole, norway.border_error_km) == (True, True, None)
    assert norway.units(2013).loc["NO_0301", "name_sv"] == "Oslo"
    assert germany.units(2026).index.tolist() == ["DE_09162000", "DE_0916200B", "DE_09A62001"]


def test_people_have_the_years_of_the_file_and_negative_ones_are_not_known(layer):
    (norway,) = geodata.read_lau(layer, countries="NO")
    people = norway.people()
    assert people.columns.tolist() == [2021, 2023]
    assert people.loc["NO_0301"].tolist() == [1000, 1050]
    assert people.loc["NO_2580", 2021] == 8000
    assert pd.isna(people.loc["NO_2580", 2023])


def test_those_asked_for_come_in_their_order_a_bundled_one_too(layer):
    found = geodata.read_lau(layer, countries="NO, fi")
    assert [one.code for one in found] == ["NO", "FI"]
    assert [one.code for one in geodata.read_lau(layer, countries=["DE"])] == ["DE"]
    with pytest.raises(FileFormatError, match=r"no row of ES in column 'CNTR_CODE', which has DE"):
        geodata.read_lau(layer, countries="ES")


def test_points_inside_stand_for_centres_and_are_called_so(layer):
    (norway,) = geodata.read_lau(layer, countries="NO")
    seats = norway.seats()
    assert set(seats["source"]) == {"point inside"}
    assert shapely.covers(norway.polygons().to_numpy(), seats.geometry.to_numpy()).all()


@pytest.mark.usefixtures("session")
def test_tables_of_a_country_are_like_those_of_ours(layer):
    geodata.use_countries(geodata.read_lau(layer))
    assert countries.codes() == ("FI", "SE", "DE", "NO")
    frame = geodata.municipalities(2018, country="NO")
    assert (len(frame), frame.crs.to_epsg()) == (8, 3035)
    assert frame["region"].isna().all()
    assert frame.geometry.area.sum() == pytest.approx(8 * 400e6)
    assert geodata.population(2021, country="NO").sum() == 36_000
    assert geodata.population_estimate(2022, country="NO").loc["NO_0301"].tolist()[:3] == [
        1025, 1000, 1050,
    ]  # fmt: skip
    assert geodata.population_line(2021, country="NO") == (
        "© EuroGeographics for the administrative boundaries (LAU_RG_01M_2023_3035.gpkg)"
    )
    assert len(geodata.municipality_register(2026)) == 308


@pytest.mark.parametrize(
    "lacking", [["GISCO_ID"], ["LAU_ID"], ["POP_2021", "POP_2023", "AREA_KM2"]]
)
def test_a_layer_with_some_of_eurostats_columns_is_credited_by_its_name(tmp_path, lacking):
    lau_layer().drop(columns=lacking).to_file(tmp_path / "own.gpkg")
    column = "GISCO_ID" if "GISCO_ID" not in lacking else "LAU_ID"
    (norway,) = geodata.read_lau(tmp_path / "own.gpkg", countries="NO", id_column=column)
    assert norway.line("boundaries") == "own.gpkg"


@pytest.mark.usefixtures("session")
def test_a_session_forgets_and_nothing_given_means_the_bundled_ones(layer):
    with countries.session():
        geodata.use_countries(geodata.read_lau(layer))
        assert "NO" in countries.codes()
    assert countries.codes() == ("FI", "SE")
    geodata.use_countries(geodata.read_lau(layer))
    geodata.use_countries()
    assert countries.codes() == ("FI", "SE")
    with pytest.raises(ArgumentError, match=r"a str is no country: give what geodata\.read_co"):
        geodata.use_countries("NO")


@pytest.mark.usefixtures("session")
def test_a_bundled_country_keeps_its_place(layer):
    finland = geodata.read_lau(layer, countries="NO,FI")
    said = r"^FI is bundled .*: leave it out; .* geodata\.read_boundaries\(FILE\) .* boundaries=$"
    with pytest.raises(ArgumentError, match=said):
        geodata.use_countries(finland)
    assert countries.codes() == ("FI", "SE")
    # What is in use already may be given again.
    geodata.use_countries([*countries.countries(), finland[0]])
    assert countries.codes() == ("FI", "SE", "NO")


@pytest.mark.usefixtures("session")
def test_one_place_decides_the_plane(layer):
    norway = geodata.read_lau(layer, countries="NO", crs=25833)
    geodata.use_countries([norway, geodata.read_lau(layer, countries="DE")])
    assert [
        countries.plane_of(of).to_epsg()
        for of in (["FI_091", "SE_2580"], ["NO"], ["DE_09162000"], ["NO", "FI"], [])
    ] == [3067, 25833, 3035, 3035, 3067]


@pytest.mark.usefixtures("session")
def test_boundaries_given_of_such_a_country_are_placed_in_its_plane(layer):
    geodata.use_countries(geodata.read_lau(layer))
    placed = geodata.read_boundaries(layer, country="NO")
    assert placed.crs.to_epsg() == 3035
    assert placed.index.tolist() == geodata.municipalities(2026, country="NO").index.tolist()
    assert placed.geometry.geom_equals(geodata.municipalities(2026, country="NO").geometry).all()


def test_people_are_in_the_column_that_is_given(layer, tmp_path):
    frame = lau_layer().rename(columns={"POP_2021": "Folk 2021", "POP_2023": "folketall"})
    path = tmp_path / "mine.gpkg"
    frame.to_file(path)
    assert geodata.read_country(path, code="NO").people().empty
    one = geodata.read_country(path, code="NO", people_column="Folk 2021")
    assert one.people()[2021].sum() == 36_000
    both = {"Folk 2021": 2021, "folketall": 2023}
    people = geodata.read_country(path, code="NO", people_column=both).people()
    assert people.columns.tolist() == [2021, 2023]
    assert pd.isna(people.loc["NO_2580", 2023])
    with pytest.raises(ArgumentError, match=r"of which year .*\{'folketall': 2023\}"):
        geodata.read_country(path, code="NO", people_column="folketall")
    with pytest.raises(FileFormatError, match="no column 'people'; it has"):
        geodata.read_country(path, code="NO", people_column={"people": 2023})
    with pytest.raises(FileFormatError, match="'LAU_NAME' holds no number of people"):
        geodata.read_country(path, code="NO", people_column={"LAU_NAME": 2023})


def test_a_file_of_ones_own_is_credited_by_its_name(layer, tmp_path):
    path = tmp_path / "mine.gpkg"
    lau_layer().drop(columns="GISCO_ID").to_file(path)
    (mine,) = geodata.read_lau(path, countries="NO")
    assert mine.line("boundaries") == "mine.gpkg"
    (named,) = geodata.read_lau(layer, countries="NO", credit="© Kartverket")
    assert named.line("boundaries") == "© Kartverket"


def test_a_country_says_what_it_is(layer):
    (norway,) = geodata.read_lau(layer, countries="NO", credit="LAU")
    assert repr(norway) == "<Country NO, Norway: 8 municipalities, people of 2021, 2023; LAU>"
    spain = geodata.read_country(ASTURIAS, code="ES", called="Asturias")
    assert repr(spain) == (
        "<Country ES, Asturias: 78 municipalities, people of no year; asturias.geojson>"
    )
    assert repr(countries.country("FI")).startswith(
        "<Country FI, Finland: 308 municipalities, people of 2000-2022, 2025; "
    )


def test_real_municipalities_of_spain():
    spain = geodata.read_country(ASTURIAS, code="ES", called="Asturias", credit="© IGN")
    assert len(spain.units(2026)) == 78
    assert spain.units(2026).loc["ES_33044", "name_fi"] == "Oviedo"
    assert spain.people().empty
    assert spain.line("boundaries") == "© IGN"
    # The Principality has 10,604 km2; the layer is simplified.
    assert spain.polygons().area.sum() / 1e6 == pytest.approx(10_604, rel=2e-3)


@pytest.mark.parametrize(
    ("columns", "kind", "message"),
    [
        ({"code": ["A1", "A1"]}, IdentifierError, "'A1' is given twice"),
        ({"code": ["A1", None]}, IdentifierError, "'' is no code"),
        ({"code": ["A1", "A 2"]}, IdentifierError, "'A 2' is no code"),
        ({"code": [1, 1]}, IdentifierError, "'1' is given twice"),
        ({"code": [1.5, 2]}, IdentifierError, "column 'code' holds numbers .* not whole"),
        ({"code": [1, None]}, IdentifierError, "column 'code' holds numbers that are missing"),
        ({"name": ["Up", " "]}, FileFormatError, "no name for XX_A2"),
    ],
)
def test_codes_and_names_that_cannot_be_used_are_listed(columns, kind, message):
    with pytest.raises(kind, match=message):
        geodata.as_country(squares(**columns), code="XX")


@pytest.mark.parametrize("codes", [[141, 928], [141.0, 928.0]])
def test_codes_that_are_whole_numbers_are_taken_as_they_are(codes):
    found = geodata.as_country(squares(code=codes), code="EE")
    assert found.units(2026).index.tolist() == ["EE_141", "EE_928"]


def test_people_of_a_layer_may_be_named(tmp_path):
    frame = squares(rahvaarv=[100, 20])
    frame.to_file(tmp_path / "own.gpkg")
    (found,) = geodata.read_lau(
        tmp_path / "own.gpkg", countries="EE", people_column={"rahvaarv": 2024}
    )
    assert found.people()[2024].tolist() == [100, 20]


def test_columns_may_be_named_and_are_listed_where_they_are_not_found():
    frame = squares().rename(columns={"code": "nr", "name": "called"})
    with pytest.raises(FileFormatError, match=r"no column of codes .* nr, called: give id_column="):
        geodata.as_country(frame, code="XX")
    found = geodata.as_country(frame, code="XX", id_column="nr", name_column="called")
    assert found.units(2026)["name_en"].tolist() == ["Up", "Down"]
    with pytest.raises(FileFormatError, match="no column 'kode'; it has nr, called"):
        geodata.as_country(frame, code="XX", id_column="kode")


def test_polygons_must_be_a_coverage_unless_that_is_waived():
    frame = squares()
    apart = frame.set_geometry(frame.translate([0, 0][0]))
    apart.loc[1, "geometry"] = shapely.transform(frame.geometry[1], lambda xy: xy - [500, 0])
    with pytest.raises(CoverageError, match=r"XX_A1, XX_A2: overlap of 5,000,000 m²"):
        geodata.as_country(apart, code="XX")
    assert geodata.as_country(apart, code="XX", check=False).checked is False
    apart.loc[1, "geometry"] = None
    with pytest.raises(FileFormatError, match="no polygon of XX_A2"):
        geodata.as_country(apart, code="XX")


def test_a_country_outside_of_europe_needs_a_plane_of_its_own():
    frame = squares().to_crs(4326)
    there = frame.set_geometry(frame.translate(-90, -10))
    with pytest.raises(FileFormatError, match="outside of Europe and EPSG:3035; give crs="):
        geodata.as_country(there, code="US")
    assert geodata.as_country(there, code="US", crs=5070, check=False).plane == 5070
    with pytest.raises(ArgumentError, match="crs=4326 is not in metres"):
        geodata.as_country(frame, code="XX", crs=4326)
    with pytest.raises(ArgumentError, match="crs='nowhere' is not a CRS"):
        geodata.as_country(frame, code="XX", crs="nowhere")
    with pytest.raises(FileFormatError, match="has no CRS"):
        geodata.as_country(frame.set_crs(None, allow_override=True), code="XX")


@pytest.mark.parametrize("code", ["no", "NOR", "N1", 47, None])
def test_a_country_has_two_letters(code):
    with pytest.raises(ArgumentError, match="give its two letters"):
        geodata.as_country(squares(), code=code)
