"""Columns of a table on the page in Chromium, and the sentence that a card copies."""

import csv
import re

import pytest

import zones
from tests.zones.maps.tables import table_by_hand, wide_table
from tests.zones.maps.web.test_browser_access import AXE, PHONE
from tests.zones.maps.web.test_indicator_page import hostile_table
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

RATE = "view=indicator&column=unemployment"
FILLS = "paths => paths.map(path => path.getAttribute('fill'))"


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    made = zones.map(data=table_by_hand())
    return made.save(tmp_path_factory.mktemp("given") / "map.html")


def plain(text):
    return text.replace("\xa0", " ")


def legend(seen):
    return [re.sub(r"\s+", " ", plain(text)) for text in seen.texts("#legend li")]


# The picture


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rate_is_a_choropleth_with_a_legend_that_counts_all(opened, given, lang):
    seen = opened(given, address=f"lang={lang}&{RATE}")
    words = phrases("map", lang)
    names = {"fi": "Työttömyysaste", "sv": "Arbetslöshetsgrad", "en": "Unemployment rate"}
    assert seen.text("#legend .legend-title") == f"{names[lang]}, %, 2019"
    counts = [int(text) for text in seen.texts("#legend .count")]
    assert sum(counts) == 337
    assert len(counts) == 7
    mark = "." if lang == "en" else ","
    assert legend(seen)[1].startswith(f"4{mark}9–7{mark}0")
    assert legend(seen)[-2:] == [f"{words['gap_missing']} 31", words["layer_lakes"]]
    assert "Synthetic, made for tests" in seen.text("#legend")
    assert seen.count("path.outline") == 3
    fills = seen.page.locator("path.unit").evaluate_all(FILLS)
    assert fills.count("url(#gap-missing)") == 31
    assert len(set(fills)) == 7
    seen.keep(f"indicator-rate-{lang}")


def test_colours_turn_at_the_middle(opened, given):
    seen = opened(given, address="lang=en&theme=light&view=indicator&column=migration")
    rows = legend(seen)
    assert rows[2].startswith("−5.6 – 0.0")
    assert rows[3].startswith("0.0 – +5.6")
    assert "The colour turns at 0." in seen.text("#legend")
    assert "A class holds its lower limit" in seen.text("#legend")
    patches = seen.page.locator("#legend .two .patch").evaluate_all(
        "nodes => nodes.map(node => node.style.background)"
    )
    reds = [int(re.search(r"rgb\((\d+)", one)[1]) for one in patches]
    blues = [int(re.search(r", (\d+)\)", one)[1]) for one in patches]
    assert [red > blue for red, blue in zip(reds, blues, strict=True)] == [True] * 3 + [False] * 3


def test_counts_are_circles_of_their_size(opened, given):
    seen = opened(given, address="lang=fi")
    areas = seen.page.evaluate(
        """() => [...document.querySelectorAll('path.circle')].map(node => node.getBBox().width)"""
    )
    assert len(areas) == 303
    assert max(areas) == pytest.approx(60, abs=1)
    rounded = [round(area, 2) for area in areas]
    assert rounded == sorted(rounded, reverse=True)
    key = seen.page.locator("#legend .circle-key text").all_text_contents()
    assert [plain(text) for text in key] == ["40 000", "10 000", "2 000"]
    assert legend(seen) == ["salattu 3", "ei tietoa 31"]
    fills = seen.page.locator("path.unit").evaluate_all(FILLS)
    assert (fills.count("url(#gap-suppressed)"), fills.count("url(#gap-missing)")) == (3, 31)
    seen.keep("indicator-circles-fi")


def test_circles_go_when_another_view_comes(opened, given):
    seen = opened(given, address="lang=en")
    assert seen.count("path.circle") == 303
    seen.click("#views [data-value=density]")
    assert seen.count("path.circle") == 0
    assert seen.count("#columns select") == 0


def test_signs_of_counts_have_a_colour_each(opened, given):
    seen = opened(given, address="lang=sv&view=indicator&column=balance")
    rows = legend(seen)
    assert rows[0].startswith("över noll")
    assert rows[1].startswith("under noll")
    colours = seen.page.locator("path.circle").evaluate_all(FILLS)
    assert len(set(colours)) == 2


