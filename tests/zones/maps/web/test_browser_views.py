"""What the page draws and says, in each view, language and theme."""

import re

import pytest

import zones
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser


# What is drawn


def test_opens_from_disk_and_draws_everything(opened, whole):
    seen = opened(whole)
    assert seen.count("path.unit") == 308 + 29
    assert seen.count("path.outline") == 3
    assert seen.count("path.spine") == 3
    assert seen.count("path.branch") == 2
    assert seen.count("article.zone") == 3
    assert seen.page.title() == phrases("map", "fi")["title"]
    seen.keep("map-light-fi")


def test_cards_show_figures_with_bounds_years_and_evidence(opened, whole):
    seen = opened(whole)
    arc, corridor, _ = (text.replace("\xa0", " ") for text in seen.texts("article.zone"))
    assert "557 488" in arc
    assert "31.12.2022" in arc
    assert "312 165" in arc
    assert "Suomen osa 5,5 % Suomen väestöstä (2025)" in arc
    assert "15 kuntaa (FI 9, SE 6)" in arc
    assert re.search(r"32 568 \(31 290–33 846\) km², rajat 2021", arc)
    assert "2 706 970" in corridor
    assert "47,9 % Suomen väestöstä (2025)" in corridor
    assert "8 / 78 kuntaa" in corridor


def test_says_that_the_zones_do_not_overlap(opened, whole):
    seen = opened(whole, address="lang=en")
    assert "do not overlap in any of their extents" in seen.text("#overlap")


def test_zone_can_be_switched_off_and_on(opened, whole):
    seen = opened(whole)
    green = seen.page.locator("path.unit").evaluate_all(
        "paths => paths.filter(p => p.getAttribute('fill') === '#00796b').length"
    )
    assert green == 15
    seen.click("#card-0 input")
    assert seen.count("path.outline") == 2
    assert "on=peramerenkaari" not in seen.page.url
    seen.click("#card-0 input")
    assert seen.count("path.outline") == 3
    assert "on=peramerenkaari" in seen.page.url


def test_extent_can_be_chosen(opened, whole):
    seen = opened(whole)
    seen.page.select_option("#extent-2", "area-named")
    card = seen.text("#card-2").replace("\xa0", " ")
    assert "479 218" in card
    assert "42 kuntaa" in card
    assert "extent=viitoskaytava%3Aarea-named" in seen.page.url
    assert "42 kuntaa" in seen.text("#announce")


def test_networks_stripe_the_zones_and_the_bar_tells_how_many(opened, whole):
    seen = opened(whole)
    assert seen.count("#patterns pattern") == 0
    seen.click("#networks summary")
    assert "jäsenet eivät ole tiedossa" in seen.text("#networks ul")
    assert "1 verkoston jäsenet eivät ole tiedossa" in seen.text("#networks")
    row = seen.page.locator("#networks li", has_text="HYTKI")
    row.locator("input").check()
    # Oulu is in the Arc; Kajaani and Kuopio in Viitoskäytävä.
    assert seen.count("#patterns pattern") == 2
    assert seen.count("path.unit[fill^='url(#stripes']") == 3
    assert seen.count("#overlap .bar span") == 6


def test_overlapping_zones_are_hatched_in_both_views(opened, overlapping):
    seen = opened(overlapping, address="lang=en")
    both = 30
    assert seen.count("path.unit[fill^='url(#stripes']") == both
    legend = [text.split("\n")[0].split("\t")[0] for text in seen.texts("#overlap .legend li")]
    assert [text.replace("only ", "") for text in legend] == ["A + B", "B"]
    assert legend[1] == "only B"
    assert "30 municipalities are in several" in seen.text("#overlap")
    seen.click("#views [data-value=people]")
    assert seen.count("path.hatch") == both
    seen.keep("map-overlap-en")


# Views, languages, themes


@pytest.mark.parametrize("view", ["density", "change"])
def test_choropleth_has_a_classed_legend_that_counts_all(opened, whole, view):
    seen = opened(whole)
    seen.click(f"#views [data-value={view}]")
    counts = [int(text) for text in seen.texts("#legend .count")]
    assert sum(counts) == 337
    assert len(counts) >= 6
    assert seen.count("path.outline") == 3
    assert f"view={view}" in seen.page.url


def test_language_switch_changes_every_label(opened, whole):
    seen = opened(whole)
    gather = """() => [...document.querySelectorAll('[data-t]')]
            .map(n => [n.dataset.t, n.textContent])
        .concat([...document.querySelectorAll('[data-t-label]')]
            .map(n => [n.dataset.tLabel, n.getAttribute('aria-label')]))
        .concat([...document.querySelectorAll('[data-t-placeholder]')]
            .map(n => [n.dataset.tPlaceholder, n.getAttribute('placeholder')]))"""
    for lang in LANGUAGES:
        seen.click(f"#languages [data-value={lang}]")
        words = {**phrases("map", lang), **phrases("map_sheet", lang)}
        assert seen.page.evaluate("() => document.documentElement.lang") == lang
        shown = seen.page.evaluate(gather)
        assert len(shown) > 20
        assert all(text == words[key] for key, text in shown)
        assert seen.page.title() == words["title"]
        assert seen.text("#subtitle").startswith(words["subtitle"].split("{")[0])
        assert seen.texts("#views button") == [
            words[f"view_{view}"] for view in ("groups", "people", "density", "change")
        ]
        assert words["layer_borders"] in seen.text("#layers")
        help_text = seen.page.locator(".leaflet-container").get_attribute("aria-label")
        assert help_text == words["map_help"]


