"""Advice of the command line, followed to the letter: each step ends in the next one."""

from functools import partial
from pathlib import Path

import pytest

import geodata
from tests.dirty.harness import Refused, Says, cli, figures, hold, table, write
from tests.lau import lau_layer

ZONE = """
id = "nord"
name_fi = "Nord"
division = 2026
codes = ["NO_0301", "NO_5501"]
"""
NORWAY = lau_layer().query("CNTR_CODE == 'NO'")
AS_IN_NORWAY = NORWAY.rename(columns={"LAU_ID": "kommunenummer", "LAU_NAME": "kommunenavn"})[
    ["kommunenummer", "kommunenavn", "geometry"]
]
COLUMN = '[[column]]\nname = "tyopaikat"\nid = "jobs"\nkind = "count"\n'
COLUMNS = ("--lau-code", "kommunenummer", "--lau-name", "kommunenavn")


@pytest.fixture
def files():
    """A layer of Norway as the Norwegian survey has it, alone and as one of two layers."""
    write("nord.toml", ZONE)
    lau_layer().to_file("lau.gpkg")
    AS_IN_NORWAY.to_file("norway.gpkg")
    AS_IN_NORWAY.to_file("two.gpkg", layer="kommuner")
    AS_IN_NORWAY.to_file("two.gpkg", layer="fylker")


@table(
    ("a country's own layer", ("coverage", "nord.toml", "--lau", "norway.gpkg"), (
        ("which country .* give --countries its two letters, such as NO$", "--countries", "NO"),
        ("codes .* kommunenummer, kommunenavn: give --lau-code", "--lau-code", "kommunenummer"),
        ("names .* kommunenummer, kommunenavn: give --lau-name", "--lau-name", "kommunenavn"),
    )),
    ("one layer of two", ("coverage", "nord.toml", "--lau", "two.gpkg", "--countries", "NO"), (
        ("has 2 layers; give --lau-layer one of kommuner, fylker", "--lau-layer", "kommuner"),
        ("give --lau-code one of these", *COLUMNS),
    )),
    ("a layer of another country, checked", ("check", "norway.gpkg", "--country", "NO"), (
        ("'NO' is not known here: .* bring it in with --lau FILE$", "--lau", "norway.gpkg"),
        ("give --countries its two letters", "--countries", "NO"),
        ("give --lau-code one of these", *COLUMNS),
        ("rows: give --code 'kommunenavn', or --code one of", "--code", "kommunenavn"),
    )),
    ("an option of a file that is not there", ("coverage", "nord.toml", "--countries", "NO"), (
        ("--countries has no effect without --lau: give --lau FILE too", "--lau", "lau.gpkg"),
    )),
)  # fmt: skip
@pytest.mark.usefixtures("files")
def test_advice_is_followed_to_figures(given, expected):
    words = list(given)
    for said, *more in expected:
        hold(Says(said), partial(cli, *words))
        words += more
    assert cli(*words)


@table(
    ("Finland", ("--lau", "lau.gpkg", "--countries", "NO,FI"),
     Says("FI is bundled .*leave it out of --countries; .*given with --boundaries FILE$")),
    ("several of one country's layer", ("--lau", "norway.gpkg", "--countries", "NO,DE"),
     Says("give --countries its two letters")),
    ("a name for letters", ("--lau", "norway.gpkg", "--countries", "NORWAY"),
     Says("--countries 'NORWAY' is no country: give its two letters")),
    ("degrees to compute in", ("--lau", "lau.gpkg", "--lau-crs", "4326"),
     Says("--lau-crs '4326' is not in metres")),
    ("people of no year", ("--lau", "lau.gpkg", "--lau-people", "AREA_KM2"),
     Says("^--lau-people 'AREA_KM2' does not say .*, such as --lau-people AREA_KM2=2023$")),
    ("people of no column", ("--lau", "lau.gpkg", "--lau-people", "folk=2024"),
     Says("lau.gpkg: no column 'folk'; it has GISCO_ID")),
    ("two options of no file", ("--lau-code", "a", "--lau-name", "b"),
     Says("--lau-code, --lau-name have no effect without --lau: give --lau FILE too")),
    ("two options of no boundaries", ("--partial", "--error-m", "20"),
     Says("--partial, --error-m have no effect without --boundaries: give --boundaries FILE")),
)  # fmt: skip
@pytest.mark.usefixtures("files")
def test_what_cannot_be_is_said_in_options(given, expected):
    hold(expected, lambda: cli("coverage", "viitoskaytava", *given))


