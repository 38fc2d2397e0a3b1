"""The sheet beside the map: what it tells, where the focus goes, what stays in sight."""

from pathlib import Path

import pytest

import geodata
import zones

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "vendor" / "axe.min.js"
SCREENS = {"desk": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
# The chosen outline, the part of the map that nothing covers, the sheet, and the window.
BOXES = """() => {
    const box = (name) => {
        const { left, top, right, bottom } = document.querySelector(name).getBoundingClientRect();
        return [left, top, right, bottom];
    };
    return [...['.selected-unit', '.leaflet-container', '#sheet'].map(box),
        [0, 0, innerWidth, innerHeight]]; }"""
FOCUS = "() => document.activeElement.id || document.activeElement.textContent"


def on(screen, **more):
    width, height = SCREENS[screen]
    touch = {"has_touch": True, "is_mobile": True} if screen == "phone" else {}
    return {
        "viewport": {"width": width, "height": height},
        "reduced_motion": "reduce",
        **touch,
        **more,
    }


def in_sight(page):
    """Say whether the chosen municipality lies on the map, in the window, and off the sheet."""
    chosen, frame, sheet, window = page.evaluate(BOXES)
    on_map = all(chosen[i] >= max(frame[i], window[i]) - 1 for i in (0, 1)) and all(
        chosen[i] <= min(frame[i], window[i]) + 1 for i in (2, 3)
    )
    apart = chosen[2] <= sheet[0] + 1 or chosen[3] <= sheet[1] + 1
    return on_map and apart


# What it tells


def test_a_municipality_tells_what_is_known_of_it(opened, whole):
    seen = opened(whole, address="lang=en&unit=FI_837")
    text = seen.text("#sheet").replace("\xa0", " ")
    for part in ("Tampere", "Tammerfors", "FI_837", "Pirkanmaa", "Growth Corridor Finland"):
        assert part in text
    assert "member · 2017 – 31 December 2024 · confidence: high" in text
    links = seen.texts("#sheet .source-list a")
    assert "tampere.cloudnc.fi: Suomen kasvukaytava verkoston sopimukse" in links
    assert len(set(links)) == len(links)
    seen.click("#sheet details.why summary")
    assert seen.page.locator("#sheet details.why p").first.is_visible()
    assert seen.page.locator("#sheet-close").is_visible()


def test_a_municipality_has_its_line_over_the_years(opened, whole):
    seen = opened(whole, address="lang=en&unit=FI_837")
    series = geodata.population_series(division=2026).loc["FI_837"].dropna()
    line = seen.page.locator("#sheet .sparkline")
    first, last = (f"{int(series.iloc[place]):,} in {series.index[place]}" for place in (0, -1))
    assert line.get_attribute("aria-label") == f"People of Tampere: {first}, {last}"
    change = 100 * (series.iloc[-1] / series.iloc[0] - 1)
    said = seen.text("#sheet .line-of-people").replace("\xa0", " ")
    assert said.startswith(f"{series.index[0]}–{series.index[-1]}")
    assert f"+{change:.1f}%" in said


def test_swedish_municipalities_are_in_counties(opened, whole):
    seen = opened(whole, address="lang=sv&unit=SE_2580")
    assert seen.texts("#sheet dt")[1] == "Län"
    seen.click("#languages [data-value=fi]")
    assert seen.texts("#sheet dt")[1] == "Lääni"
    seen.search("Tampere")
    assert seen.texts("#sheet dt")[1] == "Maakunta"


def test_neighbours_lead_on(opened, whole):
    seen = opened(whole, address="lang=fi&unit=FI_837")
    pairs = geodata.known_neighbours(2026).query("border == 'land'")
    ends = pairs[["left", "right"]].to_numpy()
    known = {one for pair in ends if "FI_837" in pair for one in pair} - {"FI_837"}
    rows = seen.texts("#sheet .neighbours button")
    assert len(rows) == len(known)
    lengths = [int(row.split()[-2]) for row in rows if row.split()[-1] == "km"]
    assert lengths == sorted(lengths, reverse=True)
    seen.page.locator("#sheet .neighbours button", has_text="Nokia").click()
    assert seen.text("#sheet-title") == "Nokia"
    assert seen.page.evaluate(FOCUS) == "sheet-title"


def test_a_zone_tells_what_is_known_of_it(opened, whole):
    seen = opened(whole, **on("desk"), address="lang=en")
    seen.click("#more-0")
    text = seen.text("#sheet").replace("\xa0", " ")
    assert seen.text("#sheet-title") == "Bothnian Arc"
    for part in (
        "Perämerenkaaren kehittämisvyöhyke",
        "development zone",
        "Oulun kaupunki",
        "E4 (Sweden)",
    ):
        assert part in text
    area = zones.area("peramerenkaari")
    assert seen.count("#sheet .names button") == len(area.units)
    assert seen.count("#sheet .chosen-extent") == 1
    assert seen.count("#sheet .rows > li") == len(area.group.extents)
    seen.page.select_option("#extent-0", "oecd-2013")
    assert seen.count("#sheet .names button") != len(area.units)
    assert "group=peramerenkaari" in seen.page.url
    again = opened(whole, address=seen.page.url.split("#")[1])
    assert again.text("#sheet-title") == "Bothnian Arc"


def test_a_network_has_a_sheet_too(opened, whole):
    seen = opened(whole, address="lang=fi")
    seen.search("LIUKAS")
    assert "teemaverkosto" in seen.text("#sheet")
    assert "kuntaa" in seen.text("#announce")


# Focus


def test_a_search_tells_the_memberships_and_escape_leads_back(opened, whole):
    seen = opened(whole, address="lang=en")
    seen.page.focus("#search")
    seen.search("Tampere")
    assert seen.page.evaluate(FOCUS) == "sheet-title"
    spoken = seen.text("#announce").replace("\xa0", " ")
    assert "Growth Corridor Finland: member, 2017 – 31 December 2024, confidence: high." in spoken
    region = seen.page.get_by_role("region", name="Tampere")
    assert region.is_visible()
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#sheet").is_visible()
    assert seen.page.evaluate(FOCUS) == "search"
    assert seen.count(".selected-unit") == 0
    assert "unit=" not in seen.page.url


def test_closing_leads_back_to_what_opened_it_though_it_was_rebuilt(opened, whole):
    seen = opened(whole)
    seen.page.focus("#more-1")
    seen.page.keyboard.press("Enter")
    seen.page.evaluate("() => document.querySelector('#languages [data-value=sv]').click()")
    seen.page.focus("#sheet-close")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate(FOCUS) == "more-1"


def test_a_click_on_the_map_leaves_the_focus(opened, whole):
    seen = opened(whole, **on("desk"), address="at=67.4/26.6/7")
    box = seen.page.locator(".leaflet-container").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "FI_758" in seen.text("#sheet")
    assert seen.page.evaluate(FOCUS) != "sheet-title"


def test_escape_in_the_list_of_matches_closes_the_list_alone(opened, whole):
    seen = opened(whole, address="unit=FI_564")
    seen.page.fill("#search", "pert")
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#sheet").is_visible()
    assert not seen.page.locator("#search-results").is_visible()


# Sight


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_chosen_is_in_sight(opened, whole, screen):
    seen = opened(whole, **on(screen), address="lang=en")
    for name in ("Kuopio", "Utsjoki", "Hanko", "Skellefteå"):
        seen.search(name)
        assert in_sight(seen.page), name
    _, frame, sheet, window = seen.page.evaluate(BOXES)
    assert sheet[3] - sheet[1] <= max(0.51 * window[3], frame[3] - frame[1])
    seen.keep(f"map-sheet-{screen}")


@pytest.mark.parametrize("screen", ["phone", "tablet"])
def test_commands_below_the_map_scroll_it_into_view(opened, whole, screen):
    seen = opened(whole, **on(screen), address="lang=en")
    seen.page.locator("#card-2 .icon").last.scroll_into_view_if_needed()
    assert seen.page.evaluate("() => scrollY") > 0
    seen.page.locator("#card-2 .icon").last.click()
    top = seen.page.locator(".leaflet-container").bounding_box()["y"]
    assert -1 <= top < 200
    seen.click("#table-button")
    seen.page.locator("#table button.link", has_text="Kajaani").click()
    assert in_sight(seen.page)


def test_controls_stay_beside_the_sheet(opened, whole):
    seen = opened(whole, **on("desk"), address="unit=FI_564")
    sheet = seen.page.locator("#sheet").bounding_box()
    for control in (".corner", ".leaflet-control-attribution"):
        box = seen.page.locator(control).bounding_box()
        assert box["x"] + box["width"] <= sheet["x"] + 1


# Access


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("screen", "chosen"), [("desk", "group=peramerenkaari"), ("phone", "unit=SE_2583")]
)
def test_axe_finds_nothing_in_the_sheet(opened, whole, screen, chosen, theme):
    seen = opened(whole, **on(screen), address=f"lang=sv&theme={theme}&{chosen}")
    seen.page.evaluate(
        "() => document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    result = seen.page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


def test_what_is_touched_is_large_enough(opened, whole):
    seen = opened(whole, **on("phone"), address="unit=FI_837")
    small = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, label.check, #sheet a')]
            .filter(n => n.offsetParent !== null)
            .filter(n => !n.closest('details:not([open]) > :not(summary)'))
            .filter(n => n.getBoundingClientRect().height < 23.5)
            .map(n => n.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_zones_are_headings_and_drawings_are_hidden(opened, whole):
    seen = opened(whole, address="lang=en")
    heads = [head.inner_text() for head in seen.page.locator("#zone-cards h3").all()]
    assert heads == ["Bothnian Arc", "Growth Corridor Finland", "Viitoskäytävä"]
    seen.click("#views [data-value=change]")
    assert seen.count(".leaflet-pane > svg") > 2
    assert seen.count(".leaflet-pane > svg:not([aria-hidden=true])") == 0


def test_switches_say_what_they_changed(opened, whole):
    seen = opened(whole, address="lang=en")
    seen.click("#views [data-value=density]")
    assert seen.text("#announce") == "View: Density"
    seen.click("#card-1 input")
    assert seen.text("#announce") == "Growth Corridor Finland: not on the map"
    seen.click("#layer-borders")
    assert seen.text("#announce") == "Shared municipal borders on land: on the map"


# Search


@pytest.mark.parametrize(
    ("typed", "found", "why"),
    [
        ("Hlsinki", "Helsinki", "FI_091"),
        ("jyvaskyla", "Jyväskylä", "FI_179"),
        ("Haukipudas", "Oulu", "place: Haukipudas"),
        ("Kälviä", "Kokkola", "place: Kälviä"),
        ("Nastola", "Lahti", "formerly Nastola"),
    ],
)
def test_search_finds_former_names_places_and_slips(opened, whole, typed, found, why):
    seen = opened(whole, address="lang=en")
    seen.page.fill("#search", typed)
    assert seen.texts("#search-results [role=option]")[0].split("\n") == [found, why]


# Table


def test_table_is_filtered_by_text_region_and_role(opened, whole):
    seen = opened(whole, address="lang=en", accept_downloads=True)
    seen.click("#table-button")
    names = seen.texts("#table tbody th")
    assert names[0] == "Äänekoski"
    assert seen.page.locator("#table th[aria-sort]").get_attribute("aria-sort") == "ascending"
    seen.page.select_option("#table-region", label="Kainuu")
    assert seen.count("#table tbody tr") == 8
    seen.page.fill("#table-text", "sotka")
    assert seen.texts("#table tbody th") == ["Sotkamo"]
    assert seen.saved().partition("\r\n\r\n")[0].count("\n") == 1
    seen.page.fill("#table-text", "")
    seen.page.select_option("#table-region", index=0)
    seen.page.select_option("#table-role", label="host")
    assert "Oulu" in seen.texts("#table tbody th")
    seen.click("#table-tabs [data-value=members]")
    assert set(seen.texts("#table tbody td:nth-child(4)")) == {"host"}


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_sources_of_the_memberships_are_in_the_dialog(opened, whole, lang):
    seen = opened(whole, **on("desk"), address=f"lang={lang}")
    seen.click("#table-button")
    seen.click("#table-tabs [data-value=members]")
    wide = seen.page.evaluate(
        """() => { const box = document.getElementById('table-scroll');
            return box.scrollWidth - box.clientWidth; }"""
    )
    assert wide == 0


def test_first_column_stays_on_a_phone(opened, whole):
    seen = opened(whole, **on("phone"))
    seen.click("#table-button")
    before = seen.page.locator("#table tbody th").first.bounding_box()["x"]
    seen.page.evaluate("() => { document.getElementById('table-scroll').scrollLeft = 300; }")
    assert seen.page.locator("#table tbody th").first.bounding_box()["x"] == pytest.approx(
        before, abs=1
    )
