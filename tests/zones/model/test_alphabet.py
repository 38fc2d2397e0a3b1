"""Names of municipalities are in the order of the language that they are listed in."""

import dataclasses

import pytest

import zones
from zones.model.keys import unit_names
from zones.texts.alphabet import alphabetical
from zones.wording.voice import Voice


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        # Leppävirta, Mikkeli, Mäntyharju, Äänekoski and Inari, which is Enare in Swedish.
        ("fi", ["Inari", "Leppävirta", "Mikkeli", "Mäntyharju", "Äänekoski"]),
        ("sv", ["Enare", "Leppävirta", "Mäntyharju", "S:t Michel", "Äänekoski"]),
        ("en", ["Äänekoski", "Inari", "Leppävirta", "Mäntyharju", "Mikkeli"]),
    ],
)
def test_names_are_in_the_order_of_their_language(lang, names):
    units = ["FI_992", "FI_507", "FI_491", "FI_420", "FI_148"]
    assert unit_names(units, lang, year=2026) == names


def test_letters_of_one_language_are_behind_z_in_its_own_order():
    names = ["Örebro", "Älvsbyn", "Åsele", "Zürich", "Ii", "Kalix", "Überlingen", "Yli-Ii"]
    expected = ["Ii", "Kalix", "Yli-Ii", "Überlingen", "Zürich", "Åsele", "Älvsbyn", "Örebro"]
    for lang in ("fi", "sv"):
        # Ü is sorted as y: "uberlingen" would be before "yli".
        found = sorted(names, key=lambda name, lang=lang: alphabetical(name, lang))
        assert found == ["Ii", "Kalix", "Überlingen", "Yli-Ii", *expected[4:]]


def test_a_sentence_lists_its_municipalities_in_order():
    area = zones.area(["Leppävirta", "Mikkeli", "Mäntyharju"])
    count = zones.coverage(area).get("members")
    named = dataclasses.replace(count, items=("FI_507", "FI_491", "FI_420"))
    assert Voice("fi").items(area, named) == "Leppävirta, Mikkeli, Mäntyharju"
    assert Voice("sv").items(area, named) == "Leppävirta, Mäntyharju, S:t Michel"
