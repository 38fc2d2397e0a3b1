"""The table, what it saves and copies, and text that is not ours."""

import csv
import io
import re

import pytest

import zones
from tests.zones.fixtures import HOSTILE
from zones.texts import phrases

pytestmark = pytest.mark.browser


def rows_of(text, delimiter=","):
    """Return the rows of a saved table, without the lines of sources below it."""
    table, _, below = text.partition("\r\n\r\n")
    assert below
    return list(csv.DictReader(io.StringIO(table), delimiter=delimiter))


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
    rows = rows_of(text)
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
    rows = rows_of(seen.saved())
    assert len(rows) == 337
    oulu = next(row for row in rows if row["Code"] == "FI_564")
    assert (oulu["Population"], oulu["Change, %"]) == ("217469", "9.5")
    seen.page.keyboard.press("Escape")
    seen.click("#languages [data-value=fi]")
    seen.click("#table-button")
    rows = rows_of(seen.saved(), ";")
    oulu = next(row for row in rows if row["Tunnus"] == "FI_564")
    assert oulu["Muutos, %"] == "9,5"
    exact = float(oulu["Muutos, % (pyöristämätön)"].replace(",", "."))
    assert exact == pytest.approx(9.5, abs=0.05)


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_saved_table_equals_the_screen_with_the_exact_figure_beside(opened, whole, lang):
    seen = opened(whole, address=f"lang={lang}", accept_downloads=True)
    seen.click("#table-button")
    shown = seen.page.evaluate(
        """() => [...document.querySelectorAll('#table tbody tr')]
            .map(row => [...row.children].map(cell => cell.textContent))"""
    )
    heads = seen.texts("#table thead th")
    text = seen.saved()
    rows = rows_of(text, ";" if lang == "fi" else ",")
    decimal = "," if lang == "fi" else "."
    exact = {}
    for row, cells in zip(rows, shown, strict=True):
        for head, cell in zip(heads, cells, strict=True):
            plain = re.sub(r"[\s\xa0,]" if lang == "en" else r"[\s\xa0]", "", cell)
            same = re.sub(r"\s|," if lang == "en" else r"\s", "", row[head])
            assert same == plain.replace("\u2212", "-")
        for name, cell in row.items():
            if name.endswith(")") and cell:
                head = name.rpartition(" (")[0]
                rounded, whole_figure = (
                    float(one.replace(decimal, ".")) for one in (row[head], cell)
                )
                assert abs(rounded - whole_figure) <= 0.0500001
                exact[head] = exact.get(head, 0) + 1
    assert [count for count in exact.values() if count > 300]
    below = text.rpartition("\r\n\r\n")[2]
    assert "2026" in below
    assert phrases("map", lang)["sources"] in below


def test_table_can_be_copied(opened, whole):
    seen = opened(whole, permissions=["clipboard-read", "clipboard-write"])
    seen.click("#table-button")
    seen.click("#table-copy")
    seen.says("#table-note", phrases("map", "fi")["copied"])
    copied = seen.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.partition("\n\n")[0].count("\n") == 337
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
