"""People over the years: the slider, what follows it, change in per cent a year, lines in cards."""

import csv
import re

import pytest

import geodata
import zones
from tests.zones.maps.web.test_browser_access import AXE, PHONE
from zones.extents.evidence import evidence_of
from zones.maps.change import change_of
from zones.maps.palette import SHARED
from zones.texts import LANGUAGES, format_number, phrases

pytestmark = pytest.mark.browser

FILLS = "paths => paths.map(path => path.getAttribute('fill'))"


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def people(area, year):
    """Return between what the people of an area are in a year, by the library's estimates."""
    found = [
        geodata.population_estimate(year, division=area.division, country=country)
        for country in area.countries
    ]
    rows = [table.loc[table.index.intersection(area.units.index)] for table in found]
    ends = [sum(int(row[end].sum()) for row in rows) for end in ("low", "high")]
    return "–".join(dict.fromkeys(format_number(end, "en") for end in ends))


# The year chosen


@pytest.mark.parametrize("year", [2000, 2012, 2022, 2023])
def test_headlines_of_cards_are_the_librarys_of_that_year(opened, whole, year):
    seen = opened(whole, address=f"lang=en&view=people&year={year}")
    for card, name in ((0, "peramerenkaari"), (2, "viitoskaytava")):
        assert seen.text(f"#card-{card} .big") == people(zones.area(name), year)
        assert str(year) in seen.text(f"#card-{card} .unit-word")
    known = zones.area("suomen-kasvukaytava")
    documented = zones.coverage(known).get("members_with_evidence").items
    low = people(known.only(known.units.index[known.units.index.isin(documented)]), year)
    assert seen.text("#card-1 .big") == "–".join(
        [low.split("–")[0], people(known, year).split("–")[-1]]
    )


def test_the_headline_as_known_in_a_year_counts_its_members_alone(opened, whole):
    seen = opened(whole, address="lang=en&known=2016")
    three = zones.area("suomen-kasvukaytava")
    units = evidence_of(three, known=2016)
    low = people(three.only(three.units.index[units == "documented"]), 2025)
    assert seen.text("#card-1 .big") == f"{low}–2,706,970"


def test_a_sum_that_cannot_be_bounded_is_a_dash_with_the_reason(opened, whole):
    seen = opened(whole, address="lang=en&view=people&year=2025")
    assert seen.text("#card-0 .big") == "–"
    assert "1 of 15 municipalities has no figure for 2025" in seen.text("#card-0")
    seen = opened(whole, address="lang=en&view=people&year=2023")
    assert "9 municipalities have no figure for 2023" in seen.text("#card-0")


def test_the_slider_moves_by_keyboard_and_everything_follows(opened, whole):
    seen = opened(whole, address="lang=en&view=density&unit=FI_564")
    slider = seen.page.locator("#year")
    assert slider.get_attribute("aria-valuetext") == "newest"
    slider.focus()
    seen.page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == "2000"
    seen.page.keyboard.press("ArrowRight")
    assert seen.text("#year-shown") == "2001"
    assert "year=2001" in seen.page.url
    assert seen.page.evaluate("() => document.activeElement.id") == "year"
    assert "31 Dec 2001" in seen.text("#legend .legend-title")
    assert "31 Dec 2001" in seen.text("#card-0 .unit-word")
    assert "population 31 Dec 2001" in seen.text("#subtitle")
    oulu = format_number(int(geodata.population(2001, division=2026)["FI_564"]), "en")
    assert f"{oulu} (31 Dec 2001)" in seen.text("#sheet")
    seen.page.keyboard.press("End")
    assert "year=" not in seen.page.url


def test_years_without_figures_are_said_and_drawn_as_gaps(opened, whole):
    seen = opened(whole, address="lang=en&view=density&year=2024")
    assert seen.page.locator("path.unit").evaluate_all(FILLS).count("url(#gap-missing)") == 308
    assert "No figure in 2024: Finland 308 municipalities." in seen.text("#legend")
    assert "no figure 308" in plain(seen.text("#legend .gaps"))


def test_the_table_follows_and_saves_what_it_shows(opened, whole):
    seen = opened(whole, address="lang=fi&view=change&year=2012")
    seen.click("#table-button")
    table = seen.saved().partition("\r\n\r\n")[0]
    head, *rows = csv.reader(table.splitlines(), delimiter=";")
    saved = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    words = phrases("map", "fi")
    series = geodata.population_series(division=2026)
    for unit in ("FI_564", "FI_178", "FI_016"):
        change = change_of(series.loc[unit].dropna().to_dict(), 2012)
        assert saved[unit][words["column_change_from"]] == "2002"
        assert saved[unit][words["column_change_to"]] == "2012"
        rate = format_number(change.rate, "fi", digits=2).replace("−", "-")
        assert saved[unit][words["column_change_rate"]] == rate
        total = format_number(change.percent, "fi", digits=1).replace("−", "-")
        assert saved[unit][words["column_change_percent"]] == total


