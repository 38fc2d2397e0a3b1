"""A figure as a line of a memo, and a table of figures as a workbook."""

from dataclasses import replace

import openpyxl
import pytest

import zones
from zones.errors import OutputError
from zones.model.amounts import Label
from zones.model.figures import Measure
from zones.texts import Named, Text


@pytest.fixture(scope="module")
def table():
    return zones.reach("peramerenkaari") + zones.coverage("peramerenkaari")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        (
            "fi",
            (
                "Väestö, Ruotsin osa, Perämerenkaari (Perämerenkaaren jäsenet noin 2023–2025): "
                "252 833 asukasta (2024). Lähde: Ruotsin tilastokeskus (SCB)"
            ),
        ),
        (
            "sv",
            (
                "Befolkning, svenska delen, Bottenviksbågen (Bottenviksbågens medlemmar cirka "
                "2023–2025): 252 833 invånare (2024). Källa: Statistiska centralbyrån (SCB)"
            ),
        ),
        (
            "en",
            (
                "Population, Swedish part, Bothnian Arc (Bothnian Arc members, about 2023–2025): "
                "252,833 people (2024). Source: Statistics Sweden (SCB)"
            ),
        ),
    ],
)
def test_a_sentence_says_what_where_how_much_when_and_from_whom(table, lang, line):
    assert table.get("population", "SE").sentence(lang).replace("\xa0", " ") == line


def test_bounds_and_both_years_of_a_change_are_said(table):
    assert ", error bounds (90%) 31,290–33,846 km² (2026)." in table.get("area").sentence()
    assert "(2012–2022)" in table.get("population_change").sentence()


def test_what_cannot_be_computed_says_why():
    area = zones.area("viitoskaytava", year=2014)
    line = zones.coverage(area).get("area").sentence("en")
    assert "Cannot be computed" in line
    assert "None" not in line


@pytest.mark.parametrize(
    ("lang", "errors", "span"),
    [
        ("fi", "virherajat (90 %) ", "vaihteluväli "),
        ("sv", "felgränser (90 %) ", "intervall "),
        ("en", "error bounds (90%) ", "range "),
    ],
)
def test_bounds_are_errors_where_borders_stray_and_else_a_range(table, lang, errors, span):
    density, near = table.get("density"), zones.reach("peramerenkaari", within_km=[25])
    assert errors in density.sentence(lang)
    line = near.get("population_within", "25").sentence(lang)
    assert span in line
    assert errors not in line
    assert [one.bounds_kind for one in (density, near[0])] == ["error", None]


def test_a_group_is_called_by_its_name(table):
    row = next(row for row in table if row.name == "overlap_units" and row.key == "terveysdata")
    assert ", HYTKI, Perämerenkaari" in row.sentence("fi")


def test_municipalities_are_called_by_their_names():
    note = Text.of("measures.note.no_centre", units="FI_564, SE_2580 and FI_000")
    said = replace(_own(value=None, low=None, high=None), notes=(note,)).sentence("sv")
    assert "Uleåborg, Luleå and FI_000" in said


def test_a_figure_of_no_year_has_no_empty_brackets():
    assert replace(_own(value=3, low=3, high=3), year=None).sentence("en") == "Jobs: 3 jobs."


def test_where_a_line_ends_is_clear_though_it_holds_the_mark_itself():
    known = _own(value=3, low=3, high=3)
    two = replace(known, sources=("Statistics: A, 115h", "Borders: B; C")).sentence("en")
    assert two.endswith("Source: A, 115h | B; C")
    plain = replace(known, sources=("Statistics: A", "Borders: B")).sentence("en")
    assert plain.endswith("Source: A; B")


def _own(**numbers):
    label = Label(
        name=Named.in_three("Työpaikat", "Arbetsplatser", "Jobs"),
        unit=Named.in_three("työpaikkaa", "arbetsplatser", "jobs"),
    )
    return Measure(
        name="jobs",
        key=None,
        unit="jobs",
        year=2019,
        extent="own",
        method=Text.of("measures.method.members"),
        label=label,
        **numbers,
    )


def test_a_figure_of_a_user_has_the_words_of_the_user():
    known = _own(value=1200, low=1200, high=1200)
    assert known.sentence("fi").replace("\xa0", " ") == "Työpaikat: 1 200 työpaikkaa (2019)."


def test_a_figure_that_is_bounded_from_below_alone_is_at_least_so_much():
    line = _own(value=None, low=1200, high=None).sentence("fi").replace("\xa0", " ")
    assert line == "Työpaikat: vähintään 1 200 työpaikkaa (2019)."


def test_a_figure_that_is_bounded_alone_is_a_span():
    line = _own(value=None, low=1200, high=1250).sentence("sv").replace("\xa0", " ")
    assert line == "Arbetsplatser: 1 200–1 250 arbetsplatser (2019)."


def test_a_table_writes_a_workbook_for_a_colleague(table, tmp_path):
    path = table.to_excel(tmp_path / "figures.xlsx", lang="sv")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Siffror", "Källor"]
    assert book["Siffror"].max_row == len(table) + 1
    with pytest.raises(OutputError, match=r"ends in \.xlsx"):
        table.to_excel(tmp_path / "figures.csv")
