"""Columns of a table on paper."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

import zones
from tests.zones.maps.paper.test_static import words
from tests.zones.maps.tables import table_by_hand
from tests.zones.maps.web.test_indicator_page import hostile_table
from zones.maps.palette import BASE
from zones.texts import LANGUAGES, phrase


def sheet(path, **options):
    drawn = zones.map("viitoskaytava", data=table_by_hand(), networks=False, **options)
    return drawn.static(path / "map.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_has_classes_gaps_and_the_source(tmp_path, lang):
    text = " ".join(words(sheet(tmp_path, column="unemployment", lang=lang)))
    title = {"fi": "Työttömyysaste", "sv": "Arbetslöshetsgrad", "en": "Unemployment rate"}[lang]
    assert f"{title}, %, 2019 " in text
    assert f"{title}, %, 2019: Synthetic, made for tests. ETRS-TM35FIN" in text
    assert ("4.9–7.0" if lang == "en" else "4,9–7,0") in text
    assert phrase("map.gap_missing", lang) in text


def test_a_dash_is_not_taken_for_a_minus(tmp_path):
    shown = words(sheet(tmp_path, column="migration", lang="fi"))
    assert "−5,6 – 0,0" in shown
    assert "0,0 – +5,6" in shown
    assert phrase("map.turns_at", "fi", value="0") in " ".join(shown)


def test_the_turn_is_as_exact_as_the_limits(tmp_path):
    table = table_by_hand()
    turned = [
        replace(one, middle=0.25) if one.id == "migration" else one for one in table.indicators
    ]
    drawn = zones.map(
        "viitoskaytava",
        data=replace(table, indicators=tuple(turned)),
        column="migration",
        lang="en",
    )
    text = " ".join(words(drawn.static(tmp_path / "map.svg").read_text(encoding="utf-8")))
    assert phrase("map.turns_at", "en", value="0.25") in text


def test_a_key_says_to_which_class_a_limit_belongs(tmp_path):
    for lang in LANGUAGES:
        said = phrase("map.class_limits", lang)
        assert said in " ".join(words(sheet(tmp_path, column="unemployment", lang=lang)))
        assert said not in " ".join(words(sheet(tmp_path, column="jobs", lang=lang)))


def test_counts_are_circles_with_a_key_of_three(tmp_path):
    svg = sheet(tmp_path, column="jobs", lang="sv")
    shown = words(svg)
    assert [text for text in shown if text in {"40 000", "10 000", "2 000"}] == [
        "2 000", "10 000", "40 000",
    ]  # fmt: skip
    assert phrase("static.circles", "sv") in shown
    assert {phrase(f"map.gap_{gap}", "sv") for gap in ("suppressed", "missing")} <= set(shown)


def test_counts_in_classes_say_that_area_misleads(tmp_path):
    shown = " ".join(words(sheet(tmp_path, column="jobs", classes=[1000, 5000], lang="en")))
    assert "1,000–5,000" in shown
    assert "These are counts" in shown


def test_gaps_are_hatched(tmp_path):
    patterns = re.findall(r"<pattern", sheet(tmp_path, column="jobs"))
    assert len(patterns) >= 2


def test_the_first_of_several_columns_is_drawn(tmp_path):
    shown = " ".join(words(sheet(tmp_path, column=["migration", "jobs"], lang="en")))
    assert "Net migration" in shown
    assert "Jobs" not in shown


def test_hostile_names_stay_text(tmp_path):
    drawn = zones.map("viitoskaytava", data=hostile_table(), networks=False)
    svg = drawn.static(tmp_path / "map.svg").read_text(encoding="utf-8")
    assert not [node for node in ET.fromstring(svg).iter() if node.tag.endswith("}script")]
    assert any("<script>" in text for text in words(svg))


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_same_column_makes_the_same_bytes(tmp_path, suffix):
    drawn = [
        zones.map("peramerenkaari", data=table_by_hand(), column=column, networks=False)
        .static(tmp_path / f"{number}.{suffix}")
        .read_bytes()
        for number, column in enumerate(("jobs", "jobs"))
    ]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("options", [{"view": "density"}, {"view": "change"}])
def test_lakes_among_classes_have_waves_and_a_row_in_the_key(tmp_path, options):
    svg = zones.map("viitoskaytava", networks=False, lang="sv", **options).static(
        tmp_path / "map.svg"
    )
    text = svg.read_text(encoding="utf-8")
    assert f"stroke: {BASE['wave']}" in text
    assert "Sjöar" in words(text)


def test_lakes_have_waves_where_a_column_fills_and_none_where_it_has_circles(tmp_path):
    filled = sheet(tmp_path, column="unemployment", lang="fi")
    circles = sheet(tmp_path, column="jobs", lang="fi")
    assert BASE["wave"] in filled
    assert "Järvet" in words(filled)
    assert BASE["wave"] not in circles
    assert "Järvet" not in words(circles)
