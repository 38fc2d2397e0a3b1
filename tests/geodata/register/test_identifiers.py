"""What people write for a municipality, and what is said of the rest."""

import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geodata
from geodata.errors import IdentifierError, YearError
from geodata.register.divisions import YEARS, division_ids, lifetimes
from geodata.register.identifiers import (
    describe_years,
    detect_years,
    find_faults,
    fold,
    parse_id,
    parse_ids,
    suggest,
)
from geodata.register.names import repair, units_named

NAMES = [
    (year, country, unit, name)
    for year in YEARS
    for country in ("FI", "SE")
    for column in ("name_fi", "name_sv", "name_en")
    for unit, name in geodata.municipality_register(year, country=country)[column].items()
]
named = st.sampled_from(NAMES)
years = st.sampled_from(YEARS)


def forms(unit):
    country, code = unit.split("_")
    written = [code, unit, country + code, f"{country.lower()}-{code}", f" {unit}\n"]
    if country == "FI":
        last = lifetimes()[unit][1]
        written += [f"KU{code}", f"ku {code}", f"kunta_1_{last}0101/{code}"]
    return written


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("091", "FI_091"),
        ("KU091", "FI_091"),
        ("FI_091", "FI_091"),
        ("kunta_1_20260101/091", "FI_091"),
        ("https://example.org/classifications/kunta_1_20240101/588", "FI_588"),
        ("2580", "SE_2580"),
        ("SE_2580", "SE_2580"),
        ("Helsingfors", "FI_091"),
        ("HELSINKI", "FI_091"),
        ("091 Helsinki", "FI_091"),
        ("Helsinki (091)", "FI_091"),
        ("FI_091 – Helsingfors", "FI_091"),
        ("Raahe / Brahestad", "FI_678"),
        ("Maarianhamina", "FI_478"),
        ("mariehamn", "FI_478"),
        ("Maarianhamina - Mariehamn", "FI_478"),
        ("Pedersören kunta", "FI_599"),
        ("Pedersöre", "FI_599"),
        ("pedersoren", "FI_599"),
        ("Koski Tl", "FI_284"),
        ("Koski", "FI_284"),
        ("Koskis", "FI_284"),
        ("S:t Michel", "FI_491"),
        ("Mänttä-Vilppula", "FI_508"),
        ("mantta vilppula", "FI_508"),
        ("Helsingfors stad", "FI_091"),
        ("Helsingin kaupunki", "FI_091"),
        ("City of Helsinki", "FI_091"),
        ("Oulun kaupunki", "FI_564"),
        ("Tampereen kaupunki", "FI_837"),
        ("Alajärven kaupunki", "FI_005"),
        ("Hyrynsalmen kunta", "FI_105"),
        ("Kauniaisten kaupunki", "FI_235"),
        ("Pieksämäen kaupunki", "FI_593"),
        ("Seinäjoen kaupunki", "FI_743"),
        ("Uudenkaupungin kaupunki", "FI_895"),
        ("Varkauden kaupunki", "FI_915"),
        ("Luleå kommun", "SE_2580"),
        ("Luulaja", "SE_2580"),
        ("Haaparanta", "SE_2583"),
        ("Pertunmaa", "FI_588"),
        ("Jyva\u0308skyla\u0308", "FI_179"),
    ],
)
def test_known_forms(written, unit):
    assert parse_id(written) == unit


@given(st.sampled_from(sorted(lifetimes())), st.data())
def test_every_form_of_every_code_round_trips(unit, data):
    written = data.draw(st.sampled_from(forms(unit)))
    assert parse_id(written) == unit
    assert parse_id(written, year=data.draw(st.sampled_from(range(2013, lifetimes()[unit][1] + 1))))


@pytest.mark.parametrize("year", YEARS)
def test_every_name_of_every_year_round_trips(year):
    for at, country, unit, name in NAMES:
        if at == year:
            assert parse_id(name, year=year, country=country) == unit
            assert parse_id(fold(name).upper(), year=year, country=country) == unit


@given(st.lists(st.sampled_from(NAMES), max_size=30), st.data())
def test_a_random_mixture_of_forms(rows, data):
    written = [
        data.draw(st.sampled_from([*forms(unit), f"{unit} {name}", f"{name} ({unit[3:]})"]))
        for _, _, unit, name in rows
    ]
    index = pd.Index(data.draw(st.permutations(range(len(rows)))))
    parsed = parse_ids(pd.Series(written, index=index, dtype=object))
    assert parsed.tolist() == [unit for _, _, unit, _ in rows]
    assert parsed.index.equals(index)
    assert parsed.name == "lau_id"


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    faults = find_faults([text])
    if faults:
        with pytest.raises(IdentifierError) as raised:
            parse_id(text)
        assert "\n" not in str(raised.value)
    else:
        assert parse_id(text) in lifetimes()