def test_the_slider_is_with_views_of_people_and_wherever_a_year_is_chosen(opened, whole):
    seen = opened(whole)
    assert not seen.page.locator("#time").is_visible()
    for view in ("people", "density", "change"):
        seen.click(f"#views [data-value={view}]")
        assert seen.page.locator("#year").is_visible()
    assert opened(whole, address="year=2010").page.locator("#year").is_visible()
    assert not opened(whole, address="year=1900").page.locator("#time").is_visible()


def test_play_goes_on_by_itself_and_stops(opened, whole):
    seen = opened(whole, address="lang=en&view=people")
    assert seen.page.locator("#play").get_attribute("aria-label") == "Play the years"
    seen.click("#play")
    seen.page.wait_for_function(
        "() => document.getElementById('year-shown').textContent === '2001'"
    )
    seen.click("#play")
    shown = seen.text("#year-shown")
    assert seen.page.locator("#play").get_attribute("aria-label") == "Play the years"
    assert seen.text("#announce") == f"31 Dec {shown}"


def test_with_reduced_motion_a_press_is_one_year(opened, whole):
    seen = opened(whole, address="lang=en&view=people&year=2010", reduced_motion="reduce")
    assert seen.page.locator("#play").get_attribute("aria-label") == "Next year"
    seen.click("#play")
    assert seen.text("#year-shown") == "2011"
    assert seen.text("#announce") == "31 Dec 2011"


# Lines


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_card_has_a_line_with_its_words(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}")
    labels = [
        plain(node.get_attribute("aria-label")) for node in seen.page.locator(".sparkline").all()
    ]
    assert len(labels) == 3
    first, last = (
        plain(format_number(zones.area("peramerenkaari").population_in(year), lang))
        for year in (2000, 2022)
    )
    words = phrases("map", lang)["line_of_people"]
    name = zones.get("peramerenkaari").short_names.text(lang)
    wanted = words.format(**{"name": name, "from": first, "first": 2000, "to": last, "last": 2022})
    assert labels[0] == wanted


# People are circles; change turns at zero


def test_people_are_circles_on_plain_land(opened, whole):
    seen = opened(whole, address="lang=en&theme=light&view=people")
    assert seen.count("path.circle") == 337
    assert set(seen.page.locator("path.unit").evaluate_all(FILLS)) == {"#fbfbf7"}
    key = seen.page.locator("#legend .circle-key text").all_text_contents()
    assert key == ["600,000", "100,000", "30,000"]
    assert "The area of a circle is the figure." in seen.text("#legend")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_decline_and_growth_have_a_hue_each_and_zero_stands_between(opened, whole, theme):
    seen = opened(whole, address=f"lang=en&theme={theme}&view=change")
    rows = [plain(text) for text in seen.texts("#legend .turning li")]
    assert [row.rsplit(" ", 1)[0] for row in rows] == [
        "under −1.2",
        "−1.2 – −0.6",
        "−0.6 – 0",
        "0 – +0.6",
        "+0.6 – +1.2",
        "+1.2 or more",
    ]
    assert seen.text("#legend .zero") == "0"
    assert seen.texts("#legend .side") == ["declines", "grows"]
    colours = seen.page.locator("#legend .turning .patch").evaluate_all(
        "nodes => nodes.map(node => node.style.background.match(/\\d+/g).map(Number))"
    )
    assert [red > blue for red, _, blue in colours] == [True] * 3 + [False] * 3
    assert "Periods: Finland 2015–2025; Sweden 2015–2025 (15), 2014–2024 (14)." in plain(
        seen.text("#legend")
    )
    seen.keep(f"change-{theme}")


def test_no_shrinking_municipality_has_the_colour_of_growth(opened, whole):
    seen = opened(whole, address="theme=light&view=change")
    fills = seen.page.locator("path.unit").evaluate_all(FILLS)
    names = zones.map(networks=False).data["units"]["id"]
    growing = set(SHARED["ramps"]["change"]["light"][3:])
    for country in ("FI", "SE"):
        for unit, row in geodata.population_series(division=2026, country=country).iterrows():
            change = change_of(row.dropna().to_dict())
            assert (fills[names.index(unit)] in growing) == (change.rate >= 0)


def test_sheets_say_both_years_of_a_change(opened, whole):
    seen = opened(whole, address="lang=en&unit=FI_564")
    assert re.search(r"\(2015–2025\), \+\d\.\d\d% a year", plain(seen.text("#sheet")))
    seen.page.evaluate("() => { location.hash = 'lang=en&group=peramerenkaari'; }")
    seen.page.wait_for_selector("#sheet :text('Population change')")
    assert re.search(r"\+3\.9%\s?2012–2022", plain(seen.text("#sheet")))


# Everyone


@pytest.mark.parametrize("view", ["people", "change"])
def test_axe_finds_nothing_and_a_phone_does_not_scroll_sideways(opened, whole, view):
    for theme in ("light", "dark"):
        seen = opened(whole, viewport=PHONE, address=f"theme={theme}&view={view}&year=2023")
        seen.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = seen.page.evaluate("() => axe.run(document)")
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []
        assert seen.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
        seen.keep(f"time-{view}-{theme}")
