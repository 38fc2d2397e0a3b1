"""Tables of commands as files: what is written is what is printed, whole or not at all."""

import csv
import functools
import io
import json

import openpyxl
import pandas as pd
import pytest

import zones
from zones.output import Sheet, write_workbook

COMMANDS = [
    ("coverage", "viitoskaytava"),
    ("reach", "peramerenkaari", "--within", "25"),
    ("list",),
    ("show", "peramerenkaari"),
    ("compare", "viitoskaytava", "peramerenkaari"),
    ("what-if", "viitoskaytava", "--best", "people"),
    ("claims", "peramerenkaari"),
]


@pytest.fixture(scope="module", autouse=True)
def computed_once():
    """Keep what takes long to compute: no two commands above ask for it in two ways."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("compare", "check_claims"):
            patch.setattr(zones, name, _once(getattr(zones, name)))
        yield


def _once(function):
    kept = []

    @functools.wraps(function)
    def call(*arguments, **options):
        kept[:] = kept or [function(*arguments, **options)]
        return kept[0]

    return call


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_holds_what_the_option_prints(run, tmp_path, command):
    printed = {}
    for kind in ("csv", "json"):
        path = tmp_path / f"table.{kind}"
        printed[kind] = run(*command, f"--{kind}")[1]
        status, out, _ = run(*command, "-o", path)
        assert status == 0
        assert path.name in out
        assert path.read_text(encoding="utf-8") == printed[kind]
    assert run(*command, "-o", tmp_path / "table.parquet")[0] == 0
    head, *rows = csv.reader(io.StringIO(printed["csv"]))
    frame = pd.read_parquet(tmp_path / "table.parquet")
    assert rows
    assert (list(frame), len(frame)) == (head, len(rows))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_workbook_has_figures_and_sources_in_the_language_asked_for(run, tmp_path, command):
    for name in ("one.xlsx", "two.xlsx"):
        assert run(*command, "-o", tmp_path / name, "--lang", "fi")[0] == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert book.sheetnames[:2] == ["Luvut", "Lähteet"]
    heads, *rows = book["Luvut"].iter_rows(values_only=True)
    assert len(set(heads)) == len(heads)
    assert rows
    if "Lähteet" in heads:
        cited = {n for row in rows for n in str(row[heads.index("Lähteet")] or "").split(", ") if n}
        numbered = [str(number) for number, _ in book["Lähteet"].iter_rows(2, values_only=True)]
        assert cited == set(numbered)


def test_numbers_stay_numbers_with_the_decimals_that_a_person_reads(run, tmp_path):
    run("coverage", "viitoskaytava", "-o", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Figures"]
    cells = {row[1].value: row[3] for row in sheet.iter_rows(2)}
    assert cells["Municipalities"].value == 46
    assert cells["Compactness (Polsby-Popper)"].number_format == "#,##0.000"
    assert cells["Area, land and inland water"].value == pytest.approx(103_425, abs=1)


def test_text_is_never_a_formula(tmp_path):
    text = '=HYPERLINK("http://x")'
    write_workbook(tmp_path / "t.xlsx", [Sheet("one", ["@a"], [[text], ["a\n=1"], ["\x00b"]])])
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "t.xlsx")["one"].iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.value for cell in cells] == ["@a", text, "a\n=1", "\ufffdb"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "table.txt"], ".csv, .xlsx, .parquet, .json"),
        (["-o", "table"], ".csv, .xlsx, .parquet, .json"),
        (["-o", "table.json", "--csv"], "--csv and a file that ends in .json are two formats"),
        (["-o", "table.xlsx", "--excel"], "--excel and a file that ends in .xlsx"),
        (["--json", "--excel"], "two formats"),
    ],
)
def test_contradictions_are_refused_before_anything_is_computed(run, monkeypatch, arguments, said):
    monkeypatch.setattr("zones.coverage", lambda *_: pytest.fail("computed"))
    status, _, err = run("coverage", "viitoskaytava", *arguments)
    assert status == 2
    assert said in err


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(run, tmp_path):
    status, _, err = run("coverage", "viitoskaytava", "-o", tmp_path / "none" / "t.csv")
    assert status == 1
    assert "cannot write" in err
    assert list(tmp_path.iterdir()) == []


def test_json_of_a_command_is_the_whole_in_english(run, tmp_path):
    run("coverage", "viitoskaytava", "-o", tmp_path / "t.json", "--lang", "sv")
    assert json.loads((tmp_path / "t.json").read_text())["measures"][0]["name"] == "members"
