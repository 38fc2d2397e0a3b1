"""Two extents side by side, and members tried: the figures of the page are those of the library."""

import re
import shlex
from pathlib import Path

import pytest

import zones
from tests.zones.maps.web.taking import PNG, STEP, SVG, drawing, taken
from tests.zones.maps.web.test_browser_take_out import colours_of
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "vendor" / "axe.min.js"
SPAN = r"[−+]?[\d,]+"


def words(lang):
    return phrases("map", lang) | phrases("map_tools", lang)


def figures(seen, card):
    """Return the figures of a card's table by heading: before, after, difference as text."""
    rows = seen.page.locator(f"#{card} .sides tbody tr")
    return {
        cells[0].split(",")[0]: cells[1:]
        for cells in (row.locator("th, td").all_inner_texts() for row in rows.all())
    }


def number(text):
    return int(text.replace(",", "").replace("−", "-"))


def key(seen, card):
    return [int(text) for text in seen.texts(f"#{card} .picture-key .count")]


def fills(seen, fill):
    return seen.page.locator("path.unit").evaluate_all(
        "(paths, fill) => paths.filter(p => p.getAttribute('fill') === fill).length", fill
    )


# Comparing


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("viitoskaytava:with-ita-lappi", "viitoskaytava:own-text-2023"),
        ("peramerenkaari:list-about-us", "peramerenkaari:wide-2010s"),
        ("peramerenkaari:list-about-us", "viitoskaytava:area-named"),
        ("suomen-kasvukaytava:named", "suomen-kasvukaytava:three-regions"),
    ],
)
def test_comparison_is_that_of_the_library(opened, whole, first, second):
    seen = opened(whole, address=f"lang=en&compare={first}&compare={second}")
    sides = [zones.area(one.split(":")[0], extent=one.split(":")[1]) for one in (first, second)]
    known = zones.compare(*sides)
    units = [set(side.units.index) for side in sides]
    counts = [len(units[0] - units[1]), len(units[0] & units[1]), len(units[1] - units[0])]
    assert key(seen, "compare") == counts
    assert fills(seen, "url(#part-first)") == counts[0]
    assert fills(seen, "url(#part-second)") == counts[2]
    found = figures(seen, "compare")
    for head, name in (("Municipalities", "members"), ("Population", "population")):
        row = known.get(name)
        ends = [number(one) for one in re.findall(SPAN, found[head][2])]
        assert ends[0] <= row.difference <= ends[-1]
        for cell, side in zip(found[head], (row.before, row.after), strict=False):
            assert number(cell.split("–")[-1]) == side.value
    year = known.get("population").before.year
    assert f"31 Dec {year}" in seen.text("#compare .sides")
    area = known.get("area")
    low, high = (number(one) for one in re.findall(SPAN, found["Area"][2]))
    assert low <= area.low + 1
    assert area.high - 1 <= high
    assert number(found["Parts joined by land borders"][2]) == known.get("components").difference


def test_thin_evidence_makes_a_span(opened, whole):
    seen = opened(
        whole,
        address="lang=en&compare=peramerenkaari:list-about-us&compare=suomen-kasvukaytava:four-regions",
    )
    arc, corridor, difference = figures(seen, "compare")["Municipalities"]
    assert (arc, corridor, difference) == ("15", "8–78", "−7 to +63")
    named = zones.area("suomen-kasvukaytava", extent="named").units.geometry.area.sum() / 1e6
    low, high = figures(seen, "compare")["Area"][1].split("–")
    assert number(low) == pytest.approx(named, abs=1)
    assert number(high) == 45_150
    assert words("en")["span_note"] in seen.text("#compare")


def test_comparison_is_chosen_listed_and_ended_and_kept_in_the_address(opened, whole):
    seen = opened(whole, address="lang=en")
    listed = "Bothnian Arc: Bothnian Arc members, about 2023–2025"
    seen.page.select_option("#compare-first", label=listed)
    options = seen.page.locator("#compare-second option").all_inner_texts()
    wide = next(text for text in options if "2010s" in text)
    seen.page.select_option("#compare-second", label=wide)
    seen.page.wait_for_timeout(STEP)
    seen.click("#compare-button")
    assert seen.page.url.count("compare=") == 2
    assert seen.page.locator("#mode").is_visible()
    assert not seen.page.locator("#view-section").is_visible()
    seen.page.locator("#compare details summary").last.click()
    assert "Keminmaa" in seen.texts("#compare .names")[-1]
    assert "Difference" in seen.text("#compare .sides")
    assert "Municipalities: 15; 37; +22" in seen.text("#announce")
    seen.page.wait_for_timeout(STEP)
    seen.click("#mode button")
    assert "compare=" not in seen.page.url
    assert not seen.page.locator("#mode").is_visible()
    assert fills(seen, "url(#part-second)") == 0
    seen.page.go_back()
    seen.page.wait_for_function("() => !document.getElementById('mode').hidden")
    assert fills(seen, "url(#part-second)") == 23


def test_the_same_extent_twice_is_not_compared(opened, whole):
    seen = opened(whole, address="lang=en")
    same = seen.page.locator("#compare-first option").first.get_attribute("value")
    for which in ("first", "second"):
        seen.page.select_option(f"#compare-{which}", same)
    seen.click("#compare-button")
    assert words("en")["compare_same"] in seen.text("#compare")
    assert not seen.page.locator("#mode").is_visible()


# Trying


