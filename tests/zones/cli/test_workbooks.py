"""Workbooks of commands: sheets for readers, in their language, with numbers as they read them."""

import importlib
import importlib.util
import logging
import pkgutil

import openpyxl
import pytest

import zones
import zones.cli
import zones.model
from zones.output import Sheet, write_workbook
from zones.texts import LANGUAGES, phrase, phrases

ARC, FIVE = "peramerenkaari", "viitoskaytava"
TABLE = "notebooks/data/example_2019.csv"


@pytest.fixture
def sheet(tmp_path, run):
    def call(*arguments, lang="fi"):
        path = tmp_path / "table.xlsx"
        assert run(*arguments, "-o", path, "--lang", lang)[0] == 0
        page, *_ = openpyxl.load_workbook(path).worksheets
        heads, *rows = page.iter_rows()
        return [dict(zip((head.value for head in heads), row, strict=True)) for row in rows]

    return call


def values(row, *heads):
    return [row[head].value for head in heads]


def test_every_column_of_every_sheet_has_its_heading_and_no_heading_is_of_none():
    modules = [
        importlib.import_module(f"{room.__name__}.{found.name}")
        for room in (zones.cli, zones.model)
        for found in pkgutil.iter_modules(room.__path__)
    ]
    lists = {name: value for one in modules for name, value in vars(one).items()}
    columns = {one for name, each in lists.items() if name.endswith("_SHEET") for one in each}
    assert len(columns) > 50
    for lang in LANGUAGES:
        texts = {key for key in phrases("sheets", lang) if key.startswith("column.")}
        assert texts == {f"column.{one}" for one in columns | {"number", "line"}}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_of_a_sheet_differ(lang):
    workbooks = importlib.import_module("zones.cli.workbooks")
    sheets = (value for value in vars(workbooks).items() if value[0].endswith("_SHEET"))
    for name, columns in sheets:
        heads = [phrase(f"sheets.column.{column}", lang) for column in columns]
        assert len(set(heads)) == len(heads), name


def test_all_zones_are_a_sheet_of_names(sheet):
    first, *rest = sheet("list")
    named = values(first, "Laji", "Nimi", "Tunnus", "Kuntajako", "Oletus")
    assert named == [
        *("kehittämisvyöhyke", "Perämerenkaaren kehittämisvyöhyke", ARC),
        *(2021, False),
    ]
    assert first["Oletus"].data_type == "b"
    assert rest[-1]["Laji"].value == "teema"


def test_members_have_names_and_roles_in_the_language(sheet):
    rows = sheet("show", ARC, lang="sv")
    host = next(row for row in rows if row["Kod"].value == "FI_564")
    assert values(host, "Kommun", "Roll", "Tillförlitlighet") == ["Uleåborg", "huvudman", "hög"]
    assert {row["Svagt eller föråldrat belägg"].value for row in rows} == {True, False}


def test_a_comparison_says_of_what_each_figure_is_and_whose(sheet):
    rows = sheet("compare", FIVE, ARC)
    people = next(row for row in rows if row["Mittari"].value == "Väestö")
    assert people["Ensimmäinen vyöhyke ja rajaus"].value.startswith("Viitoskäytävä (")
    assert people["Toinen vyöhyke ja rajaus"].value.startswith("Perämerenkaari (")
    assert isinstance(people["Ensimmäisen vuosi"].value, int)
    assert people["Erotus"].number_format == "#,##0"
    assert values(people, "Yksikkö", "Erotuksen yksikkö") == ["asukasta", "asukasta"]
    share = next(row for row in rows if row["Yksikkö"].value == "%")
    assert share["Erotus"].number_format == "#,##0.0"
    assert share["Erotuksen yksikkö"].value == "prosenttiyksikköä"
    assert "Oulu" in next(row["Tulevat"].value for row in rows if row["Mittari"].value == "Kunnat")
    text = " ".join(str(cell.value or "") for row in rows for cell in row.values())
    assert "FI_" not in text
    assert "None" not in text


def test_notes_on_the_whole_are_a_sheet_of_their_own(run, tmp_path):
    path = tmp_path / "t.xlsx"
    assert run("what-if", FIVE, "--add", "Oulu", "-o", path, "--lang", "sv")[0] == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Siffror", "Källor", "Anmärkningar"]
    assert "Uleåborg" in book["Anmärkningar"]["A2"].value


