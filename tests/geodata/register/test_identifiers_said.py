"""What is said of a municipality that cannot be read, word by word, and what may be meant."""

import numpy as np
import pandas as pd
import pytest

import geodata
from geodata.errors import IdentifierError
from geodata.register.codes import dated
from geodata.register.identifiers import describe_years, find_faults, parse_id, parse_ids

LOST = """where a code is text such as '091', with leading zeros; read codes as text, for instance \
with dtype={"code": str}"""
TEXT = 'read codes as text, for instance with dtype={"code": str}'
NEVER = "is not a municipality of Finland in any year 2013-2026"
ABROAD = "is not a code of SE; give one of that country, or country=None"
HELSINKI = "did you mean 091 Helsinki?"
PERTUNMAA = (
    "588 Pertunmaa was merged into 507 Mäntyharju on 1.1.2025; use 507, a year before 2025, or "
    "successors()"
)


@pytest.mark.parametrize(
    ("value", "scope", "said"),
    [
        ("91", {}, f"has 2 digits, where codes of FI have 3, with leading zeros; {HELSINKI}"),
        ("91", {"country": "SE"}, ABROAD),
        (91, {}, f"is a number, {LOST}; {HELSINKI}"),
        (91.5, {}, f"is a number, {LOST}"),
        # A number is of a municipality of the country that is asked for.
        (91, {"country": "SE"}, f"is a number, {LOST}"),
        (2580, {"country": "SE"}, f"is a number, {LOST}; did you mean 2580 Luleå?"),
        (2580, {"country": "FI"}, f"is a number, {LOST}"),
        (
            "91.0",
            {"country": "FI"},
            (
                f"is a number that became text, and may have lost its leading zeros; {TEXT}; "
                f"{HELSINKI}"
            ),
        ),
        (
            "91.0",
            {"country": "SE"},
            f"is a number that became text, and may have lost its leading zeros; {TEXT}",
        ),
        (
            "590",
            {},
            f"{NEVER}; did you mean 592 Petäjävesi or 593 Pieksämäki?",
        ),
        # A municipality that was none in the year is not meant.
        (
            "587",
            {"year": 2024},
            f"{NEVER}; did you mean 588 Pertunmaa or 584 Perho or 578 Paltamo?",
        ),
        (
            "587",
            {"year": 2026},
            f"{NEVER}; did you mean 584 Perho or 583 Pelkosenniemi or 578 Paltamo?",
        ),
        ("'588", {"year": 2026}, PERTUNMAA),
        ("kunta_1_20240101/588", {"year": 2026}, PERTUNMAA),
        ("Pertunmaan kunta", {"year": 2026}, PERTUNMAA),
        (
            "Espoo (091)",
            {},
            (
                "code and name are of two municipalities, 091 Helsinki and 049 Espoo; correct one "
                "of them; did you mean 091 Helsinki or 049 Espoo?"
            ),
        ),
        (
            "091 Espoo",
            {"country": "SE"},
            "is not a code of SE; give one of that country, or country=None",
        ),
        (
            "JyvÃ¤skylÃ¤",
            {},
            (
                "has broken encoding (UTF-8 read as Latin-1: it seems to be 'Jyväskylä'); read the "
                'file with encoding="utf-8"; did you mean 179 Jyväskylä?'
            ),
        ),
        ("JyvÃ¤skylÃ¤", {"country": "SE"}, "is not a name of a municipality known here"),
        (
            "Övertorneå",
            {"year": 2026},
            (
                "is the name of 2 municipalities, FI_976 Ylitornio and SE_2518 Övertorneå; give "
                "the code or the country"
            ),
        ),
        (None, {}, "is missing; give a code or a name, or drop the row"),
        (" ", {}, "is empty; give a code or a name, or drop the row"),
        (True, {}, "is a bool; give a code or a name as text"),
        ([], {}, "is a list; give a code or a name as text"),
    ],
)
def test_one_value(value, scope, said):
    with pytest.raises(IdentifierError) as refused:
        parse_id(value, **scope)
    assert str(refused.value).startswith(repr(value))
    assert str(refused.value).removeprefix(repr(value)).lstrip(": ") == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (5, "5 is one value where a column was expected; use parse_id() or a list"),
        ("091", "'091' is one value where a column was expected; use parse_id() or a list"),
        ({"091": 1}, "a dict where one column was expected; give a list, a Series or one column"),
        (np.array([["091"]]), "a ndarray where one column was expected; give a list, a Series or"),
        (pd.DataFrame({"a": ["091"]}), "a DataFrame where one column was expected; give a list"),
        (pd.MultiIndex.from_tuples([("091", "a")]), "a MultiIndex where one column was expected"),
        ([91, "049"], "1 of 2 rows are not municipalities: row index 0: 91 is a number, where"),
        (pd.Series([91.0, 49.0], name="kunta"), "column 'kunta': holds numbers (91.0, ...; dtype"),
    ],
)
def test_no_column_of_municipalities(values, said):
    with pytest.raises(IdentifierError) as refused:
        parse_ids(values)
    assert str(refused.value).startswith(said)


