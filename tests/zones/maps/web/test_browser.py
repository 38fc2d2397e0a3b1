"""The map in Chromium, from disk, with the network cut off."""

import csv
import io
import os
import re
from pathlib import Path

import pytest

import zones
from tests.zones.fixtures import HOSTILE, hostile_zones, overlapping_zones
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "vendor" / "axe.min.js"
READY = "() => document.documentElement.dataset.ready === 'true'"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


class Opened:
    """A page with everything that it asked for or complained about."""

    def __init__(self, page):
        self.page = page
        self.asked = []
        self.said = []

    def texts(self, selector):
        return self.page.locator(selector).all_inner_texts()

    def text(self, selector):
        return self.page.locator(selector).first.inner_text()

    def count(self, selector):
        return self.page.locator(selector).count()

    def click(self, selector):
        self.page.locator(selector).first.click()

    def search(self, text):
        self.page.fill("#search", text)
        self.page.keyboard.press("Enter")


@pytest.fixture
def opened(browser):
    """Open a file in a fresh context; afterwards nothing may have been asked for or said."""
    pages, contexts = [], []

    def start(path, *, address="", viewport=DESK, quiet=True, **context):
        made = browser.new_context(viewport=viewport, locale="fi-FI", **context)
        contexts.append(made)
        made.set_offline(True)
        found = Opened(made.new_page())

        def guard(route):
            if route.request.url.startswith(("file:", "data:", "blob:")):
                route.continue_()
            else:
                found.asked.append(route.request.url)
                route.abort()

        made.route("**/*", guard)
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("requestfailed", lambda request: found.said.append(request.url))
        found.page.goto(path.as_uri() + (f"#{address}" if address else ""))
        found.page.wait_for_function(READY)
        if quiet:
            pages.append(found)
        return found

    yield start
    for found in pages:
        assert found.asked == []
        assert found.said == []
    for made in contexts:
        made.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return zones.map().save(tmp_path_factory.mktemp("map") / "map.html")