def test_a_ranking_has_words_for_units_and_the_axis_as_elsewhere(sheet):
    first, *_ = sheet("what-if", FIVE, "--best", "people")
    assert values(first, "Sija", "Kunta", "Yksikkö") == [1, "Kouvola", "asukasta"]
    assert first["Hyöty"].number_format == "#,##0"
    assert "Akseli, km" in first
    assert "Axel, km" in phrases("sheets", "sv").values()


def test_claims_have_verdicts_and_units_in_words(sheet):
    rows = sheet("claims", ARC)
    words = {phrase(f"claims.verdict.{one}", "fi") for one in zones.check_claims(ARC).tally()}
    assert {row["Arvio"].value for row in rows} <= words
    first = rows[0]
    assert values(first, "Julkaistu luku", "Julkaistu yksikkö") == [700_000, "asukasta"]
    assert first["Julkaistu luku"].number_format == "#,##0"
    assert first["Poikkeama"].number_format == "#,##0.0"


def test_every_unit_that_is_published_has_words():
    units = {claim.unit for group in zones.all_groups("zone") for claim in group.claims}
    for lang in LANGUAGES:
        assert {f"unit.{unit}" for unit in units} <= phrases("claims", lang).keys()


def test_what_is_found_in_a_table_is_said_in_words(sheet):
    first, *_ = sheet("table", TABLE)
    assert values(first, "Nimi", "Laji", "Lukuja") == ["Työpaikat", "lukumäärä", 307]
    assert first["Lähteet"].value == "1"
    table = sheet("table", TABLE)
    assert "percent" not in {row["Yksikkö"].value for row in table}


def test_figures_have_groups_and_municipalities_by_name_and_years_as_numbers(sheet):
    rows = sheet("coverage", ARC, lang="sv")
    area = next(row for row in rows if row["Mått"].value.startswith("Areal"))
    assert values(area, "Typ av gränser", "År") == ["felgränser, 90 %", 2026]
    overlaps = {row["Gäller"].value for row in rows if "Jaccard" in row["Mått"].value}
    assert overlaps <= {group.short_names.text("sv") for group in zones.all_groups()}
    assert not any("FI_" in str(cell.value) for row in rows for cell in row.values())
    change = next(row for row in sheet("reach", ARC) if "uutos" in row["Mittari"].value)
    assert change["Vuosi"].value == "2012–2022"


@pytest.mark.parametrize(("name", "package"), [("t.xlsx", "openpyxl"), ("t.parquet", "pyarrow")])
def test_a_package_that_is_not_installed_is_said_before_anything_is_computed(
    monkeypatch, run, tmp_path, name, package
):
    extra = {"openpyxl": "excel", "pyarrow": "parquet"}[package]
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda one, *rest: None if one == package else found(one, *rest)
    )
    monkeypatch.setattr("zones.coverage", lambda *_: pytest.fail("computed"))
    status, _, err = run("coverage", FIVE, "-o", tmp_path / name)
    assert status == 1
    advice = f"python -m pip install 'development-zones[{extra}]'"
    assert f"needs {package}, which is not installed" in err
    assert advice in err


def test_text_longer_than_a_cell_is_cut_and_said(tmp_path, caplog):
    long, most = "ä" * 40_000, 32_767
    with caplog.at_level(logging.WARNING, logger="zones.output"):
        write_workbook(tmp_path / "t.xlsx", [Sheet("one", ["Notes"], [[long], ["ä" * most]])])
    cells = [row[0].value for row in openpyxl.load_workbook(tmp_path / "t.xlsx")["one"].iter_rows()]
    assert cells[1] == "ä" * (most - 1) + "…"
    assert cells[2] == "ä" * most
    (said,) = caplog.messages
    assert said == "cell A2 (Notes): text of 40,000 characters cut to the 32,767 that Excel holds"


def test_truths_are_those_of_a_spreadsheet(tmp_path):
    write_workbook(tmp_path / "t.xlsx", [Sheet("one", ["a"], [[True], [False]])])
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "t.xlsx")["one"].iter_rows(2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(True, "b"), (False, "b")]