def test_numbers_are_written_as_the_language_does(opened, whole):
    seen = opened(whole, address="lang=en")
    assert "2,706,970" in seen.text("#card-1")
    assert "47.9% of Finland’s population (2025)" in seen.text("#card-1")
    seen.click("#languages [data-value=sv]")
    assert "2 706 970" in seen.text("#card-1").replace("\xa0", " ")
    assert "47,9 %" in seen.text("#card-1").replace("\xa0", " ")


def test_missing_name_falls_back_to_finnish_and_is_marked(opened, whole):
    seen = opened(whole, address="lang=sv")
    name = seen.page.locator("#card-2 .card-name bdi")
    assert name.inner_text() == "Viitoskäytävä"
    assert name.get_attribute("lang") == "fi"
    assert seen.page.locator("#card-0 .card-name bdi").inner_text() == "Bottenviksbågen"
    assert seen.text("#card-0 .description").startswith("Föreningens egen lista")


def test_theme_follows_the_system_and_the_switch(opened, whole):
    seen = opened(whole, color_scheme="dark")
    theme = "() => document.documentElement.dataset.theme"
    assert seen.page.evaluate(theme) == "dark"
    seen.keep("map-dark-fi")
    seen.click("#theme-button")
    assert seen.page.evaluate(theme) == "light"
    assert "theme=light" in seen.page.url


SIZES = """() => {
    const whole = document.querySelector(".folium-map").getBoundingClientRect();
    const zone = document.querySelector("path.outline").getBoundingClientRect();
    return [zone.width / whole.width, zone.height / whole.height,
        zone.left - whole.left, whole.right - zone.right];
}"""


@pytest.mark.parametrize(
    "viewport", [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]
)
def test_a_small_zone_is_opened_on_with_what_is_around_it(opened, tmp_path, viewport):
    page = tmp_path / "small.html"
    zones.map([zones.area(["Kuopio", "Siilinjärvi", "Lapinlahti"])]).save(page)
    seen = opened(page, viewport=viewport)
    width, height, left, right = seen.page.evaluate(SIZES)
    assert 0.3 < max(width, height) < 0.9
    assert min(left, right) > 0
    assert seen.page.is_hidden("#overlap-section")
    seen.click(".leaflet-bar [data-t-label=whole_map]")
    seen.page.wait_for_function(f"() => ({SIZES})()[0] < 0.25")


def test_a_large_zone_opens_on_the_whole_map(opened, tmp_path):
    page = tmp_path / "large.html"
    zones.map(["viitoskaytava"]).save(page)
    seen = opened(page)
    before = seen.page.evaluate(SIZES)
    seen.click(".leaflet-bar [data-t-label=whole_map]")
    assert seen.page.evaluate(SIZES) == pytest.approx(before, abs=0.5)


def test_lakes_among_classes_have_waves_that_the_legend_explains(opened, whole):
    seen = opened(whole, address="view=density&lang=en")
    assert seen.count(".leaflet-lakes-pane path[fill='url(#waves)']") == 1
    assert "Lakes" in seen.text("#legend")
    sample = "n => getComputedStyle(n).fill"
    in_key = seen.page.locator("#layers rect").first
    assert "#waves" in in_key.evaluate(sample)
    seen.page.locator("#layer-lakes").uncheck()
    assert "Lakes" not in seen.text("#legend")
    seen.page.locator("#layer-lakes").check()
    seen.page.evaluate("location.hash = '#view=people&lang=en'")
    seen.page.wait_for_selector(".leaflet-lakes-pane path:not([fill^='url'])", state="attached")
    assert "Lakes" not in seen.text("#legend")
    assert "#waves" not in in_key.evaluate(sample)


def test_the_header_says_the_years_of_the_countries_that_are_shown(opened, whole):
    seen = opened(whole, address="lang=en")
    both = "population Finland 2025, Sweden 2024–2025"
    assert both in seen.text("#subtitle")
    # Without the Arc nothing is in Sweden but municipalities in grey.
    seen.click("#card-0 input")
    assert "population Finland 2025 ·" in seen.text("#subtitle")
    seen.click("#views [data-value=density]")
    assert both in seen.text("#subtitle")


def test_the_page_of_a_finnish_zone_names_no_swedish_years(opened, tmp_path):
    made = zones.map("viitoskaytava", networks=False, lang="fi").save(tmp_path / "map.html")
    assert "väestö Suomi 2025 ·" in opened(made).text("#subtitle")


def test_the_overlap_says_why_its_people_are_not_those_of_a_card(opened, whole):
    seen = opened(whole, address="lang=en")
    arc, corridor, _ = seen.texts("#overlap .count")
    # The card's headline is of 2022, the last year with figures for all of the Arc.
    assert "557,488" in seen.text("#card-0 .big")
    assert arc.startswith("565,807 (2024–2025)")
    assert corridor.startswith("2,706,970 (2025)")
    assert "a card’s headline is of one year for all" in seen.text("#overlap")
    seen = opened(whole, address="lang=en&year=2015")
    assert {text.split()[1] for text in seen.texts("#overlap .count")} == {"(2015)"}


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fi", "käyttäjän antamat"), ("sv", "angivna av användaren"), ("en", "given by the user")],
)
def test_members_of_a_list_have_their_source_in_the_language_of_the_page(
    opened, tmp_path, lang, said
):
    own = zones.read_zone(["FI_564", "FI_244", "FI_425"], name_fi="Oma", id="oma")
    path = zones.map(own, networks=False, lang="fi").save(tmp_path / "map.html")
    seen = opened(path, address=f"lang={lang}&unit=FI_564")
    assert said in seen.text("#sheet")