@pytest.mark.parametrize(
    ("zone", "extent", "change"),
    [
        ("peramerenkaari", "list-about-us", (["FI_241"], ["FI_564"])),
        ("peramerenkaari", "list-about-us", (["FI_425", "FI_494", "SE_2505"], [])),
        ("viitoskaytava", "with-ita-lappi", ([], ["FI_205", "FI_305"])),
        ("viitoskaytava", "area-named", (["FI_858", "SE_2480"], ["FI_297"])),
        ("suomen-kasvukaytava", "named", (["FI_077"], [])),
    ],
)
def test_trial_is_that_of_the_library(opened, whole, zone, extent, change):
    area = zones.area(zone, extent=extent)
    add, remove = change
    known = zones.what_if(area, add=add, remove=remove)
    changed = "+".join([*add, *remove])
    seen = opened(whole, address=f"lang=en&try={zone}:{extent}&changed={changed}")
    assert key(seen, "try") == [len(remove), len(area.units) - len(remove), len(add)]
    found = figures(seen, "try")
    for head, name in (
        ("Municipalities", "members"),
        ("Population", "population"),
        ("Parts joined by land borders", "components"),
    ):
        row = known.get(name)
        assert [number(cell) for cell in found[head]] == [
            row.before.value,
            row.after.value,
            row.difference,
        ]
    assert f"31 Dec {known.get('population').after.year}" in seen.text("#try .sides")
    for cell, value in zip(
        found["Area"],
        (
            known.get("area").before.value,
            known.get("area").after.value,
            known.get("area").difference,
        ),
        strict=True,
    ):
        assert number(cell) == pytest.approx(value, abs=1)


def test_members_are_clicked_in_and_out_on_the_map_by_search_and_in_the_table(opened, whole):
    seen = opened(whole, address="lang=en")
    seen.page.select_option("#try-group", "peramerenkaari")
    seen.click("#try-button")
    assert words("en")["not_documented"] in seen.text("#try")
    assert words("en")["not_documented"] in seen.text("#mode")
    seen.search("Keminmaa")
    assert seen.text("#announce").startswith(
        "Keminmaa is in. Municipalities: 16. Population, 31 Dec 2022"
    )
    assert not seen.page.locator("#sheet").is_visible()
    seen.click("#table-button")
    seen.page.locator("#table button.link", has_text="Oulu").first.click()
    assert key(seen, "try") == [1, 14, 1]
    assert seen.texts("#try .changes bdi") == ["Keminmaa", "Oulu"]
    box = seen.page.locator("path.unit[fill='url(#part-second)']").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert seen.texts("#try .changes bdi") == ["Oulu"]
    assert "changed=FI_564" in seen.page.url
    seen.page.locator("#try [data-undo]").focus()
    seen.page.keyboard.press("Enter")
    assert key(seen, "try") == [0, 15, 0]
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("() => document.activeElement.id") == "try-button"
    assert not seen.page.locator("#mode").is_visible()
    seen.search("Oulu")
    assert "FI_564" in seen.text("#sheet")


def test_commands_to_copy_are_those_that_the_library_takes(opened, whole):
    seen = opened(
        whole,
        address="lang=en&try=peramerenkaari:list-2021-08&changed=FI_241+FI_139",
        permissions=["clipboard-read", "clipboard-write"],
    )
    line, call = seen.texts("#try .command code")
    said = shlex.split(line)
    assert said[:7] == [
        *("zones", "what-if", "peramerenkaari", "--extent", "list-2021-08", "--year", "2026"),
    ]
    members = set(zones.area("peramerenkaari", extent="list-2021-08").units.index)
    options = dict(zip(said[8::2], said[7::2], strict=True))
    assert options == {
        unit: "--remove" if unit in members else "--add" for unit in ("FI_139", "FI_241")
    }
    change = eval(call, {"zones": zones})
    assert change.get("members").after.value == number(figures(seen, "try")["Municipalities"][1])
    seen.page.locator("#try .command button").first.click()
    seen.page.wait_for_function("() => document.getElementById('announce').textContent")
    assert seen.page.evaluate("() => navigator.clipboard.readText()") == line


# Both


@pytest.mark.parametrize(
    "address",
    [
        "compare=viitoskaytava:with-ita-lappi&compare=viitoskaytava:own-text-2023",
        "try=peramerenkaari:list-about-us&changed=FI_241+FI_564",
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_picture_says_what_is_compared_or_tried(opened, whole, address, lang):
    seen = opened(whole, address=f"lang={lang}&{address}", accept_downloads=True)
    root = drawing(taken(seen, SVG)[1])
    said = " ".join(node.text or "" for node in root.iter()).casefold()
    trial = address.startswith("try")
    wanted = words(lang)["not_documented" if trial else "in_both"]
    assert wanted.casefold() in said.replace("\xa0", " ")
    assert words(lang)["difference"].casefold() in said
    assert {"part-first"} <= {node.get("id") for node in root.iter()}
    assert colours_of(seen, taken(seen, PNG)[1])[2] > 500


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_while_members_are_tried(opened, whole, theme, size):
    seen = opened(
        whole,
        address=f"lang=fi&theme={theme}&try=peramerenkaari:list-about-us&changed=FI_241+FI_564",
        viewport=dict(zip(("width", "height"), size, strict=True)),
    )
    seen.click("#take-out-button")
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    result = seen.page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [(v["id"], v["nodes"][0]["html"][:160]) for v in result["violations"]] == []
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") <= size[0]


def test_hostile_names_stay_text_while_they_are_compared(opened, hostile):
    seen = opened(hostile, address="lang=en", accept_downloads=True)
    seen.page.select_option("#compare-second", index=1)
    seen.click("#compare-button")
    drawing(taken(seen, SVG)[1])
    seen.click("#try-button")
    seen.search("Oulu")
    assert seen.page.evaluate("() => window.pwned") is None
    assert seen.count("img") == 0
    assert seen.texts("#try .command code") == ['zones.what_if(zone, remove=["FI_564"])']
