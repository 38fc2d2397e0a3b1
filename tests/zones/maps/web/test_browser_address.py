"""What is chosen stands in the address, and Back, Forward and reset go by it."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import zones
from tests.zones.maps.web.taking import LINK, RESET, STEP, SVG, copied, drawing, take, words

pytestmark = pytest.mark.browser


def test_link_is_copied(opened, whole):
    seen = opened(
        whole, address="lang=en&view=people", permissions=["clipboard-read", "clipboard-write"]
    )
    assert copied(seen, LINK) == seen.page.url


def test_back_and_forward_go_through_what_was_chosen_and_not_through_moves(opened, whole):
    seen = opened(whole, address="lang=en")
    pressed = "#views [aria-pressed=true]"
    seen.page.wait_for_timeout(STEP)
    seen.click("#views [data-value=people]")
    seen.page.wait_for_timeout(STEP)
    for _ in range(2):
        seen.page.focus(".leaflet-container")
        seen.page.keyboard.press("+")
        seen.page.wait_for_timeout(STEP)
    seen.click("#card-0 input")
    seen.page.wait_for_timeout(STEP)
    seen.click("#languages [data-value=sv]")
    seen.page.wait_for_timeout(STEP)
    seen.page.go_back()
    seen.page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert not seen.page.is_checked("#card-0 input")
    seen.page.go_back()
    seen.page.wait_for_function("() => document.querySelector('#card-0 input').checked")
    assert seen.page.get_attribute(pressed, "data-value") == "people"
    seen.page.go_back()
    seen.page.wait_for_function(
        "() => document.querySelector('#views [aria-pressed=true]').dataset.value === 'groups'"
    )
    seen.page.go_forward()
    seen.page.wait_for_function(
        "() => document.querySelector('#views [aria-pressed=true]').dataset.value === 'people'"
    )
    assert seen.page.is_checked("#card-0 input")


def test_choices_in_quick_succession_are_one_step(opened, whole):
    seen = opened(whole, address="lang=en")
    before = seen.page.evaluate("() => history.length")
    seen.page.evaluate(
        "() => document.querySelectorAll('.zone .check input').forEach(b => b.click())"
    )
    assert seen.count(".zone.off") == 3
    assert seen.page.evaluate("() => history.length") == before + 1
    seen.page.go_back()
    seen.page.wait_for_function("() => document.querySelectorAll('.zone.off').length === 0")


def test_reset_returns_to_the_start_and_back_undoes_it(opened, whole):
    seen = opened(whole, address="lang=sv&view=density&groups=0&unit=FI_564&theme=dark")
    seen.page.wait_for_timeout(STEP)
    take(seen, RESET)
    assert seen.page.evaluate("() => document.documentElement.lang") == "fi"
    assert seen.page.get_attribute("#views [aria-pressed=true]", "data-value") == "groups"
    assert seen.count(".zone.off") == 0
    assert "unit" not in parse_qs(urlsplit(seen.page.url).fragment)
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "light"
    seen.page.go_back()
    seen.page.wait_for_function("() => document.documentElement.lang === 'sv'")
    assert "unit=FI_564" in seen.page.url


def test_inside_a_notebook_nothing_fails_and_it_is_said_that_there_is_no_address(
    browser, whole, tmp_path
):
    frame = tmp_path / "notebook.html"
    frame.write_text(zones.map("peramerenkaari", lang="en", networks=False)._repr_html_(), "utf-8")
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(frame.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready=true]").wait_for()
    inner.locator("#views [data-value=people]").click()
    inner.locator("#take-out-button").click()
    inner.locator(f"[data-item='{LINK}']").click()
    assert inner.locator("#done").inner_text() == words("en")["no_address"]
    with page.expect_download() as waiting:
        inner.locator("#take-out-button").click()
        inner.locator(f"[data-item='{SVG}']").click()
    assert drawing(Path(waiting.value.path()).read_bytes()) is not None
    inner.locator("#take-out-button").click()
    inner.locator(f"[data-item='{RESET}']").click()
    assert faults == []
    page.close()