@given(named)
def test_names_are_of_one_municipality_but_for_overtornea(row):
    _, _, unit, name = row
    assert unit in units_named(name)
    assert len(units_named(name)) == (2 if fold(name) == "overtornea" else 1)


@pytest.mark.parametrize(
    "value", [91, np.int64(91), np.uint8(91), 91.0, np.float32(91), decimal.Decimal(91)]
)
def test_numbers_are_refused_with_the_fix(value):
    with pytest.raises(IdentifierError) as raised:
        parse_id(value)
    assert 'dtype={"code": str}' in str(raised.value)
    assert "did you mean 091 Helsinki?" in str(raised.value)


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([91, 92], name="kunta"),
        pd.Series([91.0, np.nan], name="kunta"),
        pd.Series([91, None], dtype="Int64", name="kunta"),
        pd.Series([91, 92], dtype="category", name="kunta"),
        pd.Series([True, False], name="kunta"),
    ],
)
def test_a_column_of_numbers_is_refused_as_a_whole(column):
    with pytest.raises(IdentifierError, match=r"column 'kunta'.*dtype=\{'kunta': str\}"):
        parse_ids(column)


def test_numbers_in_an_array_are_refused():
    with pytest.raises(IdentifierError, match="leading zeros"):
        parse_ids(np.array([91, 92]), column="code")


@pytest.mark.parametrize(
    ("value", "options", "said"),
    [
        (None, {}, "is missing"),
        (float("nan"), {}, "is missing"),
        (pd.NA, {}, "is missing"),
        (pd.NaT, {}, "is missing"),
        ("  ", {}, "is empty"),
        (True, {}, "is a bool"),
        (b"091", {}, "is a bytes"),
        (["091"], {}, "is a list"),
        (91.5, {}, "is a number"),
        (float("inf"), {}, "is a number"),
        ("91", {}, "has 2 digits.*did you mean 091 Helsinki"),
        ("9" * 400, {}, "has 400 digits"),
        ("093", {}, "not a municipality of Finland in any year 2013-2026.*092 Vantaa"),
        ("064", {}, "did you mean 065 Geta.*046 Enonkoski"),
        ("330", {}, r"did you mean 322 Kemiönsaari"),
        ("SE_0180", {}, "29 municipalities of Norrbotten and Västerbotten"),
        ("2580", {"country": "FI"}, "not a code of FI"),
        ("Rovaneimi", {}, "did you mean 698 Rovaniemi"),
        ("JyvÃ¤skylÃ¤", {}, "broken encoding.*'Jyväskylä'.*encoding=\"utf-8\".*179"),
        ("091 Oulu", {}, "two municipalities, 091 Helsinki and 564 Oulu"),
        ("Övertorneå", {}, "2 municipalities, FI_976 Ylitornio and SE_2518 Övertorneå"),
    ],
)
def test_what_is_wrong_is_said(value, options, said):
    with pytest.raises(IdentifierError, match=said):
        parse_id(value, **options)


def test_a_name_in_two_countries_is_read_with_the_country():
    assert parse_id("Övertorneå", country="FI") == "FI_976"
    assert parse_id("Övertorneå", country="SE") == "SE_2518"
    assert parse_id("976 Övertorneå") == "FI_976"


def test_a_name_in_one_division_only_is_not_ambiguous(monkeypatch):
    monkeypatch.setattr(
        "geodata.register.codes.units_named", lambda _: frozenset({"FI_588", "FI_507"})
    )
    assert parse_id("any", year=2026) == "FI_507"


@pytest.mark.parametrize("written", ["588", "KU588", "Pertunmaa", "kunta_1_20260101/588"])
def test_a_merged_municipality_says_into_what_and_when(written):
    year = None if "2026" in written else 2026
    with pytest.raises(IdentifierError) as raised:
        parse_id(written, year=year)
    assert str(raised.value) == (
        f"{written!r}: 588 Pertunmaa was merged into 507 Mäntyharju on 1.1.2025; use 507, a year "
        "before 2025, or successors()"
    )


def test_a_merged_municipality_is_read_while_it_is_there():
    assert parse_id("588", year=2024) == "FI_588"
    assert parse_id("kunta_1_20260101/588", year=2024) == "FI_588"


@pytest.mark.parametrize("unit", sorted(set(division_ids(2013)) - division_ids(2026)))
def test_every_former_municipality_is_explained(unit):
    row = geodata.mergers().set_index("lau_id").loc[unit]
    with pytest.raises(
        IdentifierError, match=f"{row['successor'][3:]}.*1.1.{row['in_force'].year}"
    ):
        parse_id(unit, year=2026)


def test_scope_is_checked():
    with pytest.raises(YearError, match="2013-2026"):
        parse_id("091", year=2012)
    with pytest.raises(ValueError, match="'NO'"):
        parse_ids(["091"], country="NO")


