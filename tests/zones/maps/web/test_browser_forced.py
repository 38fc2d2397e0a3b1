"""Forced colours: what tells by colour keeps it, what is pressed or chosen shows."""

import pytest

from zones.maps.palette import VIEWS

pytestmark = pytest.mark.browser

COLOURS = """([selector, part]) => [...document.querySelectorAll(selector)].map((node) => {
    const style = getComputedStyle(node, part);
    return style.backgroundImage === "none" ? style.backgroundColor : style.backgroundImage;
})"""


NONE = "rgba(0, 0, 0, 0)"


def colours(page, selector, part=None):
    return page.evaluate(COLOURS, [selector, part])


@pytest.fixture(params=["light", "dark"])
def forced(opened, whole, request):
    found = opened(whole, color_scheme=request.param, forced_colors="active")
    found.scheme = request.param
    return found


def test_the_key_keeps_its_colours_in_every_view(forced):
    seen = forced
    for view in VIEWS:
        seen.click(f"#views [data-value={view}]")
        key = "#legend .circle-key circle" if view == "people" else "#legend .patch"
        found = [one for one in colours(seen.page, key) if one not in {"none", NONE}]
        if view == "people":
            assert seen.page.locator(key).count() >= 3
        else:
            assert len(set(found)) >= 4, view
        seen.keep(f"map-forced-{seen.scheme}-{view}")


def test_bars_swatches_and_dots_are_not_the_colour_of_the_paper(forced):
    page = forced.page
    page.locator("#networks summary").click()
    [paper] = colours(page, "body")
    for selector in (".meter span", ".bar span", "#networks .mark"):
        found = colours(page, selector)
        assert found, selector
        assert paper not in found, selector
    assert not {paper, *colours(page, "#map-region")} & set(colours(page, ".label", "::before"))


def test_what_is_pressed_or_chosen_shows(forced):
    page = forced.page
    pressed, other = (
        colours(page, f"#views [aria-pressed={value}]")[0] for value in ("true", "false")
    )
    assert pressed != other
    page.fill("#search", "Oulu")
    page.keyboard.press("ArrowDown")
    chosen, other = (
        colours(page, f"[role=option]{state}")[0]
        for state in ("[aria-selected=true]", ":not([aria-selected=true])")
    )
    assert chosen != other


def test_the_theme_is_the_systems(opened, whole):
    seen = opened(whole, address="theme=dark", color_scheme="light", forced_colors="active")
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "light"
    assert not seen.page.locator("#theme-button").is_visible()