@pytest.fixture(scope="module")
def overlapping(tmp_path_factory):
    made = zones.map(overlapping_zones(), networks=False)
    return made.save(tmp_path_factory.mktemp("overlap") / "map.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    made = zones.map(hostile_zones(), title=HOSTILE, networks=False)
    return made.save(tmp_path_factory.mktemp("hostile") / "map.html")


def keep(page, name):
    """Keep a screenshot where CI collects them."""
    folder = os.environ.get("ZONES_ARTEFACTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


# What is drawn


def test_opens_from_disk_and_draws_everything(opened, whole):
    seen = opened(whole)
    assert seen.count("path.unit") == 308 + 29
    assert seen.count("path.outline") == 3
    assert seen.count("path.spine") == 3
    assert seen.count("path.branch") == 2
    assert seen.count("article.zone") == 3
    assert seen.page.title() == phrases("map", "fi")["title"]
    keep(seen.page, "map-light-fi")


def test_is_interactive_in_about_a_second(opened, whole):
    seen = opened(whole)
    ready = seen.page.evaluate("() => performance.now()")
    # Generous: the machine of the tests may be slow and busy.
    assert ready < 5000


def test_cards_show_figures_with_bounds_years_and_evidence(opened, whole):
    seen = opened(whole)
    arc, corridor, _ = (text.replace("\xa0", " ") for text in seen.texts("article.zone"))
    assert "552 685" in arc
    assert "31.12.2020" in arc
    assert "308 363" in arc
    assert "15 kuntaa (FI 9, SE 6)" in arc
    assert re.search(r"32 568 \(31 290–33 846\) km², rajat 2021", arc)
    assert "2 626 015" in corridor
    assert "47,2 % Suomen väestöstä (2022)" in corridor
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
    assert "482 762" in card
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
    keep(seen.page, "map-overlap-en")


# Views, languages, themes


@pytest.mark.parametrize("view", ["people", "density", "change"])
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
        words = phrases("map", lang)
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
    assert "2,626,015" in seen.text("#card-1")
    assert "47.2% of Finland’s people (2022)" in seen.text("#card-1")
    seen.click("#languages [data-value=sv]")
    assert "2 626 015" in seen.text("#card-1").replace("\xa0", " ")
    assert "47,2 %" in seen.text("#card-1").replace("\xa0", " ")


def test_missing_name_falls_back_to_finnish_and_is_marked(opened, whole):
    seen = opened(whole, address="lang=sv")
    name = seen.page.locator("#card-2 .card-name bdi")
    assert name.inner_text() == "Viitoskäytävä"
    assert name.get_attribute("lang") == "fi"
    assert seen.page.locator("#card-0 .card-name bdi").inner_text() == "Bottenviksbågen"
    assert seen.text("#card-0 .description .foreign").startswith("about-us page")
    assert seen.page.locator("#card-0 .description .foreign").get_attribute("lang") == "en"


def test_theme_follows_the_system_and_the_switch(opened, whole):
    seen = opened(whole, color_scheme="dark")
    theme = "() => document.documentElement.dataset.theme"
    assert seen.page.evaluate(theme) == "dark"
    keep(seen.page, "map-dark-fi")
    seen.click("#theme-button")
    assert seen.page.evaluate(theme) == "light"
    assert "theme=light" in seen.page.url


# Pointing, searching, addresses


def test_hover_shows_a_tip_and_click_a_popup_with_evidence(opened, whole):
    seen = opened(whole, address="unit=FI_564&lang=fi")
    popup = seen.text(".unit-popup").replace("\xa0", " ")
    assert "Oulu" in popup
    assert "Uleåborg" in popup
    assert "FI_564" in popup
    assert "Pohjois-Pohjanmaa" in popup
    assert "211 848 (31.12.2022)" in popup
    assert "Perämerenkaari" in popup
    assert "vetäjä · 2021– · varmuus: vahva" in popup
    link = seen.page.locator(".unit-popup a[href^='https://bothnianarc.eu']").first
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
    assert "invånare 31.12.2022" in tip
    assert "Viitoskäytävä" in tip
    seen.page.mouse.click(x, y)
    assert "FI_758" in seen.text(".unit-popup")
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
    assert found in seen.text(".unit-popup")
    spoken = seen.text("#announce")
    assert seen.page.locator("#announce").get_attribute("aria-live") == "polite"
    assert seen.text(".unit-popup h3").split("\n")[0].split(" ")[0][:5] in spoken


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
    assert "FI_240" in again.text(".unit-popup")
    at = re.compile(r"at=([^&]+)")
    assert at.search(again.page.url)[1] == at.search(seen.page.url)[1]


def test_back_button_brings_back_the_view(opened, whole):
    seen = opened(
        whole, address="lang=en&extent=viitoskaytava:partners-seen&theme=dark&view=people"
    )
    seen.page.evaluate("() => { location.hash = 'lang=sv&unit=FI_091'; }")
    seen.page.wait_for_selector(".unit-popup")
    assert seen.page.locator("#extent-2").input_value() == "with-ita-lappi"
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "light"
    seen.page.evaluate("() => history.back()")
    seen.page.wait_for_selector(".unit-popup", state="detached")
    assert seen.page.locator("#extent-2").input_value() == "partners-seen"
    assert seen.page.locator("#views [aria-pressed=true]").get_attribute("data-value") == "people"
    assert seen.page.evaluate("() => document.documentElement.lang") == "en"


def test_links_are_off_and_can_be_switched_on(opened, whole):
    seen = opened(whole, address="lang=en")
    assert seen.count("path.tie") == 0
    seen.click("#layer-borders")
    # Pairs of members within each zone; 179 in the Growth Corridor alone.
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


# The table


def test_table_carries_what_the_map_shows_and_sorts(opened, whole):
    seen = opened(whole)
    seen.click("#table-button")
    assert seen.count("#table tbody tr") == 337
    seen.click("#table [data-key=people]")
    first = seen.page.locator("#table tbody tr").first.inner_text()
    assert "Helsinki" in first
    assert "Suomen kasvukäytävä" in first
    sorted_by = seen.page.locator("#table th[aria-sort]")
    assert sorted_by.get_attribute("aria-sort") == "descending"
    seen.click("#table [data-key=people]")
    assert sorted_by.get_attribute("aria-sort") == "ascending"
    seen.click("#table-tabs [data-value=members]")
    rows = sum(len(g.memberships) for g in zones.all_groups() if g.kind != "theme")
    assert seen.count("#table tbody tr") == rows
    assert seen.count("#table tbody a[href^='https://bothnianarc.eu']") > 5
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#table").is_visible()


def test_row_shows_itself_on_the_map(opened, whole):
    seen = opened(whole)
    seen.click("#table-button")
    seen.page.locator("#table button.link", has_text="Kajaani").click()
    assert "FI_205" in seen.text(".unit-popup")


def test_links_on_the_map_are_a_table_too(opened, whole):
    seen = opened(whole, address="lang=en&layers=centres", accept_downloads=True)
    seen.click("#table-button")
    seen.click("#table-tabs [data-value=links]")
    assert seen.count("#table tbody tr") == 0
    assert seen.text("#table-note").startswith("No links are shown")
    seen.page.keyboard.press("Escape")
    for name in ("borders", "distances", "shared", "ties"):
        seen.click(f"#layer-{name}")
    lines = seen.count("path.tie")
    seen.click("#table-button")
    assert seen.count("#table tbody tr") == lines
    text = saved(seen)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == lines
    bridge = next(row for row in rows if {row["From place"], row["To place"]} >= {"Haparanda"})
    assert bridge["Distance, km"]
    seen.page.keyboard.press("Escape")
    seen.click("#layer-spines")
    seen.click("#table-button")
    assert seen.count("#table tbody tr") > lines


def test_rows_without_a_value_stand_last(opened, whole):
    seen = opened(whole)
    seen.click("#table-button")
    seen.click("#table-tabs [data-value=members]")
    for _ in range(2):
        seen.click("#table [data-key=evidence_year]")
        column = seen.texts("#table tbody td:nth-child(7)")
        first_empty = column.index("")
        assert first_empty > 0
        assert not any(column[first_empty:])


def saved(seen):
    with seen.page.expect_download() as waiting:
        seen.click("#table-save")
    return Path(waiting.value.path()).read_bytes().decode("utf-8-sig")


def test_table_is_saved_as_csv_of_the_language(opened, whole):
    seen = opened(whole, address="lang=en", accept_downloads=True)
    seen.click("#table-button")
    rows = list(csv.DictReader(io.StringIO(saved(seen))))
    assert len(rows) == 337
    oulu = next(row for row in rows if row["Code"] == "FI_564")
    assert (oulu["People"], oulu["Change, %"]) == ("211848", "11.0")
    seen.page.keyboard.press("Escape")
    seen.click("#languages [data-value=fi]")
    seen.click("#table-button")
    rows = list(csv.DictReader(io.StringIO(saved(seen)), delimiter=";"))
    oulu = next(row for row in rows if row["Tunnus"] == "FI_564")
    assert oulu["Muutos, %"] == "11,0"


def test_table_can_be_copied(opened, whole):
    seen = opened(whole, permissions=["clipboard-read", "clipboard-write"])
    seen.click("#table-button")
    seen.click("#table-copy")
    assert seen.text("#table-note") == phrases("map", "fi")["copied"]
    copied = seen.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.count("\n") == 338
    assert "FI_564\tOulu\tUleåborg" in copied


# Text that is not ours


def test_hostile_text_does_nothing(opened, hostile):
    seen = opened(hostile, address="lang=en&unit=FI_564", accept_downloads=True)
    for details in seen.page.locator("details").all():
        details.evaluate("node => { node.open = true; }")
    seen.click("#views [data-value=change]")
    seen.search("window.pwned")
    seen.page.hover("#card-0")
    seen.click("#table-button")
    seen.click("#table-tabs [data-value=members]")
    assert seen.page.evaluate("() => window.pwned") is None
    assert seen.count("img") == 0
    assert seen.count("a[href^='javascript']") == 0
    assert seen.page.title().startswith(HOSTILE[:60])
    rows = list(csv.reader(io.StringIO(saved(seen))))
    assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r-]", cell)]


def test_formulas_are_saved_as_text(opened, tmp_path):
    from tests.zones.fixtures import own_zone, units_of  # noqa: PLC0415

    name = "=HYPERLINK(1)"
    path = zones.map(own_zone(name, units_of("17")), networks=False).save(tmp_path / "map.html")
    seen = opened(path, address="lang=en", accept_downloads=True)
    seen.click("#table-button")
    assert f"'{name}" in saved(seen)


# Reaching everything


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened, whole, lang, theme):
    seen = opened(whole, address=f"lang={lang}&theme={theme}&unit=FI_564")
    seen.page.evaluate(
        "() => document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "() => axe.run(document, { resultTypes: ['violations', 'passes'] })"
    result = seen.page.evaluate(run)
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []
    assert len(result["passes"]) > 20
    seen.click("#views [data-value=people]")
    seen.click("#table-button")
    result = seen.page.evaluate(run)
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


def test_tab_reaches_every_control_and_no_path(opened, whole):
    seen = opened(whole)
    wanted = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, summary, a[href]')]
            .filter(n => n.offsetParent !== null && !n.disabled && !n.closest('dialog')
                && !n.closest('details:not([open]) > :not(summary)')).length"""
    )
    reached = set()
    for _ in range(wanted + 20):
        seen.page.keyboard.press("Tab")
        found = seen.page.evaluate(
            """() => { const n = document.activeElement;
                if (n === document.body) return null;
                n.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length);
                return [n.tagName.toLowerCase(), n.dataset.stop]; }"""
        )
        if found is not None:
            reached.add(tuple(found))
    assert not [tag for tag, _ in reached if tag == "path"]
    controls = [tag for tag, _ in reached if tag in {"button", "input", "select", "summary", "a"}]
    assert len(controls) >= wanted


def test_map_can_be_zoomed_with_the_keyboard(opened, whole):
    seen = opened(whole)
    before = float(re.search(r"at=[^&]*%2F([\d.]+)", seen.page.url + "&at=%2F0")[1])
    seen.page.focus(".leaflet-container")
    seen.page.keyboard.press("+")
    seen.page.wait_for_function("() => /at=/.test(location.hash)")
    seen.page.wait_for_timeout(400)
    after = float(re.search(r"at=[^&]*%2F([\d.]+)", seen.page.url)[1])
    assert after > before


def test_phone_has_no_sideways_scroll(opened, whole):
    seen = opened(whole, viewport=PHONE, has_touch=True, is_mobile=True)
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    seen.search("Oulu")
    assert "FI_564" in seen.text(".unit-popup")
    assert seen.count(".tip") == 0
    assert seen.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    keep(seen.page, "map-phone-fi")


def test_print_is_one_light_page_and_puts_everything_back(opened, whole):
    seen = opened(whole, address="theme=dark&at=64.000/26.000/5.75")
    seen.page.evaluate("() => { document.getElementById('panel').scrollTop = 400; }")
    pdf = seen.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    seen.page.wait_for_function("() => !document.documentElement.classList.contains('printing')")
    assert seen.page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert "at=64.000%2F26.000%2F5.75" in seen.page.url
    assert seen.page.evaluate("() => document.getElementById('panel').scrollTop") == 400
    folder = os.environ.get("ZONES_ARTEFACTS")
    if folder:
        (Path(folder) / "map.pdf").write_bytes(pdf)


# Other ways to open it


def test_works_in_a_notebook_frame(browser, tmp_path):
    frame = zones.map("peramerenkaari", networks=False)._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(f"<!DOCTYPE html><body>{frame}</body>", encoding="utf-8")
    page = browser.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready=true]").wait_for()
    assert inner.locator("path.unit").count() == 337
    inner.locator("#views [data-value=people]").click()
    assert said == []
    page.close()


def test_tiles_that_do_not_come_are_taken_away(opened, tmp_path):
    made = zones.map(
        "viitoskaytava",
        networks=False,
        tiles="https://tiles.example.org/{z}/{x}/{y}.png",
        attribution="Example <b>tiles</b>",
    )
    seen = opened(made.save(tmp_path / "map.html"), quiet=False)
    seen.page.wait_for_function("() => !document.getElementById('map-note').hidden")
    assert seen.asked
    assert all(address.startswith("https://tiles.example.org/") for address in seen.asked)
    assert seen.text("#map-note") == phrases("map", "fi")["tiles_failed"]
    assert seen.count(".leaflet-tile") == 0


def test_ten_thousand_units_are_drawn_on_a_canvas_and_the_page_says_so(opened, tmp_path):
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    cells = [
        shapely.box(1e5 + x * 5e3, 6.7e6 + y * 8e3, 1.05e5 + x * 5e3, 6.708e6 + y * 8e3)
        for x in range(100)
        for y in range(100)
    ]
    frame = gpd.GeoDataFrame(
        {"name": [f"Cell {n}" for n in range(10_000)], "population": range(10_000)},
        geometry=cells,
        crs=3067,
    ).set_axis([f"X{n}" for n in range(10_000)])
    path = zones.map(boundaries=frame, view="people", lang="en").save(tmp_path / "map.html")
    seen = opened(path)
    assert "10,000 areas" in seen.text("#map-note")
    assert "simplified" in seen.text("#map-note")
    assert seen.count("canvas") == 1
    assert seen.count("path.unit") == 0
    seen.search("Cell 4242")
    assert "X4242" in seen.text(".unit-popup")
    seen.page.keyboard.press("Escape")
    box = seen.page.locator(".leaflet-container").bounding_box()
    for step in range(4):
        # Leaflet listens to a canvas now and then only.
        seen.page.mouse.move(box["x"] + box["width"] / 2 + 5 * step, box["y"] + box["height"] / 2)
        seen.page.wait_for_timeout(80)
    assert "Cell" in seen.text(".tip")
    keep(seen.page, "map-canvas-en")
