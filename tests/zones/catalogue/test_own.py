"""Zones of a user's own: files, tables and lists."""

import numpy as np
import pandas as pd
import pytest
from typeguard import suppress_type_checks

from zones.catalogue.own import read_zone
from zones.errors import CatalogueError
from zones.extents.membership import incidence

TOML = """
id = "two-shores"
name_fi = "Kaksi rantaa"
name_sv = "Två stränder"
division = 2026
codes = ["564", "FI_678", "2580"]
spine = ["678", "564", "2580"]
"""


def _file(folder, text, name="mine.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_zone_from_toml(tmp_path):
    zone = read_zone(_file(tmp_path, TOML))
    assert zone.default_extent.units == ("FI_564", "FI_678", "SE_2580")
    assert zone.default_extent.division == 2026
    assert zone.names.get("en") == ("Kaksi rantaa", "fi")
    assert zone.short_names.get("sv") == ("Två stränder", "sv")
    assert [point.name for point in zone.spine] == ["Raahe", "Oulu", "Luulaja"]
    assert {(row.name_sv, row.source) for row in zone.memberships} == {
        ("Uleåborg", "mine.toml"),
        ("Brahestad", "mine.toml"),
        ("Luleå", "mine.toml"),
    }
    assert incidence(zone)["relation"].tolist() == ["both"] * 3


def test_municipalities_may_be_given_by_name(tmp_path):
    text = TOML.replace('"564", "FI_678"', '"Uleåborg", "Raahe"')
    assert read_zone(_file(tmp_path, text)).default_extent.units[:2] == ("FI_564", "FI_678")


def test_every_fault_of_a_toml_file_is_listed(tmp_path):
    text = """
    id = "Bothnian Arc"
    nimi = "x"
    codes = ["564", "FI_564", 91, "99", "999"]
    spine = ["678"]
    """
    with pytest.raises(CatalogueError) as caught:
        read_zone(_file(tmp_path, text))
    message = str(caught.value)
    for part in (
        "mine.toml has 8 faults",
        "division is missing",
        "nimi: unknown key; the keys are",
        "a name of the library's peramerenkaari",
        "codes[2]: FI_564 is given twice",
        'codes[3]: 91 is not text: write codes as text, "091"',
        "codes[4]: '99' has 2 digits",
        "codes[5]: 999 was never a municipality",
        "spine: there is one centre",
    ):
        assert part in message, part
    assert "\n" not in message


@pytest.mark.parametrize(
    ("division", "fault"),
    [
        ("2026", "588 was a municipality in 2013-2024, not in 2026"),
        ("1999", "division: expected a year from 2013 to 2026, got 1999"),
        ('"2026"', "division: expected a year .* got '2026'"),
        ("true", "division: expected a year .* got true"),
    ],
)
def test_a_code_is_held_against_its_division(tmp_path, division, fault):
    text = f'id = "mine"\ndivision = {division}\ncodes = ["507", "588"]\n'
    with pytest.raises(CatalogueError, match=fault):
        read_zone(_file(tmp_path, text))


def test_a_merged_unit_is_known_in_its_own_division(tmp_path):
    text = 'id = "mine"\ndivision = 2024\ncodes = ["588"]\n'
    zone = read_zone(_file(tmp_path, text))
    assert incidence(zone, division=2024).index.tolist() == ["FI_588"]
    assert incidence(zone, division=2026).index.tolist() == ["FI_507"]


def test_a_file_in_the_form_of_the_library_may_have_several_extents(tmp_path):
    text = """
    id = "mine"
    name_fi = "Oma"
    [[extent]]
    id = "small"
    division = 2026
    codes = ["091"]
    default = true
    [[extent]]
    id = "large"
    division = 2026
    codes = ["091", "049"]
    """
    zone = read_zone(_file(tmp_path, text))
    assert [(e.id, len(e), e.default) for e in zone.extents] == [
        ("small", 1, True),
        ("large", 2, False),
    ]
    with pytest.raises(CatalogueError, match=r"extent\[1\].codes\[1\]: 0911 was never"):
        read_zone(_file(tmp_path, text.replace('["091"]', '["0911"]')))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id = ", "mine.toml is no valid TOML"),
        ("", "3 faults: id is missing.*division is missing.*codes is missing"),
    ],
)
def test_a_broken_toml_file_is_named(tmp_path, text, fault):
    with pytest.raises(CatalogueError, match=fault):
        read_zone(_file(tmp_path, text))


def test_a_missing_file_and_a_wrong_encoding_are_named(tmp_path):
    with pytest.raises(CatalogueError, match=r"no\.toml: no such file"):
        read_zone(tmp_path / "no.toml")
    path = tmp_path / "old.toml"
    path.write_bytes('name_fi = "Äänekoski"'.encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"old\.toml is not in UTF-8"):
        read_zone(path)


@pytest.mark.parametrize(
    "text",
    [
        "id,name_fi,division,codes\nmine,Oma,2026,005\nmine,Oma,2026,564\n",
        "\ufeffid;name_fi;division;codes\r\nmine;Oma;2026;005\r\n;;;564\r\n",
        'id,name_fi,division,codes\nmine,Oma,2026,"005 564"\n',
        'id,name_fi,division,codes\nmine,Oma,2026,"Alajärven kaupunki, Oulu"\n',
        "id,name_fi,division,codes\nmine,Oma,2026,005;564\n",
    ],
)
def test_a_zone_from_csv(tmp_path, text):
    zone = read_zone(_file(tmp_path, text, "mine.csv"))
    assert (zone.id, zone.names.fi) == ("mine", "Oma")
    assert zone.default_extent.units == ("FI_005", "FI_564")