def test_columns_of_a_table_say_where_one_is_meant():
    with pytest.raises(IdentifierError, match=r"or one column of a table$"):
        parse_ids(pd.DataFrame({"a": ["091"]}))


def test_a_column_is_read_with_the_year_and_country_asked_for():
    assert parse_ids(["Övertorneå", "2580"], country="SE").tolist() == ["SE_2518", "SE_2580"]
    faults = find_faults(["Övertorneå", 91, "91", "Helsinki"], country="SE")
    assert [(fault.rows, fault.value) for fault in faults] == [
        ((1,), 91),
        ((2,), "91"),
        ((3,), "Helsinki"),
    ]
    assert [fault.suggestions for fault in faults[:2]] == [(), ()]
    assert [fault.rows for fault in find_faults(["588", "507"], year=2026)] == [(0,)]
    # One, one point zero, true and the text are four values, each said of its own.
    assert [fault.rows for fault in find_faults([1, True, 1.0, "1", 1])] == [
        (0, 4),
        (1,),
        (2,),
        (3,),
    ]


def test_columns_are_text_and_keep_their_index():
    index = pd.Index(["p", "q"])
    read = parse_ids(pd.Series(["091", "Espoo"], index=index))
    expected = pd.Series(["FI_091", "FI_049"], index=index, name="lau_id")
    pd.testing.assert_series_equal(read, expected, check_dtype=False)
    assert read.dtype == pd.Series(["text"]).dtype


def test_years_of_identifiers_that_name_their_division():
    assert dated("kunta_1_20240101/588") == 2024
    assert dated(" https://example.org/kunta_1_20240101/588 ") == 2024
    assert dated("kunta_1_19990101/588") is None
    assert dated("588") is None
    assert dated(588) is None
    mixed = describe_years(["kunta_1_20260101/507", "kunta_1_20240101/588", "091"])
    assert (mixed.years, mixed.exact, mixed.mixed) == ((), (), True)
    assert mixed.clashing == ("FI_588", "FI_507")
    assert mixed.description == "mixes years: 588 Pertunmaa (2024), 507 Mäntyharju (2026)"
    both = describe_years(["kunta_1_20130101/091", "kunta_1_20260101/091"])
    assert both.description == "mixes years: 091 Helsinki (2013-2026)"


def test_a_long_list_of_clashing_municipalities_is_cut():
    ids = geodata.municipality_register(2026, country="FI").index.str[3:]
    dates = [f"kunta_1_{2026 - at % 2}0101/{code}" for at, code in enumerate(ids[:30])]
    said = describe_years(dates)
    assert len(said.clashing) == 30
    assert said.description.count("(") < 30
    assert said.description.endswith(" more")


def test_a_national_table_with_one_former_and_one_missing():
    ids = set(geodata.municipality_register(2026, country="FI").index)
    # While Valtimo was there, so were Honkajoki and Pertunmaa.
    fit = describe_years(sorted(ids | {"FI_911"}))
    assert fit.mixed
    assert fit.exact == ()
    assert fit.clashing == ("FI_911", "FI_099", "FI_588")
    assert fit.description == (
        "mixes years: has 911 Valtimo (until 2019), lacks 099 Honkajoki (until 2020), lacks "
        "588 Pertunmaa (until 2024)"
    )
    # A neighbour country's municipalities do not undo a whole division.
    whole = describe_years([*sorted(ids), "SE_2580"])
    assert (whole.exact, whole.mixed) == ((2025, 2026), False)
    assert whole.description == "fits 2013-2026, is the whole division of 2025-2026"
    assert describe_years(["588", "2580"]).description == "fits 2013-2024"
    assert describe_years([]).description == "fits 2013-2026"
