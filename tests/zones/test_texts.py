"""Texts: the three languages say the same things."""

import string
from importlib import resources

import pytest

from geodata import snapshot
from zones.model.contract import CONTRACT, UNITS
from zones.model.credits import credit
from zones.texts import LANGUAGES, Text, format_number, format_percent, phrases, rendered

FILES = sorted(
    path.name.removesuffix(".toml")
    for path in resources.files("zones.texts").joinpath("en").iterdir()
    if path.name.endswith(".toml")
)


def placeholders(text):
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def test_the_languages_have_the_same_files():
    for lang in LANGUAGES:
        folder = resources.files("zones.texts").joinpath(lang)
        assert sorted(path.name.removesuffix(".toml") for path in folder.iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_the_languages_have_the_same_keys_and_placeholders(name):
    english = phrases(name, "en")
    for lang in LANGUAGES:
        other = phrases(name, lang)
        assert other.keys() == english.keys()
        for key, text in other.items():
            assert text.strip(), f"{lang} {name}.{key} is empty"
            assert placeholders(text) == placeholders(english[key]), f"{lang} {name}.{key}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_measure_of_the_contract_has_its_texts(lang):
    words = phrases("measures", lang)
    names = {row.name_text.removeprefix("measures.") for row in CONTRACT.values()}
    assert {key for key in words if key.startswith("name.")} == names
    units = {f"unit.{unit}" for unit in UNITS}
    assert {key for key in words if key.startswith("unit.")} == units
    counted = {f"one.{unit.name}" for unit in UNITS.values() if unit.counted}
    assert {key for key in words if key.startswith("one.")} == counted


def test_values_that_look_like_templates_stay_text():
    note = Text.of("measures.note.no_centre", units="{{ 7*7 }} {first}")
    assert "{{ 7*7 }} {first}" in note.render("fi")


def test_numbers_in_each_language():
    assert format_number(1234567.5, "en", digits=1) == "1,234,567.5"
    assert format_number(1234567.5, "fi", digits=1).replace("\xa0", " ") == "1 234 567,5"
    assert format_number(-0.04, "fi", digits=1) == "0,0"
    assert format_percent(19.8, "en") == "19.8%"
    assert format_percent(19.8, "sv") == "19,8\xa0%"


@pytest.mark.parametrize("dataset", snapshot.DATASETS)
def test_a_line_of_credit_names_its_publisher_in_each_language(dataset):
    called = {
        "Statistics Finland": ("Tilastokeskus", "Statistikcentralen"),
        "National Land Survey": ("Maanmittauslaito", "Lantmäteriverket"),
        "SCB": ("SCB", "SCB"),
        "THL": ("THL", "THL"),
        "GeoNames": ("GeoNames", "GeoNames"),
        "Natural Earth": ("Natural Earth", "Natural Earth"),
        "kunta4500k_2021": ("kunta4500k_2021", "kunta4500k_2021"),
    }
    line = snapshot.attribution(dataset).line
    found = credit(line)
    assert str(found) == line
    named = [names for publisher, names in called.items() if publisher in line]
    assert named
    for finnish, swedish in named:
        assert finnish in rendered(found, "fi")
        assert swedish in rendered(found, "sv")


def test_a_line_of_a_user_stays_as_it_is():
    assert credit("Statistics Finland, 115h") == "Statistics Finland, 115h"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fi, sv, en"):
        phrases("measures", "de")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "keys",
    [
        (
            "map.column_confidence_word",
            "report.confidence",
            "sheets.column.confidence",
            "cli.confidence",
        ),
        ("map.extent", "claims.column.extent", "sheets.column.extent"),
        ("map.column_region", "report.region", "sheets.column.region"),
        ("map.column_role", "sheets.column.role"),
        ("map.newest", "report.newest", "static.newest"),
        ("map.share_of_part", "static.share_part"),
        ("map.legend_people", "static.view_people"),
        ("report.figure", "cli.figure"),
        ("report.credit_line", "cli.line"),
    ],
    ids=lambda keys: keys[0],
)
def test_the_same_thing_has_the_same_name_everywhere(lang, keys):
    def plain(key):
        name, _, rest = key.partition(".")
        return phrases(name, lang)[rest].partition(":")[0].replace("’", "'")

    assert len({plain(key) for key in keys}) == 1
