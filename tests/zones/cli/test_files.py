"""Tables of commands as files: what is written is what is printed, whole or not at all."""

import json

import openpyxl
import pandas as pd
import pytest

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


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_holds_what_the_option_prints(run, tmp_path, command):
    for flag, name in (("--csv", "table.csv"), ("--json", "table.json")):
        printed = run(*command, flag)[1]
        status, out, _ = run(*command, "-o", tmp_path / name)
        assert status == 0
        assert name in out
        assert (tmp_path / name).read_text(encoding="utf-8") == printed
    run(*command, "-o", tmp_path / "table.parquet")
    rows = printed and run(*command, "--csv")[1].count("\n") - 1
    frame = pd.read_parquet(tmp_path / "table.parquet")
    assert 0 < len(frame) <= rows  # a cell may hold lines of its own


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_workbook_has_figures_and_sources_in_the_language_asked_for(run, tmp_path, command):
    run(*command, "-o", tmp_path / "one.xlsx", "--lang", "fi")
    run(*command, "-o", tmp_path / "two.xlsx", "--lang", "fi")
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
