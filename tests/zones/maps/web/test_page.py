"""The map without a browser: what is in the page, and what must never be."""

import json
import re
import string
from itertools import accumulate
from pathlib import Path

import folium
import folium.plugins
import pytest

import zones
import zones.maps.web
from tests.golden import inputs
from tests.zones.fixtures import HOSTILE, LONG, hostile_zones, overlapping_zones, own_zone, units_of
from zones.errors import ExtentError, OutputError, UnknownGroupError, ZonesError
from zones.maps.web.encode import to_script_text
from zones.maps.web.units import former_names
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def whole():
    return zones.map()


@pytest.fixture(scope="module")
def page(whole):
    return whole.render()


@pytest.fixture(scope="module")
def data(whole):
    return whole.data


def figure(data, group, name, key=None, extent=None):
    [one] = [found for found in data["groups"] if found["id"] == group]
    [chosen] = [e for e in one["extents"] if (e["id"] == extent if extent else e["default"])]
    [row] = [r for r in chosen["measures"] if (r["name"], r["key"]) == (name, key)]
    return row


# The page


def test_nothing_in_the_page_is_fetched(page):
    assert (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        "img-src data: blob:; font-src data:;"
    ) in page
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    # What a reader may follow is not fetched.
    markup = markup.replace("<a href=", "<a ")
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", markup)
    assert not re.findall(r"url\(\s*['\"]?(?!data:|#)", markup)
    assert "<script src" not in page
    assert "@import" not in page
    assert "sourceMappingURL" not in page


def test_page_of_everything_is_small(page):
    assert len(page.encode()) <= 1_000_000


def test_page_holds_two_countries_three_zones_and_all_networks(data):
    countries = data["units"]["country"]
    assert (countries.count("FI"), countries.count("SE")) == (308, 29)
    assert [group["kind"] for group in data["groups"]] == ["zone"] * 3 + ["network"] * 12
    assert [group["shown"] for group in data["groups"]] == [True] * 3 + [False] * 12
    assert sum(not group["extents"] for group in data["groups"]) == 1
    assert data["zones_apart"] is True


def test_same_input_same_bytes(whole, page):
    assert whole.render() == page
    assert zones.map().render() == page


def test_it_is_a_folium_map_that_takes_layers_of_folium():
    plain = zones.map("peramerenkaari", networks=False)
    assert isinstance(plain, folium.Map)
    folium.CircleMarker([65, 25], radius=4).add_to(plain)
    assert "L.circleMarker" in plain.render()


def test_layer_that_needs_another_library_is_refused():
    plain = zones.map("peramerenkaari", networks=False)
    folium.plugins.Fullscreen().add_to(plain)
    with pytest.raises(ZonesError, match="not in the page: add only layers"):
        plain.render()


