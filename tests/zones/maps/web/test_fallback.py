"""What a page shows whose scripts may not run, or fail."""

import re

import pytest

import zones
from tests.zones.fixtures import HOSTILE, SCRIPT_ADDRESS, hostile_zones
from zones.maps.web.fallback import fallback
from zones.texts import LANGUAGES, phrases

SCRIPTS_OF_OTHERS = "script-src 'self'"


@pytest.fixture(scope="module")
def made():
    return zones.map(lang="sv")


def test_each_language_has_title_sentence_and_figures_its_own_first(made):
    text = fallback(made.data, made.areas)
    parts = re.findall(
        r'<(?:section|details) lang="(\w\w)">(.*?)</(?:section|details)>', text, re.DOTALL
    )
    assert [lang for lang, _ in parts] == ["sv", "fi", "en"]
    for lang, part in parts:
        assert phrases("fallback", lang)["why"] in part
        assert part.count('<th scope="row">') == len(made.areas) == 3
        assert part.count("<li>") == len(made.data["attribution"])
    english = parts[-1][1]
    assert all(figure in english for figure in ("557,488", "1,170,951–2,706,970", "8 / 78"))
    assert "Finland’s development zones" in english


def test_a_name_in_another_language_than_the_page_says_so():
    network = zones.map("vetytalous", lang="sv")
    swedish, finnish, _ = fallback(network.data, network.areas).split("<details")
    assert '<bdi lang="fi">Kansallinen vetyverkosto</bdi>' in swedish
    assert "<bdi>Kansallinen vetyverkosto</bdi>" in finnish


def test_the_picture_has_land_and_each_extent_once(made):
    text = fallback(made.data, made.areas)
    assert text.count("<path ") == 1 + len(made.areas)
    assert text == fallback(made.data, made.areas)


def test_units_alone_have_no_figures(tmp_path):
    import geodata  # noqa: PLC0415

    alone = zones.map(boundaries=geodata.municipalities(2026).head(3))
    text = fallback(alone.data, alone.areas)
    assert "<table>" not in text
    assert phrases("fallback", "en")["why"] in text


def test_hostile_text_stays_text_and_no_link():
    made = zones.map(hostile_zones(), title=HOSTILE, networks=False)
    text = fallback(made.data, made.areas)
    assert not re.search(r"<(?:script|img)", text)
    assert f'href="{SCRIPT_ADDRESS}' not in text
    assert set(re.findall(r'href="(\w+):', text)) <= {"http", "https"}
    assert text.count("{{ 7*7 }}") >= 3


def show(browser, text, tmp_path, **context):
    (tmp_path / "map.html").write_text(text, encoding="utf-8")
    page = browser.new_context(**context).new_page()
    page.goto((tmp_path / "map.html").as_uri())
    return page


def stands_alone(page):
    return (
        page.locator("#title").is_visible()
        and page.locator("#fallback table").first.is_visible()
        and not page.locator(".body, .top-tools, .skip").filter(visible=True).count()
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 820, 390])
def test_a_page_without_scripts_shows_it_and_all_of_it(browser, made, tmp_path, width):
    size = {"width": width, "height": 800}
    page = show(browser, made.render(), tmp_path, java_script_enabled=False, viewport=size)
    assert stands_alone(page)
    body = page.locator("#fallback").bounding_box()
    table = page.locator("#fallback table").first.bounding_box()
    assert table["x"] + table["width"] <= body["width"] == width
    page.locator("summary").last.click()
    assert page.get_by_text("557,488").is_visible()
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("styles", ["style-src 'unsafe-inline'", "style-src 'self'"])
def test_a_viewer_that_blocks_scripts_or_styles_shows_it(browser, made, tmp_path, styles):
    text = made.render().replace("script-src 'unsafe-inline'", SCRIPTS_OF_OTHERS)
    page = show(browser, text.replace("style-src 'unsafe-inline'", styles), tmp_path)
    assert stands_alone(page)
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("broken", ["zonesPage.start(", "zonesPage.addUnits(", "L.map("])
def test_a_script_that_fails_before_the_page_is_ready_shows_it(browser, made, tmp_path, broken):
    page = show(browser, made.render().replace(broken, "missing("), tmp_path)
    assert stands_alone(page)
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_gives_way_to_the_map(opened, made, tmp_path, lang):
    seen = opened(made.save(tmp_path / "map.html"), address=f"lang={lang}")
    assert not seen.page.locator("#fallback").is_visible()
    assert seen.page.locator("#map-place .folium-map").bounding_box()["height"] > 500
    seen.page.evaluate("() => dispatchEvent(new ErrorEvent('error'))")
    assert not seen.page.locator("#fallback").is_visible()
