"""Texts: the three languages say the same things."""

import string
from importlib import resources

import pytest

from zones.texts import LANGUAGES, Text, format_number, format_percent, phrase, phrases

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
def test_every_measure_of_the_contract_has_a_name(lang):
    contract = [
        "members",
        "members_with_evidence",
        "area",
        "area_share",
        "population_share",
        "regions_touched",
        "region_share_area",
        "region_share_units",
        "region_share_people",
        "pieces",
        "groups",
        "holes",
        "perimeter",
        "inner_border",
        "compactness",
        "spine_length",
        "spine_inside_share",
        "spine_gaps",
        "overlap_units",
        "overlap_area",
        "overlap_people",
        "overlap_jaccard",
        "population",
        "density",
        "population_change",
        "population_within",
        "population_within_time",
        "links",
        "isolated",
        "cut_members",
        "people_cut_off",
        "bridges",
        "mean_hops",
        "longest_hops",
        "region_crossings",
        "border_crossings",
        "centre_distance_nearest",
        "centre_distance_mean",
        "centre_distance_longest",
        "neighbours",
        "shared_memberships",
    ]
    for name in contract:
        assert phrase(f"measures.name.{name}", lang)


def test_values_that_look_like_templates_stay_text():
    note = Text.of("measures.note.no_centre", units="{{ 7*7 }} {first}")
    assert "{{ 7*7 }} {first}" in note.render("fi")


def test_numbers_in_each_language():
    assert format_number(1234567.5, "en", digits=1) == "1,234,567.5"
    assert format_number(1234567.5, "fi", digits=1).replace("\xa0", " ") == "1 234 567,5"
    assert format_number(-0.04, "fi", digits=1) == "0,0"
    assert format_percent(19.8, "en") == "19.8%"
    assert format_percent(19.8, "sv") == "19,8\xa0%"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fi, sv, en"):
        phrases("measures", "de")
