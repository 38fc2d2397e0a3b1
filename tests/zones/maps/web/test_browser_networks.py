"""Networks on the page: a few at once, each with a colour, a line and a number of its own."""

import pytest

import zones
from zones.catalogue.names import all_groups
from zones.texts import LANGUAGES, phrase

pytestmark = pytest.mark.browser

SOME = [network.id for network in all_groups("network") if network.extents][:6]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fifth_network_is_refused_with_a_reason(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}")
    seen.click("#networks summary")
    boxes = seen.page.locator("#networks input:enabled")
    for place in range(4):
        boxes.nth(place).check()
    assert seen.count("path.outline") == 3 + 4
    boxes.nth(4).click()
    assert not boxes.nth(4).is_checked()
    assert seen.text("#networks-full") == phrase("map.networks_full", lang, n=4)
    boxes.nth(0).uncheck()
    assert seen.count("#networks-full:not(:empty)") == 0
    boxes.nth(4).check()
    assert boxes.nth(4).is_checked()
    assert seen.count("path.outline") == 3 + 4


def test_an_address_and_a_map_of_many_networks_show_the_first_four(opened, whole, tmp_path):
    on = "&".join(f"on={group}" for group in ["viitoskaytava", *SOME])
    seen = opened(whole, address=f"groups=7&{on}")
    assert seen.count("#networks input:checked") == 4
    assert seen.page.locator("#card-2 input").is_checked()
    many = opened(zones.map(SOME, lang="fi", networks=False).save(tmp_path / "map.html"))
    assert many.count("#networks input:checked") == 4
    assert many.text("#networks-full") == phrase("map.networks_full", "fi", n=4)


def test_names_that_are_known_in_finnish_say_so_on_the_swedish_page(opened, whole):
    seen = opened(whole, address="lang=sv")
    seen.click("#networks summary")
    names = seen.page.locator("#networks li").filter(has_text="Kansallinen vetyverkosto")
    assert names.locator("label bdi[lang=fi]").count() == 1
    assert names.locator(".more-button bdi[lang=fi]").count() == 1
    assert seen.count("#networks bdi:not([lang])") == 0


def test_each_network_has_its_line_and_its_number(opened, whole):
    seen = opened(whole, address=f"groups=2&on={SOME[0]}&on={SOME[1]}")
    lines = seen.page.locator("path.outline").evaluate_all(
        """paths => paths.map(path =>
            [path.getAttribute("stroke"), path.getAttribute("stroke-dasharray")])"""
    )
    assert len({tuple(line) for line in lines}) == 2
    keys = seen.page.locator("#networks li:has(input:checked) .line-sample line").evaluate_all(
        "lines => lines.map(line => line.getAttribute('stroke'))"
    )
    assert sorted(keys) == sorted(line[0] for line in lines)
    assert seen.texts("#networks li:has(input:checked) .mark") == ["1", "2"]