def test_every_bad_row_is_reported_at_once():
    column = pd.Series(
        ["091", 91, None, "Helsinky", "Helsinky", "588"], index=list("abcdef"), name="kunta"
    )
    with pytest.raises(IdentifierError) as raised:
        parse_ids(column, year=2026)
    message = str(raised.value)
    assert message.startswith(
        "column 'kunta': 5 of 6 rows are not municipalities of 2026: row index b: 91"
    )
    assert "row index d, e: 'Helsinky'" in message
    assert "row index f: '588': 588 Pertunmaa was merged" in message
    assert "\n" not in message
    faults = find_faults(column, year=2026)
    assert [fault.rows for fault in faults] == [("b",), ("c",), ("d", "e"), ("f",)]
    assert faults[2].value == "Helsinky"
    assert faults[2].suggestions == ("FI_091",)


def test_a_long_report_points_to_the_rest():
    with pytest.raises(
        IdentifierError, match=r"30 of 30 rows.*and 10 more values, see find_faults"
    ):
        parse_ids([f"nowhere {number}" for number in range(30)])


def test_columns_of_any_container():
    assert parse_ids(np.array(["091", "2580"])).tolist() == ["FI_091", "SE_2580"]
    assert parse_ids(pd.Index(["091"])).tolist() == ["FI_091"]
    assert parse_ids(pd.Series(["091"] * 2, dtype="category")).tolist() == ["FI_091"] * 2
    assert parse_ids(code for code in ("005", "009")).tolist() == ["FI_005", "FI_009"]
    assert parse_ids([]).empty
    assert find_faults(["091"]) == ()
    with pytest.raises(IdentifierError, match="one value"):
        parse_ids("091")


def test_fold_and_suggest():
    assert fold("  MÄNTTÄ–Vilppula ") == "mantta vilppula"
    assert fold("Tromsø, Ålesund") == "tromso alesund"
    assert suggest("peramerenkari", ["Perämerenkaari", "Viitoskäytävä"]) == ("Perämerenkaari",)
    assert suggest("viitos", ["Perämerenkaari", "Viitoskäytävä"]) == ("Viitoskäytävä",)
    assert suggest("xyzzy", ["Perämerenkaari"]) == ()


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(named)
def test_broken_encoding_is_recognised(row):
    name = row[3]
    broken = name.encode().decode("latin-1")
    assert repair(broken) == (None if broken == name else name)


def test_years_that_hold_all():
    assert detect_years(["091", "911"]) == tuple(range(2013, 2020))
    assert detect_years(["Pertunmaa", "SE_2580"]) == tuple(range(2013, 2025))
    assert detect_years(["kunta_1_20240101/588"]) == (2024,)
    assert detect_years([]) == tuple(YEARS)


@given(years)
def test_a_division_is_recognised(year):
    ids = geodata.municipality_register(year).index
    fit = describe_years(ids)
    assert year in fit.years
    assert fit.exact == tuple(
        other for other in YEARS if set(geodata.municipality_register(other).index) == set(ids)
    )
    assert not fit.mixed
    assert "whole division" in fit.description


@given(st.sets(st.sampled_from(sorted(lifetimes())), min_size=1))
def test_detected_years_are_those_that_hold_all(ids):
    assert detect_years(sorted(ids)) == tuple(
        year for year in YEARS if division_ids(year).issuperset(ids)
    )


def test_dated_identifiers_of_two_years_are_mixed():
    fit = describe_years(["kunta_1_20260101/507", "kunta_1_20240101/588", "091"])
    assert fit.mixed
    assert fit.years == ()
    assert fit.clashing == ("FI_588", "FI_507")
    assert fit.description == "mixes years: 588 Pertunmaa (2024), 507 Mäntyharju (2026)"


def test_a_national_table_of_two_years_is_mixed():
    # Valtimo ceased in 2020, Honkajoki in 2021: a table with the first and without the second.
    table = [*geodata.municipality_register(2026).index, "FI_911", "FI_588"]
    fit = describe_years(table)
    assert fit.mixed
    assert fit.exact == ()
    assert set(fit.clashing) == {"FI_911", "FI_588", "FI_099"}
    assert "lacks 099 Honkajoki (until 2020)" in fit.description


def test_a_table_of_some_municipalities_is_not_mixed():
    fit = describe_years(["091", "911"])
    assert not fit.mixed
    assert fit.description == "fits 2013-2019"
    assert describe_years(["kunta_1_20240101/588"]).description == "fits 2024"


def test_codes_that_a_spreadsheet_wrote():
    assert parse_ids(["'091", '="049"', '"2580"']).tolist() == ["FI_091", "FI_049", "SE_2580"]
    with pytest.raises(IdentifierError, match=r"number that became text.*did you mean 091 Hels"):
        parse_id("91.0")


def test_a_column_of_something_else_is_refused_soon():
    faults = find_faults([f"Street {number}" for number in range(20_000)])
    assert len(faults) == 20_000
    assert faults[-1].suggestions == ()
