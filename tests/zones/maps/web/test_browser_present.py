"""The map on all of the screen, with one zone's key figures at a time."""

import pytest

from zones.texts import LANGUAGES, phrase

pytestmark = pytest.mark.browser

MAP = "Object.values(window).find(value => value instanceof L.Map)"
PRESENTING = "() => document.documentElement.classList.contains('presenting')"


def start(seen, lang="fi"):
    seen.page.get_by_role("button", name=phrase("map.present", lang)).click()
    seen.page.wait_for_function(PRESENTING)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "height"), [(1440, 900), (820, 1180), (390, 844)], ids=["desk", "tablet", "phone"]
)
def test_title_legend_years_figures_and_credits_are_in_sight(opened, whole, lang, width, height):
    seen = opened(whole, address=f"lang={lang}", viewport={"width": width, "height": height})
    start(seen, lang)
    assert seen.text("#caption-title") == phrase("map.title", lang)
    assert "2021" in seen.text("#caption-years")
    assert seen.count("#caption-legend li:not(.status)") == 3
    assert seen.count("#caption-legend .status") >= 2
    assert seen.count("#present-figures .zone") == 3
    for part in ("#caption-title", "#caption-years", "#present-next", "#present-leave"):
        box = seen.page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    assert seen.page.locator(".leaflet-control-attribution").is_visible()
    seen.keep(f"present-{lang}-{width}")


def test_arrow_keys_go_from_zone_to_zone_and_fit_each(opened, whole):
    seen = opened(whole)
    start(seen)
    for place, name in enumerate(["Perämerenkaari", "Suomen kasvukäytävä", "Viitoskäytävä"]):
        seen.page.keyboard.press("ArrowRight")
        assert seen.texts("#present-figures h2") == [name]
        assert seen.text("#present-place") == f"{place + 1} / 3"
        card = seen.page.locator(f"#card-{place} .big").text_content()
        assert seen.text("#present-figures .big") == card
        frame = seen.page.locator("#map-place").bounding_box()
        zone = seen.page.locator(f"path.outline-{place}").bounding_box()
        assert zone["x"] >= frame["x"]
        assert zone["y"] >= frame["y"]
        assert zone["x"] + zone["width"] <= frame["x"] + frame["width"]
        assert zone["y"] + zone["height"] <= frame["y"] + frame["height"]
    text = seen.text("#present-figures").replace("\xa0", " ")
    assert "kuntaa" in text
    assert "km²" in text
    seen.page.keyboard.press("ArrowRight")
    assert seen.count("#present-figures .zone") == 3
    seen.click("#present-back")
    assert seen.texts("#present-figures h2") == ["Viitoskäytävä"]


def test_people_are_the_span_of_the_card(opened, whole):
    seen = opened(whole)
    start(seen)
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("ArrowRight")
    assert "1 170 951–2 706 970" in seen.text("#present-figures").replace("\xa0", " ")


def test_escape_and_the_button_leave_and_focus_returns(opened, whole):
    seen = opened(whole)
    for leave in (
        lambda: seen.page.keyboard.press("Escape"),
        lambda: seen.click("#present-leave"),
    ):
        start(seen)
        leave()
        seen.page.wait_for_function(f"() => !({PRESENTING})()")
        assert seen.page.locator("#panel").is_visible()
        assert seen.count("[inert]") == 0
        assert seen.page.evaluate("() => document.activeElement.closest('.corner') !== null")


def test_without_full_screen_it_takes_all_of_the_window(opened, whole):
    seen = opened(whole)
    seen.page.evaluate(
        "() => { Element.prototype.requestFullscreen = () => Promise.reject(new Error('no')); }"
    )
    start(seen)
    box = seen.page.locator("#map-region").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 900}
    assert seen.page.evaluate("() => document.querySelector('.panel').inert")


def test_only_zones_that_are_on_are_presented(opened, whole):
    seen = opened(whole, address="groups=2&on=peramerenkaari&on=viitoskaytava")
    start(seen)
    assert seen.count("#present-figures .zone") == 2
    seen.page.keyboard.press("ArrowLeft")
    assert seen.text("#present-place") == "2 / 2"
