"""Pointing, searching, addresses, links between places."""

import re

import pytest

import zones

pytestmark = pytest.mark.browser


def test_hover_shows_a_tip_and_click_a_popup_with_evidence(opened, whole):
    seen = opened(whole, address="unit=FI_564&lang=fi")
    popup = seen.text("#sheet").replace("\xa0", " ")
    assert "Oulu" in popup
    assert "Uleåborg" in popup
    assert "FI_564" in popup
    assert "Pohjois-Pohjanmaa" in popup
    assert "217 469 (31.12.2025)" in popup
    assert "Perämerenkaari" in popup
    assert "hallinnoija · 2021– · näyttö: vahva" in popup
    link = seen.page.locator("#sheet a[href^='https://bothnianarc.eu']").first
    assert link.get_attribute("rel") == "noopener noreferrer"
    seen.page.keyboard.press("Escape")
    box = seen.page.locator("path.unit").nth(0).bounding_box()
    assert box is not None


def test_pointing_at_a_municipality(opened, whole):
    seen = opened(whole, address="at=67.4/26.6/7&lang=sv")
    middle = seen.page.locator(".leaflet-container").bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    seen.page.mouse.move(x - 3, y - 3)
    seen.page.mouse.move(x, y)
    tip = seen.text(".tip")
    assert "Sodankylä" in tip
    assert "invånare 31.12.2025" in tip
    assert "Viitoskäytävä" in tip
    seen.page.mouse.click(x, y)
    assert "FI_758" in seen.text("#sheet")
    assert "unit=FI_758" in seen.page.url


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Helsingfors", "FI_091"),
        ("Pertunmaa", "FI_507"),
        ("091", "FI_091"),
        ("haaparanta", "SE_2583"),
        ("luleå", "SE_2580"),
        ("ahtari", "FI_989"),
    ],
)
def test_search_finds_by_any_name_and_says_what_it_found(opened, whole, typed, found):
    seen = opened(whole)
    seen.search(typed)
    assert found in seen.text("#sheet")
    spoken = seen.text("#announce")
    assert seen.page.locator("#announce").get_attribute("aria-live") == "polite"
    assert seen.text("#sheet-title").split("\n")[0].split(" ")[0][:5] in spoken


def test_search_lists_matches_for_the_keyboard(opened, whole):
    seen = opened(whole)
    seen.page.fill("#search", "pert")
    first = seen.page.locator("#search-results [role=option]").first
    assert "Mäntyharju" in first.inner_text()
    assert "entinen Pertunmaa" in first.inner_text()
    box = seen.page.locator("#search")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") == "hit-0"
    seen.page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"


def test_search_without_a_match_says_so(opened, whole):
    seen = opened(whole, address="lang=en")
    seen.page.fill("#search", "Atlantis")
    assert seen.page.locator("#announce").bounding_box()["height"] > 10
    assert seen.text("#announce") == "0 matches"


def test_address_opens_the_same_view(opened, whole):
    seen = opened(whole)
    seen.click("#languages [data-value=en]")
    seen.click("#views [data-value=density]")
    seen.click("#card-1 input")
    seen.page.select_option("#extent-2", "partners-seen")
    seen.click("#layer-borders")
    seen.click("#theme-button")
    seen.search("Kemi")
    again = opened(whole, address=seen.page.url.split("#")[1])
    kept = "() => [document.documentElement.lang, document.documentElement.dataset.theme]"
    assert again.page.evaluate(kept) == ["en", "dark"]
    assert again.count("path.outline") == 2
    assert again.page.locator("#extent-2").input_value() == "partners-seen"
    assert again.page.locator("#layer-borders").is_checked()
    assert again.page.locator("#views [aria-pressed=true]").get_attribute("data-value") == "density"
    assert "FI_240" in again.text("#sheet")
    at = re.compile(r"at=([^&]+)")
    assert at.search(again.page.url)[1] == at.search(seen.page.url)[1]


def test_back_button_brings_back_the_view(opened, whole):
    seen = opened(
        whole, address="lang=en&extent=viitoskaytava:partners-seen&theme=dark&view=people"
    )
    seen.page.evaluate("() => { location.hash = 'lang=sv&unit=FI_091'; }")
    seen.page.wait_for_selector("#sheet")
    assert seen.page.locator("#extent-2").input_value() == "with-ita-lappi"
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "light"
    seen.page.evaluate("() => history.back()")
    seen.page.wait_for_selector("#sheet", state="hidden")
    assert seen.page.locator("#extent-2").input_value() == "partners-seen"
    assert seen.page.locator("#views [aria-pressed=true]").get_attribute("data-value") == "people"
    assert seen.page.evaluate("() => document.documentElement.lang") == "en"


def test_links_are_off_and_can_be_switched_on(opened, whole):
    seen = opened(whole, address="lang=en")
    assert seen.count("path.tie") == 0
    seen.click("#layer-borders")
    # Pairs of members within each zone; 181 in the Growth Corridor alone.
    arc, corridor, five = (
        int(zones.connectivity(zones.area(name)).get("border_links").value)
        for name in ("peramerenkaari", "suomen-kasvukaytava", "viitoskaytava")
    )
    centres = seen.count("path.tie")
    assert centres == arc + corridor + five
    seen.click("#layer-borders")
    seen.click("#layer-ties")
    assert seen.count("path.tie") == len(zones.links())
    seen.click("#layer-ties")
    for name in ("distances", "shared"):
        seen.click(f"#layer-{name}")
        assert seen.count("path.tie") > 20
        seen.click(f"#layer-{name}")
    assert seen.count("path.tie") == 0


def test_chosen_municipality_shows_its_own_links_only(opened, whole):
    seen = opened(whole, address="layers=shared")
    everyone = seen.count("path.tie")
    seen.search("Oulu")
    partners = set()
    for network in zones.all_groups("network"):
        members = set(zones.area(network).units.index) if network.extents else set()
        partners |= members if "FI_564" in members else set()
    assert seen.count("path.tie") == len(partners - {"FI_564"}) < everyone
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("Escape")
    assert seen.count("path.tie") == everyone
