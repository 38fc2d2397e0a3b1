"""Scenarios on the command line and in words: the same figures, in three languages."""

import json
import string

import pytest

import zones
from zones.model.amounts import Amount
from zones.texts import LANGUAGES, phrases
from zones.wording.amounts import Named

ARC, FIVE = "peramerenkaari", "viitoskaytava"


@pytest.fixture(scope="module")
def arc():
    return zones.area(ARC)


def test_the_three_languages_hold_the_same_keys_and_placeholders():

    def fields(text):
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)

    english = phrases("scenarios", "en")
    for lang in LANGUAGES:
        other = phrases("scenarios", lang)
        assert list(other) == list(english)
        for key, text in english.items():
            assert fields(other[key]) == fields(text), (lang, key)


def test_names_and_amounts_are_written_as_each_language_does():
    assert str(Named.in_three("Raahe", "Brahestad", "Raahe")) == "Raahe"
    assert Amount.of_unit(-0.25, "ratio").render("fi") == "−0,250"
    assert str(Amount.of_unit(2.44, "points")) == "2.4 percentage points"


def test_what_if_on_the_command_line_is_what_the_function_says(run, arc):
    status, out, err = run("what-if", ARC, "--add", "Keminmaa", "--remove", "Kalajoki", "--json")
    said = json.loads(out)
    assert (status, err) == (0, "")
    assert said == json.loads(json.dumps(zones.what_if(arc, add="241", remove="208").to_dict()))
    people = next(m for m in said["measures"] if (m["name"], m["key"]) == ("population", "FI"))
    assert people["difference"] == people["after"] - people["before"] == 7576 - 12155
    assert "value" not in people
    assert (said["zone"], said["extent"], said["year"]) == (ARC, "list-about-us", 2026)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_are_in_the_language(run, lang):
    word = {"fi": "Erotus", "sv": "Skillnad", "en": "Difference"}[lang]
    _, out, _ = run("what-if", ARC, "--add", "Keminmaa", "--lang", lang)
    assert word in out
    _, out, _ = run("what-if", ARC, "--best", "spine", "--lang", lang)
    assert "Pyhäjoki" in out
    _, out, _ = run("what-if", FIVE, "--best", "components", "--lang", lang)
    assert phrases("scenarios", lang)["line.no_candidate_components"] in out


def test_compare_takes_extents_and_years_beside_the_name(run):
    sides = [f"{FIVE}/partners-seen@{year}" for year in (2024, 2025)]
    status, out, _ = run("compare", *sides, "--csv")
    assert status == 0
    row = next(line for line in out.splitlines() if ",population,," in line)
    assert row.split(",")[4:7] == ["68847", "69628", "781"]
    _, out, _ = run("compare", ARC, FIVE, "--excel", "--lang", "sv")
    assert out.startswith("\ufeffzone;extent;name")
    _, out, _ = run("compare", ARC, ARC)
    assert "No figure changes." in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("what-if", ARC), "nothing to change"),
        (("what-if", ARC, "--add", "Oulu"), "in already"),
        (("what-if", ARC, "--add", "Kemijärvi", "--best", "people"), "--best"),
        (("what-if", ARC, "--best", "jobs"), "people, spine, components"),
        (("compare", f"{ARC}@soon", FIVE), "is not a year"),
        (("compare", f"{ARC}/none", FIVE), "no extent 'none'"),
    ],
)
def test_wrong_input_is_one_line_and_status_2(run, words, message):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert message in err