# Choosing and reading


def test_a_column_is_chosen_by_keyboard_and_kept_in_the_address(opened, given):
    seen = opened(given, address="lang=en")
    assert seen.texts("#column option")[:2] == ["Jobs", "Labour force"]
    seen.page.select_option("#column", "migration")
    assert seen.page.evaluate("() => document.activeElement.id") == "column"
    assert seen.text("#announce") == "Net migration, ‰, 2019"
    assert "column=migration" in seen.page.url
    assert "Synthetic, of another publisher, 2019" in seen.text(".leaflet-control-attribution")
    again = opened(given, address=seen.page.url.split("#")[1])
    assert again.page.locator("#column").input_value() == "migration"


def test_tip_and_popup_say_figure_unit_and_year(opened, given):
    seen = opened(given, address="lang=fi&unit=FI_016")
    popup = plain(seen.text("#sheet"))
    assert "Työpaikat, 2019\n3 185 työpaikkaa" in popup
    seen.click("#sheet details.more summary")
    assert re.search(r"Työttömyysaste, 2019\n10,6 %", plain(seen.text("#sheet")))
    seen.page.keyboard.press("Escape")
    at = seen.page.evaluate(
        """() => [...document.querySelectorAll('path.circle')].map(circle => {
          const box = circle.getBoundingClientRect();
          return { circle, x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }).filter(({ circle, x, y }) => document.elementFromPoint(x, y) === circle)
          .map(({ x, y }) => [x, y])[0]"""
    )
    seen.page.mouse.move(*at)
    seen.page.wait_for_selector(".tip")
    assert re.search(r"Työpaikat, 2019: [\d ]+ työpaikkaa", plain(seen.text(".tip")))


def test_a_click_on_a_circle_chooses_its_municipality(opened, given):
    seen = opened(given, address="lang=fi")
    seen.page.locator("path.circle").last.click(force=True)
    assert seen.page.locator("#sheet").is_visible()
    assert re.search(r"Työpaikat, 2019\n\d+ työpaikkaa", plain(seen.text("#sheet")))


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("FI_047", "Jobs, 2019\nsuppressed (0–4)"),
        ("FI_507", "Jobs, 2019\nsuppressed (9,794–9,798)"),
        ("SE_2580", "Jobs, 2019\nnot available"),
    ],
)
def test_a_gap_says_why_and_between_what(opened, given, unit, words):
    seen = opened(given, address=f"lang=en&unit={unit}")
    assert words in seen.text("#sheet")


def test_the_table_has_the_columns_with_words_for_gaps(opened, given):
    seen = opened(given, address="lang=sv")
    seen.click("#table-button")
    heads = seen.texts("#table thead th")
    assert "Arbetsplatser, 2019" in heads
    assert "Arbetslöshetsgrad, %, 2019" in heads
    table = seen.saved().partition("\r\n\r\n")[0]
    head, *saved = csv.reader(table.splitlines(), delimiter=";")
    rows = {row[1]: dict(zip(head, row, strict=True)) for row in saved}
    jobs = "Arbetsplatser, 2019"
    assert rows["FI_016"][jobs] == "3185"
    assert rows["FI_047"][jobs] == "sekretessbelagd (0–4)"
    assert rows["SE_2580"][jobs] == "uppgift saknas"
    assert rows["FI_016"]["Arbetslöshetsgrad, %, 2019"] == "10,6"
    seen.click("[data-key=indicator_jobs]")
    order = [plain(text) for text in seen.texts("#table tbody td:nth-child(5)")]
    assert order[0] == "48 563"
    assert order[-1] == "uppgift saknas"


# Everyone, everywhere


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_columns(opened, given, lang, theme):
    seen = opened(given, address=f"lang={lang}&theme={theme}&unit=FI_047")
    seen.page.evaluate(AXE.read_text(encoding="utf-8"))
    run = "() => axe.run(document, { resultTypes: ['violations', 'passes'] })"
    for column in ("jobs", "migration"):
        seen.page.select_option("#column", column)
        result = seen.page.evaluate(run)
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []
    seen.keep(f"indicator-{theme}-{lang}")


