"""The table, what it saves and copies, and text that is not ours."""

import csv
import io
import re

import pytest

import zones
from tests.zones.fixtures import HOSTILE
from zones.texts import phrases

pytestmark = pytest.mark.browser


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
    assert "FI_205" in seen.text("#sheet")


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
    text = seen.saved()
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


def test_table_is_saved_as_csv_of_the_language(opened, whole):
    seen = opened(whole, address="lang=en", accept_downloads=True)
    seen.click("#table-button")
    rows = list(csv.DictReader(io.StringIO(seen.saved())))
    assert len(rows) == 337
    oulu = next(row for row in rows if row["Code"] == "FI_564")
    assert (oulu["People"], oulu["Change, %"]) == ("217469", "9.5")
    seen.page.keyboard.press("Escape")
    seen.click("#languages [data-value=fi]")
    seen.click("#table-button")
    rows = list(csv.DictReader(io.StringIO(seen.saved()), delimiter=";"))
    oulu = next(row for row in rows if row["Tunnus"] == "FI_564")
    assert oulu["Muutos, %"] == "9,5"


def test_table_can_be_copied(opened, whole):
    seen = opened(whole, permissions=["clipboard-read", "clipboard-write"])
    seen.click("#table-button")
    seen.click("#table-copy")
    assert seen.text("#table-note") == phrases("map", "fi")["copied"]
    copied = seen.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.count("\n") == 338
    assert "Oulu\tFI_564\tUleåborg" in copied


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
    rows = list(csv.reader(io.StringIO(seen.saved())))
    assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r-]", cell)]


def test_formulas_are_saved_as_text(opened, tmp_path):
    from tests.zones.fixtures import own_zone, units_of  # noqa: PLC0415

    name = "=HYPERLINK(1)"
    path = zones.map(own_zone(name, units_of("17")), networks=False, lang="fi").save(
        tmp_path / "map.html"
    )
    seen = opened(path, address="lang=en", accept_downloads=True)
    seen.click("#table-button")
    assert f"'{name}" in seen.saved()