def test_people_of_a_layer_in_its_own_words():
    codes = '"NO_0301", "NO_5501"', '"EE_141", "EE_928"'
    write("viro.toml", ZONE.replace(*codes))
    layer = NORWAY.iloc[:2].assign(kood=[141, 928], nimi=["Anija", "Viru"], rahvaarv=[6000, 400])
    layer[["kood", "nimi", "rahvaarv", "geometry"]].to_file("ee.gpkg")
    own = ("--lau", "ee.gpkg", "--countries", "EE", "--lau-code", "kood", "--lau-name", "nimi")
    assert figures("reach", "viro.toml", *own)["population"] is None
    people = figures("reach", "viro.toml", *own, "--lau-people", "rahvaarv=2024")["population"]
    assert people == 6400


def test_a_layer_of_finland_alone_is_for_boundaries():
    finland = lau_layer().query("CNTR_CODE == 'FI'")
    finland.to_file("fi.gpkg")
    said = (
        "no country but FI in column 'CNTR_CODE', .*its borders are given with --boundaries FILE$"
    )
    hold(Says(said), lambda: cli("coverage", "viitoskaytava", "--lau", "fi.gpkg"))


@table(
    ("reach --matrix", ("reach", "viitoskaytava", "--matrix", "m.csv"),
     Says("3201.* or of one brought in with --lau, has its letters before it")),
    ("check", ("check", "norway.gpkg", "--code", "kommunenummer"),
     Says("3201.* or of one brought in with --lau, has its letters before it")),
)  # fmt: skip
@pytest.mark.usefixtures("files")
def test_no_command_names_functions_of_python(given, expected):
    write("m.csv", "id;091;3201\n091;0;5\n3201;5;0\n")
    hold(expected, lambda: cli(*given))
    with pytest.raises(Refused) as said:
        cli(*given)
    assert "geodata." not in str(said.value)


@table(
    ("points without x", ("--of", "p.csv"),
     Says("p.csv: no column for x among this, that: call it x in the file$")),
    ("points without a CRS", ("--of", "bare.shp"),
     Says("bare.shp: has no CRS.*set that of its coordinates, in QGIS")),
    ("points in metres called degrees", ("--of", "wrong.gpkg"),
     Says("in degrees, .*; save the file with its CRS, EPSG:3067, or what they are in$")),
    ("a layer for a matrix", ("--matrix", "norway.gpkg"),
     Says("norway.gpkg: a layer of shapes; CSV or Excel .* save its table as CSV, in QGIS")),
    ("a layer for a table", ("--table", "norway.gpkg", "--describe", "d.toml"),
     Says("norway.gpkg: a layer of shapes; CSV or Excel")),
    ("municipalities of two divisions", ("--table", "mixed.csv", "--describe", "d.toml"),
     Says("not municipalities of 2026: 838.*; write another division in its description, for --d")),
)  # fmt: skip
@pytest.mark.usefixtures("files")
def test_what_reach_reads_is_mended_in_the_file(given, expected):
    write("p.csv", "this,that\n500000,7000000\n")
    # Tarvasjoki was a municipality until 2014.
    write("mixed.csv", "kunta;tyopaikat\nTarvasjoki;10\nHelsinki;20\nNurmes;5\n")
    write("d.toml", "division = 2026\nyear = 2025\n" + COLUMN)
    centres = geodata.municipalities(2026)[["geometry"]].iloc[:3].centroid
    centres.to_file("bare.shp")
    Path("bare.prj").unlink()
    centres.set_crs(4326, allow_override=True).to_file("wrong.gpkg")
    hold(expected, lambda: cli("reach", "viitoskaytava", "--within", "0,10", *given))


@table(
    ("a zone with options of boundaries", ("nord.toml", "--code", "x", "--year", "2020"),
     Says("^Invalid value: --code, --year: of boundaries, and 'nord.toml' is read as a zone")),
    ("boundaries with the option of a zone", ("norway.gpkg", "--id", "x"),
     Says("^Invalid value: --id: of a zone, and 'norway.gpkg' is read as boundaries")),
)  # fmt: skip
@pytest.mark.usefixtures("files")
def test_an_option_of_another_kind_of_file(given, expected):
    hold(expected, lambda: cli("check", *given))


def test_a_year_without_boundaries_says_the_option_that_has_them():
    said = "no bundled boundaries of 2020: .* or a boundary file of 2020 with --boundaries FILE$"
    hold(Says(said), lambda: cli("map", "viitoskaytava", "--year", "2020", "-o", "m.html"))