def test_a_phone_has_no_sideways_scroll_and_small_circles(opened, given):
    seen = opened(given, viewport=PHONE, has_touch=True, is_mobile=True, address="lang=sv")
    width = "() => document.documentElement.scrollWidth"
    assert seen.page.evaluate(width) == PHONE["width"]
    widths = seen.page.locator("path.circle").evaluate_all(
        "nodes => nodes.map(node => node.getBBox().width)"
    )
    assert max(widths) == pytest.approx(40, abs=1)
    seen.page.select_option("#column", "unemployment")
    assert seen.page.evaluate(width) == PHONE["width"]
    seen.keep("indicator-phone-sv")


def test_forced_colours_leave_the_legend_readable(opened, given):
    seen = opened(given, address=f"lang=fi&theme=light&{RATE}", forced_colors="active")
    colours = seen.page.locator("#legend .two .patch").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).backgroundColor)"
    )
    assert len(set(colours)) == 6
    assert (
        seen.page.locator("#legend .gaps rect").first.get_attribute("fill") == "url(#gap-missing)"
    )
    seen.keep("indicator-forced-fi")


def test_no_button_of_the_views_breaks_its_word(opened, given):
    seen = opened(given)
    for lang in LANGUAGES:
        seen.click(f"#languages [data-value={lang}]")
        heights = seen.page.locator("#views button").evaluate_all(
            "nodes => nodes.map(node => node.getBoundingClientRect().height)"
        )
        assert max(heights) < 40


def test_thirty_columns_open_at_once(opened, tmp_path):
    seen = opened(zones.map(data=wide_table(30)).save(tmp_path / "map.html"), address="lang=en")
    # Generous: the machine of the tests may be slow and busy.
    assert seen.page.evaluate("() => performance.now()") < 5000
    assert seen.count("#column option") == 30
    seen.page.select_option("#column", "column_7")
    assert "Column 7, 2019" in seen.text("#legend")


def test_hostile_names_stay_text(opened, tmp_path):
    seen = opened(
        zones.map(data=hostile_table()).save(tmp_path / "map.html"), address="unit=FI_016"
    )
    seen.click("#table-button")
    assert seen.page.evaluate("() => window.pwned") is None
    assert "<script>" in seen.text("#legend .legend-title")
    assert seen.count("img") == 0
    assert seen.page.evaluate(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_paper_has_the_column_shown(opened, given):
    seen = opened(given, address=f"theme=dark&{RATE}")
    pdf = seen.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


# The sentence of a card


def test_a_card_copies_its_people_as_a_sentence(opened, given):
    seen = opened(given, address="lang=en", permissions=["clipboard-read", "clipboard-write"])
    seen.click("#card-0 .icon")
    copied = "() => navigator.clipboard.readText()"
    assert seen.page.evaluate(copied) == (
        "Bothnian Arc (Bothnian Arc members, about 2023–2025, 15 municipalities): "
        "557,488 people, 31 Dec 2022. Source: Statistics Finland/THL, SCB."
    )
    seen.says("#announce", re.compile("^Copied: Bothnian Arc"))
    seen.click("#languages [data-value=fi]")
    seen.click("#card-1 .icon")
    assert plain(seen.page.evaluate(copied)) == (
        "Suomen kasvukäytävä (Uusimaa, Kanta-Häme, Pirkanmaa ja Etelä-Pohjanmaa, 78 kuntaa): "
        "1 170 951–2 706 970 asukasta 31.12.2025. Jäsenyydestä näyttöä: 8 / 78 kuntaa. "
        "Lähde: Tilastokeskus/THL."
    )


def test_a_browser_without_a_clipboard_gets_the_sentence_too(opened, given):
    seen = opened(given, address="lang=sv")
    seen.page.evaluate(
        """() => { Object.defineProperty(navigator, 'clipboard', { value: undefined });
            document.addEventListener('copy', () => { window.taken = String(
                document.activeElement.value); }); }"""
    )
    seen.click("#card-2 .icon")
    seen.page.wait_for_function("() => window.taken")
    assert "487 181 invånare 31.12.2025" in plain(seen.page.evaluate("() => window.taken"))
    label = seen.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert label == "Kopiera invånarantalet som en mening: Viitoskäytävä"
