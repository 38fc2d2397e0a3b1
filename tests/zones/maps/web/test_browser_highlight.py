"""What is pointed at, has the focus or is pressed lights its municipalities, and the map back."""

import geopandas as gpd
import pytest
import shapely

import zones

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}
# Rings of the veil: the frame around the view and a hole for each part of what is lit.
RINGS = "path => (path.getAttribute('d').match(/M/g) || []).length"


def rings(seen):
    return seen.page.locator("path.veil").evaluate(RINGS)


def lit(seen):
    seen.page.wait_for_selector("path.veil", state="attached")


def dark(seen):
    seen.page.wait_for_selector("path.veil", state="detached")


@pytest.mark.parametrize(
    "pointed",
    ["#legend .lights", "#card-0", "#overlap .lights", "#networks li:not(:has(:disabled))"],
)
def test_pointing_at_a_row_lights_its_municipalities(opened, whole, pointed):
    seen = opened(whole, viewport=DESK, address="lang=en")
    seen.page.evaluate(
        "() => document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )
    seen.page.locator(pointed).first.hover()
    lit(seen)
    assert rings(seen) >= 2
    seen.page.mouse.move(*(DESK[side] - 60 for side in ("width", "height")))
    dark(seen)


def test_the_focus_of_the_keyboard_does_as_the_pointer(opened, whole):
    seen = opened(whole, viewport=DESK, address="lang=en&view=change")
    seen.page.focus("#year")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("() => document.activeElement.className") == "lights"
    lit(seen)
    first = rings(seen)
    seen.page.keyboard.press("Tab")
    seen.page.wait_for_timeout(200)
    assert rings(seen) != first
    seen.page.keyboard.press("Enter")
    pressed = seen.page.locator("#legend [aria-pressed=true]")
    assert pressed.count() == 1
    seen.page.focus("#search")
    seen.page.wait_for_timeout(200)
    assert seen.count("path.veil") == 1
    pressed.click()
    seen.page.mouse.move(*(DESK[side] - 60 for side in ("width", "height")))
    dark(seen)


def test_neighbours_in_the_sheet_light_one_municipality(opened, whole):
    seen = opened(whole, viewport=DESK, address="lang=fi&unit=FI_837")
    seen.page.locator("#sheet .neighbours button", has_text="Nokia").hover()
    lit(seen)
    assert rings(seen) == 2


def test_a_municipality_pointed_at_marks_its_class_and_its_cards(opened, whole):
    seen = opened(whole, viewport=DESK, address="lang=en&view=density&at=67.4/26.6/7")
    box = seen.page.locator(".leaflet-container").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    seen.page.mouse.move(x - 3, y)
    seen.page.mouse.move(x, y)
    assert seen.count("#legend .holds") == 1
    assert seen.page.locator("#zone-cards .holds").get_attribute("id") == "card-2"
    assert seen.count("#overlap .holds") == 1
    seen.page.mouse.move(20, 20)
    assert seen.count(".holds") == 0


def test_three_thousand_areas_on_a_canvas_are_lit_too(opened, tmp_path):
    cells = [
        shapely.box(1e5 + x * 9e3, 6.7e6 + y * 14e3, 1.09e5 + x * 9e3, 6.714e6 + y * 14e3)
        for x in range(60)
        for y in range(60)
    ]
    frame = gpd.GeoDataFrame(
        {"name": [f"Cell {n}" for n in range(3600)], "population": range(3600)},
        geometry=cells,
        crs=3067,
    ).set_axis([f"X{n}" for n in range(3600)])
    path = zones.map(boundaries=frame, view="density", lang="en").save(tmp_path / "map.html")
    seen = opened(path, viewport=DESK)
    rows = seen.page.locator("#legend .lights")
    rows.first.hover()
    lit(seen)
    holds = int(rows.first.locator(".count").inner_text().replace(",", ""))
    # Shapes outside the view are cut away.
    assert 2 <= rings(seen) <= holds + 1
    assert seen.page.locator("path.veil").count() == 1
    seen.keep("map-canvas-lit-en")
