"""The command line with other consoles, paths, files and faults than the usual ones."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Annotated

import pytest
import typer

import geodata
from zones.cli import app
from zones.cli.options import command

MAIN = "from zones.cli.app import main; main()"
OWN = "id;name_fi;division;codes\nkemi;Kemin alue;2026;240\nkemi;Kemin alue;2026;241\n"


def process(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", MAIN, *arguments],
        check=False,
        capture_output=True,
        env=os.environ | environment,
    )


@pytest.mark.parametrize(
    "console",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "cp437"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["cp1252", "cp437", "ascii"],
)
def test_a_console_that_is_not_utf8(console):
    text = process("what-if", "peramerenkaari", "--add", "Keminmaa", **console)
    assert (text.returncode, text.stderr) == (0, b"")
    assert b"Keminmaa" in text.stdout
    data = process("coverage", "peramerenkaari", "--excel", "--lang", "fi", **console)
    assert data.returncode == 0
    table = data.stdout.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table), delimiter=";"))) > 20
    assert b"\r" not in data.stdout
    found = process("list", "--json", **console)
    assert "Peräm" in found.stdout.decode("utf-8")
    assert json.loads(found.stdout)["groups"]


def test_a_path_may_hold_an_at_sign_and_capitals(run, tmp_path):
    folder = tmp_path / "me@firm.fi"
    folder.mkdir()
    for path in (folder / "own.csv", tmp_path / "own@v2.csv", tmp_path / "OWN.CSV"):
        path.write_text(OWN)
        for words in (("coverage", path), ("show", path), ("compare", path, "liukas")):
            status, out, err = run(*words)
            assert (status, err) == (0, ""), words
            assert "Kemin alue" in out
    status, out, _ = run("coverage", f"{folder / 'own.csv'}@2022", "--json")
    assert (status, json.loads(out)["year"]) == (0, 2022)
    status, _, err = run("coverage", "viitoskaytava@kaksi")
    assert status == 2
    assert "'kaksi' in 'viitoskaytava@kaksi' is not a year" in err


def test_an_extent_and_a_year_follow_the_name_in_every_command(run):
    for name in ("coverage", "reach", "connectivity"):
        status, out, _ = run(name, "viitoskaytava/partners-seen@2023", "--json")
        found = json.loads(out)
        assert (status, found["extent"], found["year"]) == (0, "partners-seen", 2023)


@pytest.mark.parametrize("name", ["map.jpg", "map", "map.html.gz"])
def test_a_map_of_no_known_kind_is_refused(run, tmp_path, name):
    status, out, err = run("map", "liukas", "-o", tmp_path / name)
    assert (status, out) == (2, "")
    assert "end it in .html, .png, .svg or .pdf" in err
    assert list(tmp_path.iterdir()) == []


def test_control_characters_of_a_zone_are_not_obeyed(run, tmp_path):
    name, key = tmp_path / "name.toml", tmp_path / "key.toml"
    name.write_text(
        'id = "z"\ndivision = 2026\nname_fi = "\\u001b]0;title\\u0007\\u001b[31mred"\n'
        'codes = ["564"]\n'
    )
    key.write_text('id = "z"\ndivision = 2026\nname_fi = "Z"\ncodes = ["564"]\n"\\u001b[2J" = 1\n')
    for words in (("show", name), ("coverage", name), ("check", name), ("check", key)):
        _, out, err = run(*words)
        assert r"\x1b" in out + err
        assert "\x1b" not in out + err


def test_check_has_an_option_for_what_its_messages_ask_for(run, tmp_path):
    frame = geodata.municipalities(2026)
    frame = frame.assign(kunta=frame.index.str[3:])[["kunta", "geometry"]].reset_index(drop=True)
    layers = tmp_path / "layers.gpkg"
    frame.to_file(layers, layer="kunta")
    frame.iloc[:1].to_file(layers, layer="other")
    status, _, err = run("check", layers)
    assert status == 2
    assert "give --layer one of kunta, other" in err
    assert run("check", layers, "--layer", "kunta")[0] == 0
    part = tmp_path / "part.gpkg"
    frame.iloc[:40].rename(columns={"kunta": "tunnus"}).to_file(part)
    assert "give --code 'tunnus', or --code one of" in run("check", part)[2]
    assert "--partial accepts" in run("check", part, "--code", "tunnus")[2]
    assert run("check", part, "--code", "tunnus", "--partial", "--year", "2026")[0] == 0
    numbers = tmp_path / "numbers.gpkg"
    frame.assign(kunta=frame["kunta"].astype(int)).to_file(numbers)
    assert "give --integer-codes to have" in run("check", numbers)[2]
    assert run("check", numbers, "--integer-codes")[0] == 0


def test_check_reads_one_zone_of_several(run, tmp_path):
    file = tmp_path / "zones.csv"
    file.write_text(OWN + "oulu;Oulun alue;2026;564\n")
    status, _, err = run("check", file)
    assert status == 2
    assert "say which, as in zones.csv#kemi" in err
    assert "Oulun alue" in run("check", f"{file}#oulu")[1]
    assert "Oulun alue" in run("check", file, "--id", "oulu")[1]


def test_a_fault_of_the_library_is_no_fault_of_the_input(run, monkeypatch):
    def broken(*_, **__):
        raise ValueError("cannot reshape array")

    monkeypatch.setattr("zones.cli.listings.print_list", broken)
    with pytest.raises(ValueError, match="cannot reshape array") as caught:
        app.main(["list"])
    assert "please report it" in caught.value.__notes__[0]


def test_who_stops_reading_is_no_fault():
    script = f"{sys.executable} -c '{MAIN}' list --json | head -c 10"
    done = subprocess.run(script, shell=True, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_record_stands_for_an_option_a_field(capsys):
    @dataclass(frozen=True, kw_only=True)
    class Size:
        wide: Annotated[int, typer.Option(help="Width.")] = 3
        high: Annotated[bool, typer.Option("--tall")] = False

    lone = typer.Typer()

    @command(lone)
    def draw(name: str, size: Size) -> None:
        typer.echo(f"{name} {size}")

    lone(["x", "--wide", "7", "--tall"], standalone_mode=False)
    assert capsys.readouterr().out.strip().endswith("Size(wide=7, high=True)")


@pytest.mark.parametrize("words", [(), ("data",)])
def test_no_command_is_the_help_line_by_line_and_status_2(run, words):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith("Usage: zones")
    assert err.count("\n") > 5


@pytest.mark.parametrize("words", [(), ("data",)])
def test_the_list_of_commands_cuts_no_sentence(run, words):
    _, out, _ = run(*words, "--help")
    lines = out.partition("Commands:")[2].split("\n")[1:-1]
    assert len(lines) > 1
    assert not [line for line in lines if line.endswith("...") or not line.endswith(".")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("reach", "viitoskaytava", "--within", "10", "--within", "25"),
            "--within is given 2 times: give it once, with commas between several",
        ),
        (("coverage", "viitoskaytava", "--lang", "fi", "--lang", "sv"), "--lang is given 2 times"),
        (("what-if", "viitoskaytava", "--best", "area"), "--best 'area'"),
        (("reach", "viitoskaytava", "--within", "-5"), "--within has -5.0"),
        (("reach", "viitoskaytava", "--grid", "g.csv"), "give --within, such as 0,10,25,50"),
        (("check",), "`zones check --help`"),
        (("claims", "viitoskaytava@2022"), "did you mean viitoskaytava"),
        (("map", "--boundaries", "none.gpkg"), "none.gpkg: no such file"),
        (("map", "--source", "none.gpkg"), "is a file: give it as --boundaries none.gpkg"),
        (("map", "--source", "newest"), "give bundled or latest; a file of boundaries is given"),
        (("map", "--error-m", "20"), "--error-m has no effect without --boundaries: give"),
        (("map", "--error-m", "wide"), "'wide' is not a number: give one such as 20"),
        (("what-if", "viitoskaytava", "--limit", "all"), "'all' is not a number"),
        (
            ("coverage", "Oulu"),
            "a zone is several with commas between, such as Oulu,Kemi, or a file",
        ),
    ],
)
def test_messages_speak_of_the_options_of_the_command(run, words, said):
    status, _, err = run(*words)
    assert status == 2
    assert said in err


@pytest.mark.parametrize("words", ["Oulu,Kemi", " FI_564 , Kemi,", "Oulu,Kemi@2022"])
def test_municipalities_with_commas_between_are_a_zone(run, words):
    status, out, _ = run("coverage", words, "--csv")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(out)) if not row["key"]}
    assert status == 0
    assert rows["members"]["value"] == "2"


def test_a_municipality_misspelt_among_several_is_named(run):
    status, _, err = run("coverage", "Oulu,Kemmi")
    assert status == 2
    assert "'Kemmi'" in err
    assert "Kemi" in err.split("did you mean")[1]


def test_a_swedish_municipality_is_called_so_in_english(run):
    assert "Luleå" in run("show", "peramerenkaari")[1]
    assert "Luulaja" in run("show", "peramerenkaari", "--lang", "fi")[1]


def test_borders_through_the_sea_tie_when_asked(run):
    links = []
    for words in ((), ("--sea",)):
        _, out, _ = run("connectivity", "suomen-kasvukaytava", "--csv", *words)
        rows = csv.DictReader(io.StringIO(out))
        links.append(next(float(row["value"]) for row in rows if row["name"] == "border_links"))
    assert links[0] == 181
    assert links[1] > links[0]


FINNISH, SWEDISH = "Jäsenet: käyttäjän antamat", "Medlemmar: angivna av användaren"


def test_who_gave_a_list_is_said_in_the_language_of_the_reader(run, tmp_path):
    for lang, said in (("fi", FINNISH), ("sv", SWEDISH)):
        code, out, _ = run("coverage", "Oulu,Kemi", "--lang", lang)
        assert code == 0
        assert f"  {said}\n" in out
        assert "given by the user" not in out
    code, _, _ = run("report", "Oulu,Kemi", "-o", tmp_path / "r", "--lang", "fi")
    assert code == 0
    page = (tmp_path / "r" / "index.html").read_text("utf-8")
    assert page.count(FINNISH) == page.count("given by the user") == 1
    data = (tmp_path / "r" / "map.html").read_text("utf-8")
    said = f'"sources":[{{"fi":"{FINNISH}","sv":"{SWEDISH}","en":"Members given by the user"'
    assert said in data
