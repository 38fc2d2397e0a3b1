"""What methods say of boundaries and countries that are not the bundled ones."""

import pytest

import geodata
import zones
from zones.texts import LANGUAGES, Text, phrases


def test_methods_say_how_far_the_boundaries_given_stray():
    """Not the bundled ones' 0.36 km at 1:4.5 million, which were not used."""
    own = geodata.municipalities(2026)

    def method(zone, name, error_m=None):
        area = zones.area(zone, boundaries=own, error_m=error_m)
        return zones.coverage(area).get(name).method.render("en")

    assert method("viitoskaytava", "area", 100).endswith("of the borders, which is 100 m.")
    assert method("viitoskaytava", "area").endswith("of the borders, which is not known.")
    both = method("peramerenkaari", "area", 100)
    assert both.endswith("which is 100 m (Finland), 720 m (northern Sweden).")
    assert method("peramerenkaari", "spine_inside_share").endswith(
        "which is not known (Finland), 720 m (northern Sweden)."
    )
    assert method("viitoskaytava", "pieces").endswith("as the boundaries draw them.")
    assert "the bundled ones at 1:4.5 million" in method("peramerenkaari", "pieces")
    usual = zones.coverage("viitoskaytava").get("area").method.render("en")
    assert usual.endswith("which is 0.36 km (0.72 km assumed in Sweden).")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_replaced_in_methods_stands_in_them(lang):
    methods = [text for key, text in phrases("measures", lang).items() if "method" in key]
    for name, times in (("neighbours", 9), ("strays", 4), ("scale", 5), ("counties", 1)):
        usual = Text(f"abroad.usual.{name}").render(lang)
        assert sum(usual in text for text in methods) == times
