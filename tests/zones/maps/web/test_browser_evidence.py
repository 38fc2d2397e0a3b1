"""How well memberships are known, in fills, legend, cards, title line and address."""

import re

import pytest

import zones
from tests.zones.maps.web.test_browser_access import AXE, PHONE
from zones.texts import LANGUAGES, phrases

pytestmark = pytest.mark.browser

WIDE = "extent=peramerenkaari:wide-2010s"
FILLS = """paths => paths.map(
    path => [path.getAttribute('fill'), path.getAttribute('fill-opacity')].join(' '))"""


def fills(seen):
    return seen.page.locator("path.unit").evaluate_all(FILLS)


def key(seen):
    return [
        re.sub(r"\s+", " ", row.replace("\xa0", " ")).strip()
        for row in seen.texts(".evidence-key tbody tr")
    ]


def test_documented_members_are_full_and_the_rest_of_the_extent_light(opened, whole):
    seen = opened(whole, address="theme=light")
    found = fills(seen)
    assert (found.count("#5e35b1 0.78"), found.count("#5e35b1 0.2")) == (8, 70)
    assert (found.count("#00796b 0.78"), found.count("#00796b 0.2")) == (15, 0)
    assert found.count("#c94f12 0.78") == 46


def test_former_members_have_a_dashed_outline_and_no_fill(opened, whole):
    seen = opened(whole)
    assert seen.count("path.former") == 5
    lines = seen.page.locator("path.former").evaluate_all(
        "p => p.map(n => [n.getAttribute('fill'), n.getAttribute('stroke-dasharray')].join(' '))"
    )
    assert set(lines) == {"none 3 3.5"}
    seen.click("#views [data-value=density]")
    assert seen.count("path.former") == 0


def test_a_former_member_inside_a_wide_extent_is_not_filled_either(opened, whole):
    seen = opened(whole, address=f"theme=light&{WIDE}")
    found = fills(seen)
    assert (found.count("#00796b 0.78"), found.count("#00796b 0.2")) == (15, 17)
    assert seen.count("path.former") == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_counts_them(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}")
    words = phrases("map", lang)
    heads = [text.replace("\xad", "") for text in seen.texts(".evidence-key thead th")]
    wanted = [words[f"evidence_{name}"] for name in ("documented", "extent", "former")]
    assert heads == [word.replace("\xad", "") for word in wanted]
    assert [row.split(" ")[-3:] for row in key(seen)] == [
        ["15", "–", "5"],
        ["8", "70", "–"],
        ["46", "–", "–"],
    ]
    seen.keep(f"evidence-{lang}")


def test_a_year_is_chosen_by_keyboard_and_everything_follows(opened, whole):
    seen = opened(whole, address="lang=en&theme=light")
    years = seen.texts("#known-year option")
    assert years == ["2013", "2014", "2016", "2017", "2018", "2019", "2021", "2023", "now"]
    seen.page.select_option("#known-year", "2017")
    assert seen.page.evaluate("() => document.activeElement.id") == "known-year"
    found = fills(seen)
    assert (found.count("#5e35b1 0.78"), found.count("#5e35b1 0.2")) == (5, 73)
    assert key(seen)[1].endswith("5 73 –")
    assert "Evidence of membership: 5 / 78" in seen.text("#card-1 .evidence")
    assert "Growth Corridor Finland: Evidence of membership: 5 / 78" in seen.text("#announce")
    assert "known=2017" in seen.page.url
    assert seen.text("#subtitle").endswith("evidence as known in 2017")
    again = opened(whole, address=seen.page.url.split("#")[1])
    assert again.page.locator("#known-year").input_value() == "2017"
    again.page.select_option("#known-year", "")
    assert "known=" not in again.page.url
    assert "Evidence of membership: 8 / 78" in again.text("#card-1 .evidence")


def test_the_year_stays_in_sight_in_other_views_while_it_is_chosen(opened, whole):
    seen = opened(whole, address="view=density")
    assert seen.count("#known-year") == 0
    assert opened(whole, address="view=density&known=2019").count("#known-year") == 1
    assert opened(whole, address="known=1066").page.locator("#known-year").input_value() == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_line_says_of_which_years_memberships_are(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}")
    words = phrases("map", lang)
    assert words["memberships_of"].split("{")[0] in seen.text("#subtitle")
    assert "Viitoskäytävä 2021–2023" in seen.text("#subtitle")
    seen.click("#card-0 input")
    seen.click("#card-1 input")
    assert seen.text("#subtitle").endswith(words["membership_of"].format(period="2021–2023"))


def test_overlaps_are_striped_in_the_fullness_of_each_group(opened, whole):
    seen = opened(
        whole,
        address="on=suomen-kasvukaytava&on=mal-kaupunkiseuduille-elinvoimaa&on=sdg-johtaminen&on=sixnet&on=liukas&groups=5",
    )
    bars = seen.page.locator("#patterns pattern[id^=stripes] rect").evaluate_all(
        "nodes => nodes.map(node => node.getAttribute('fill-opacity'))"
    )
    assert set(bars) == {"0.78", "0.2"}


def test_a_users_own_list_has_plain_fills_and_no_years(opened, tmp_path):
    made = zones.map([zones.area(["Oulu", "Raahe"])], networks=False)
    seen = opened(made.save(tmp_path / "map.html"))
    assert seen.count(".evidence-key") == seen.count("#known-year") == 0
    assert seen.count("#legend .chips li") == 2


def test_paper_has_the_key_on_its_first_pages(opened, whole):
    seen = opened(whole, address="theme=dark&known=2017")
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".evidence-key").is_visible()
    pdf = seen.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_axe_finds_nothing_and_a_phone_does_not_scroll_sideways(opened, whole):
    for theme in ("light", "dark"):
        seen = opened(whole, viewport=PHONE, address=f"theme={theme}&known=2017&{WIDE}")
        seen.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = seen.page.evaluate("() => axe.run(document)")
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []
        assert seen.page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
        seen.keep(f"evidence-phone-{theme}")


def test_the_key_stays_readable_in_forced_colours(opened, whole):
    seen = opened(whole, forced_colors="active")
    colours = seen.page.locator(".evidence-key .patch").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).backgroundColor)"
    )
    assert len(set(colours)) == 5