def test_notebook_frame_holds_the_page(whole, page):
    shown = whole._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!DOCTYPE html&gt;')
    assert shown.count("<") == 2
    assert len(shown) > len(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_opens_in_the_language_asked_for(lang):
    text = zones.map("viitoskaytava", lang=lang, networks=False).render()
    assert f'<html lang="{lang}"' in text
    assert "Corridor Five" not in re.sub(r'"notes":\[.*?\]', "", text)


# Data


def test_headline_figures(data):
    arc = figure(data, "peramerenkaari", "population")
    assert (arc["value"], arc["year"]) == (557_488, 2022)
    assert figure(data, "peramerenkaari", "population", "FI")["value"] == 312_165
    corridor = figure(data, "suomen-kasvukaytava", "population")
    assert (corridor["value"], corridor["year"]) == (2_706_970, 2025)
    assert round(figure(data, "suomen-kasvukaytava", "population_share")["value"], 1) == 47.9
    assert figure(data, "suomen-kasvukaytava", "members_with_evidence")["value"] == 8
    narrow = figure(data, "viitoskaytava", "population", extent="area-named")
    assert narrow["value"] == 479_218


def test_units_have_people_with_their_year_and_those_before(data):
    units = data["units"]
    place = units["id"].index("FI_507")
    # Mäntyharju with Pertunmaa, which merged into it, at the end of 2015 too.
    before = inputs.people(2026)["FI_507"][2015]
    assert (units["people"][place], units["people_year"][place]) == (7034, 2025)
    series = data["series"]
    people = dict(zip(series["years"]["FI"], accumulate(series["steps"][place]), strict=True))
    assert (people[2015], people[2025]) == (before, 7034)
    swedish = units["id"].index("SE_2580")
    assert (units["people_year"][swedish], units["country"][swedish]) == (2025, "SE")


def test_every_evidence_row_is_there_with_sources_once(data):
    rows = data["memberships"]
    expected = sum(len(g.memberships) for g in zones.all_groups() if g.kind != "theme")
    assert len(rows["unit"]) == expected
    assert None not in rows["unit"]
    assert len(set(data["sources"])) == len(data["sources"])
    assert all(0 <= index < len(data["sources"]) for row in rows["sources"] for index in row)
    assert any(rows["weak"])


def test_former_names_find_what_became_of_them():
    assert "Pertunmaa" in former_names(2026)["FI_507"]
    assert "Pertunmaa" not in former_names(2024).get("FI_507", [])


def test_colours_of_the_catalogue_stay_when_zones_are_left_out(data):
    alone = zones.map("viitoskaytava", networks=False).data["groups"]
    together = {group["id"]: group["colour"] for group in data["groups"]}
    assert [group["colour"] for group in alone] == [together["viitoskaytava"]]
    assert len(set(together.values())) == len(together)


def test_year_gives_the_division_of_that_year():
    page = zones.map("viitoskaytava", year=2022, networks=False)
    assert page.data["units"]["country"].count("FI") == 309
    assert figure(page.data, "viitoskaytava", "members")["value"] == 47


def test_area_keeps_its_extent_and_its_group_the_others():
    area = zones.area("viitoskaytava", extent="area-named")
    [group] = zones.map(area, networks=False).data["groups"]
    chosen = {extent["id"]: extent["default"] for extent in group["extents"]}
    assert chosen["area-named"] is True
    assert sum(chosen.values()) == 1
    assert len(chosen) == 4


def test_extents_are_chosen_by_id():
    made = zones.map("viitoskaytava", extents={"viitoskaytava": "partners-seen"}, networks=False)
    [group] = made.data["groups"]
    assert [e["id"] for e in group["extents"] if e["default"]] == ["partners-seen"]


def test_own_zones_may_overlap_and_the_page_says_so():
    data = zones.map(overlapping_zones(), networks=False).data
    assert data["zones_apart"] is False
    inner, outer = (set(group["extents"][0]["units"]) for group in data["groups"])
    assert inner < outer
    assert {lang: data["title"][lang] for lang in LANGUAGES} == {
        lang: phrases("map", lang)["title_own"] for lang in LANGUAGES
    }


def test_theme_brings_its_networks():
    groups = zones.map(zones.get("theme-etatyopisteet"), networks=False).data["groups"]
    assert [group["id"] for group in groups] == ["etatyopisteet-kasvualustoina"]


# Text that is not ours


def test_hostile_text_stays_text():
    made = zones.map(hostile_zones(), title=HOSTILE, networks=False)
    text = made.render()
    assert text.count("<script") == text.count("</script") == zones.map().render().count("</script")
    assert 'window.pwned=2">' not in text
    # No template was filled; the braces are still there.
    assert text.count("{{ 7*7 }}") >= 5
    assert " 49 " not in text
    assert not {"\u2028", "\u2029"} & set(text[text.rindex("<script>") :])
    title = re.search(r"<title>(.*?)</title>", text, flags=re.DOTALL)
    assert title is not None
    assert "<" not in title[1]


def test_long_names_are_kept_whole_once_or_twice():
    made = zones.map([own_zone(LONG, units_of("17"), key="long")], networks=False)
    assert LONG in made.render()


def test_script_text_reads_back_the_same():
    value = {"a": HOSTILE, "b": [None, True, 1.5, "\u2028\u2029<!--"]}
    text = to_script_text(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)


# Tiles


def test_tiles_only_when_asked_for_and_only_their_host():
    made = zones.map(
        "viitoskaytava",
        networks=False,
        tiles="https://{s}.tiles.example.org/{z}/{x}/{y}.png",
        attribution="Example",
    ).render()
    assert "img-src data: blob: https://*.tiles.example.org; font-src" in made
    assert "L.tileLayer(" in made


def test_no_tiles_by_default(page):
    script = page[page.rindex("<script>") :]
    assert "L.tileLayer(" not in script


# Files and errors


def test_save_writes_the_page_whole(tmp_path, whole, page):
    path = whole.save(tmp_path / "map.html")
    assert path == tmp_path / "map.html"
    assert path.read_text(encoding="utf-8") == page
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]


