"""Every kind of value at every key of a zone file: refused with its place, or of use everywhere."""

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from zones.catalogue.own import read_zone
from zones.cli.app import main
from zones.errors import CatalogueError

SHORT = """
id = "mine"
name_fi = "Oma"
name_sv = "Min"
short_name_en = "Mine"
division = 2026
codes = ["564", "678"]
spine = ["678", "564"]
description = "d"
source = "s"
aliases = ["a"]
"""
FULL = """
id = "mine"
name_fi = "Oma"
complete = false
gaps = ["g"]
contradictions = ["c"]
host = "h"
host_code = "564"
founded = "2013"
funding_eur = 5
period_from = "2021"
agreement_periods = ["2021/2022"]

[[extent]]
id = "small"
division = 2026
codes = ["564"]
name_fi = "Pieni"
use = "u"
fi_population_2022 = 5

[[extent]]
id = "large"
division = 2026
codes = ["564", "678"]
default = true
n_municipalities = 2

[[member]]
code = "564"
country = "FI"
name_fi = "Oulu"
role = "host"
confidence = "high"
valid_from = "2021-11"
evidence_year = 2021
source = "s"
organisations = ["o"]
note = "n"

[[spine]]
order = 1
code = "678"
on = "both"
basis = "own"

[[spine]]
order = 2
code = "564"
name = "Oulu"
branch_between = ["678", "564"]

[[claim]]
id = "people"
text = "t"
value = 200000
unit = "people"
date = "about 2022"
refers_to = "r"
confidence = "high"
source = "s"
measure = "population"
key = "FI"
extents = ["small"]
year = 2022
other_years = [2020]
qualifier = "about"

[[claim]]
id = "money"
text = "t"
value = 1.5
unit = "EUR"
date = "2022"
refers_to = "r"
confidence = "low"
source = "s"
not_computable = "money"
codes = ["678"]
division = 2026

[[organisation]]
name = "o"
kind = "k"
role = "r"
confidence = "high"
source = "s"
valid_to = "2023"

[[count]]
date = "2022"
source = "s"
municipalities = 17
regional_councils = 3
key = "FI"
extents = ["large"]
"""
VALUES = [
    *("5", "-1", "0", "1.5", "nan", "inf", "true", '""', '" "', '"x"', '"678"', '"2021"', '"FI"'),
    *('"a\\nb"', '"\\u001b[2J"', "[]", "[[]]", "[5]", '["x"]', '["678"]', "{}", "{ a = 1 }"),
    *("2021-01-31", "2021-01-31T10:00:00", "10:00:00", "100000000000000000000000", "2022"),
]
LINE = re.compile(r"^(\w+) = (.*)$", re.MULTILINE)
PLACE = re.compile(r"^(?:[a-z_]+(?:\[\d+\])?\.)*[a-z_0-9]+(?:\[\d+\])?(?: is missing|: )")
COMMANDS = ["show", "claims", "coverage", "reach", "connectivity"]


def variants(text):
    """Return the text with each value at each key."""
    for found in LINE.finditer(text):
        for value in VALUES:
            yield found[1], f"{text[: found.start(2)]}{value}{text[found.end(2) :]}"


def valid(text, path):
    path.write_text(text, encoding="utf-8")
    try:
        read_zone(path)
    except CatalogueError as error:
        refusal = str(error)
    else:
        return True
    _, _, faults = refusal.partition(": ")
    assert refusal.isprintable()
    assert PLACE.match(faults), faults
    return False


def run(*words):
    """Run a command, and return its status and what it said."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as caught:
        main([*map(str, words)])
    return caught.value.code, said.getvalue()


@pytest.mark.parametrize("text", [SHORT, FULL], ids=["short", "full"])
def test_a_value_is_refused_with_its_place_or_every_command_takes_it(text, tmp_path):
    path = tmp_path / "mine.toml"
    assert valid(text, path)
    fine = [(key, other) for key, other in variants(text) if valid(other, path)]
    for number, (key, other) in enumerate(fine):
        path.write_text(other, encoding="utf-8")
        for word in COMMANDS if number % 40 == 0 else ["show", "check"][: number % 5 == 0]:
            status, said = run(word, path)
            assert status == 0, (key, word, said)
            assert "\x1b" not in said


def test_the_full_form_goes_through_map_and_report(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FULL, encoding="utf-8")
    assert run("map", path, "-o", tmp_path / "m.html")[0] == 0
    assert run("report", path, "-o", tmp_path / "r")[0] == 0


@pytest.mark.parametrize("command", ["check", *COMMANDS, "what-if", "map", "report"])
def test_every_command_refuses_a_file_alike(command, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FULL.replace("value = 200000", 'value = "many"'), encoding="utf-8")
    status, said = run(command, path)
    assert status == 2
    assert "mine.toml has a fault: claim[1].value: expected a number, got 'many'" in said


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("description = 5", "description: expected text, got 5: write it in quotes"),
        ("code = 91", "code: unknown key; did you mean codes?"),
        ("description = 2021-01-01", "description: expected text, got the date 2021-01-01: write"),
        ('name_en = "\\u001b[31m"', r"name_en: '\x1b[31m' holds control characters"),
        ("claim = [[5]]", "claim[1]: expected a table, got [5]"),
    ],
)
def test_a_fault_has_its_place_and_the_way_out(line, fault, tmp_path):
    path = tmp_path / "mine.toml"
    text = SHORT.replace('description = "d"\n', "") if "description" in line else SHORT
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_zone(path)
    assert f"mine.toml has a fault: {fault}" in str(caught.value)


def test_what_is_nested_too_deeply_is_no_zone(tmp_path):
    path = tmp_path / "mine.toml"
    depth = sys.getrecursionlimit() * 5
    path.write_text(f"x = {'[' * depth}{']' * depth}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="nested too deeply"):
        read_zone(path)
    path.write_text(f"x = {'[' * 50}{']' * 50}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="x: unknown key"):
        read_zone(path)