def test_a_csv_file_with_several_zones_asks_which(tmp_path):
    path = _file(tmp_path, "id,division,codes\na,2026,005\nb,2026,564\n", "mine.csv")
    with pytest.raises(CatalogueError, match="holds the zones a, b: say which"):
        read_zone(path)
    assert read_zone(path, id="b").default_extent.units == ("FI_564",)
    with pytest.raises(CatalogueError, match="no zone 'c': it holds a, b"):
        read_zone(path, id="c")


@pytest.mark.parametrize(
    "text",
    [
        "id;name_fi;division;codes\na;A;2026;005\n;;;171\nb;B;2026;564\n;;;494\n",
        "sep=;\nID; Name_fi;Division;Codes\na;A;2026.0;005\na;;;171\nb;B;2026 ;564, 494\n;;;\n",
    ],
)
def test_a_csv_file_as_spreadsheets_write_it(tmp_path, text):
    path = _file(tmp_path, text, "mine.csv")
    assert read_zone(path, id="a").default_extent.units == ("FI_005", "FI_171")
    assert read_zone(path, id="b").default_extent.units == ("FI_564", "FI_494")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id,codes\nmine,005\n", "no column division"),
        ("", "empty; a header row was expected"),
        ("id,division,codes\n", "no row below its header"),
        ("id,division,codes\n,2026,005\nmine,2026,564\n", "no id in row 2: give it in each row"),
        ("id,division,codes\nmine,2026,5\n", "'5' has 1 digits"),
        ("id,division,codes\nmine,2026,005\nmine,2025,564\n", "division differs between rows"),
        ("id,division,codes\nmine,2026,005,564\n", "line 2 has 4 values, the header 3 names"),
        ("id,division,codes\nmine,²,005\n", "division: expected a year .* got '²'"),
    ],
)
def test_faults_of_a_csv_file(tmp_path, text, fault):
    with pytest.raises(CatalogueError, match=fault):
        read_zone(_file(tmp_path, text, "mine.csv"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("spine = 5", "spine: expected a list, got 5"),
        ("aliases = [5]", r"aliases\[1\]: expected text, got 5: write it in quotes"),
        ("name_fi = 5", "a fault: name_fi: expected text, got 5"),
        ("extent = 5", "extent: expected a list, got 5"),
        ("[[extent]]\nid = 'a'\ncodes = 5", r"extent\[1\].codes: expected a list, got 5"),
    ],
)
def test_values_of_another_kind_in_a_toml_file(tmp_path, line, fault):
    text = f'id = "mine"\ndivision = 2026\ncodes = ["005"]\n{line}\n'
    with pytest.raises(CatalogueError, match=fault):
        read_zone(_file(tmp_path, text, "mine.toml"))


def test_a_zone_from_a_table():
    frame = pd.DataFrame({"x": 1}, index=pd.Index(["FI_005", "SE_2580"], name="lau_id"))
    zone = read_zone(frame, id="mine", division=2026, name_fi="Oma", spine=["005", "2580"])
    assert zone.default_extent.units == ("FI_005", "SE_2580")
    assert len(zone.spine) == 2
    assert read_zone(frame, id="mine", division=np.int64(2026)) is not None
    with suppress_type_checks(), pytest.raises(CatalogueError, match="a NoneType is no zone"):
        read_zone(None)


@pytest.mark.parametrize("codes", [[5, 91], np.array([5, 91]), pd.Series([5.0, 91.0])])
def test_a_table_with_numbers_for_codes_is_refused(codes):
    with pytest.raises(CatalogueError, match=r"2 faults.*5(\.0)? is not text.*91(\.0)? is not"):
        read_zone(pd.DataFrame({"code": codes}))


def test_a_table_says_of_each_what_a_file_may_say(tmp_path):
    frame = pd.DataFrame(
        {
            "code": ["285", "075", "489"],
            "jobs": [1, 2, 3],
            "alkaen": [pd.NaT, pd.NaT, pd.Timestamp(2024, 1, 1)],
            "role": ["host", "", None],
        }
    )
    file = _file(
        tmp_path,
        'id,division,codes,valid_from,role\nmine,2026,"285",,host\nmine,,"075",,\n'
        'mine,,"489",2024-01-01,\n',
        "mine.csv",
    )
    found = read_zone(frame, id="mine", division=2026, source="mine.csv")
    assert found.memberships == read_zone(file).memberships
    assert read_zone(frame.assign(source="minutes")).default_extent.source == "minutes"
    assert read_zone(frame).default_extent.source == "given by the user"
    with pytest.raises(CatalogueError, match=r"valid_from of row 0: expected a date .* 'spring'"):
        read_zone(frame.assign(alkaen="spring"))
    with pytest.raises(CatalogueError, match="alkaen, valid_from are one column: give one of them"):
        read_zone(frame.assign(valid_from="2021"))