def test_save_says_what_to_do_when_it_cannot(tmp_path, whole):
    with pytest.raises(OutputError, match="give a path you may write to"):
        whole.save(tmp_path / "none" / "map.html")


def test_wrong_input_is_refused():
    with pytest.raises(UnknownGroupError):
        zones.map("peramerenkari-x")
    with pytest.raises(ExtentError):
        zones.map("viitoskaytava", extents={"viitoskaytava": "none"})
    with pytest.raises(ExtentError, match="not on the map"):
        zones.map("viitoskaytava", extents={"peramerenkaari": "list-about-us"})
    with pytest.raises(ValueError, match="lang='de'"):
        zones.map(lang="de")
    with pytest.raises(ValueError, match="view"):
        zones.map(view="votes")


# Words


def words_of(lang):
    files = ("map", "map_sheet", "map_tools")
    return {key: text for name in files for key, text in phrases(name, lang).items()}


def test_three_languages_say_the_same_things():
    def fields(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    finnish = words_of("fi")
    for lang in ("sv", "en"):
        other = words_of(lang)
        assert list(other) == list(finnish)
        assert {k: fields(v) for k, v in other.items()} == {
            k: fields(v) for k, v in finnish.items()
        }


def test_every_word_that_the_page_asks_for_is_there():
    folder = Path(zones.maps.web.__path__[0])
    files = [*folder.glob("scripts/*.js"), *folder.glob("*.html")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    asked = set(re.findall(r"""\bt\(["'](\w+)["']""", text))
    asked |= set(re.findall(r'data-t(?:-label|-title|-placeholder)?="(\w+)"', text))
    asked |= set(re.findall(r'\bbutton\("(\w+)"', text))
    asked |= set(re.findall(r'", "(zoom_\w+)"\]', text))
    asked |= {f"column_{key}" for key in re.findall(r'{ key: "(\w+)"', text)}
    words = words_of("en")
    missing = {key for key in asked if key not in words and f"{key}_other" not in words}
    assert not missing
    used = {key.removesuffix("_one").removesuffix("_other") for key in words}
    composed = (
        "view_",
        "legend_",
        "layer_",
        "lang_",
        "country_",
        "table_",
        "title",
        "credits_",
        "gap_",
        "people_of_",
        "region_",
        "status_",
        "head_",
        "evidence_",
    )
    assert not {key for key in used - asked if not key.startswith(composed)}


def test_a_computed_extent_is_on_the_map_beside_the_documented_ones():
    corridor = zones.corridor("viitoskaytava", within_km=25)
    area = zones.area("viitoskaytava", extent=corridor)
    shown = zones.map(area).data["groups"][0]["extents"]
    documented = ["area-named", "with-ita-lappi", "own-text-2023", "partners-seen"]
    assert [extent["id"] for extent in shown] == [*documented, "corridor-25km"]
    assert [extent["id"] for extent in shown if extent["default"]] == ["corridor-25km"]
