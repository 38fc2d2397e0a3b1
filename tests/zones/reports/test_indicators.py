"""A user's table in a report."""

import csv

import pytest

import zones
from tests.zones.maps.tables import table_by_hand
from tests.zones.maps.web.test_indicator_page import hostile_table
from tests.zones.reports.test_report import Page
from zones.reports.indicators import indicator_section
from zones.texts import LANGUAGES, phrase
from zones.wording.voice import Voice


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    return zones.report(["peramerenkaari"], folder, data=table_by_hand(), lang="fi")


@pytest.fixture(scope="module")
def section():
    area = zones.area("viitoskaytava")
    return indicator_section(area, zones.indicators(area, table_by_hand()), Voice("en"))


def read(written, name):
    return (written.folder / name).read_text(encoding="utf-8")


def test_the_page_and_the_text_have_a_section_of_the_table(written):
    page = Page(read(written, "index.html")).text.replace("\xa0", " ")
    text = read(written, "report.md").replace("\xa0", " ")
    for shown in (page, text):
        assert "Työpaikat, Työvoima, Työttömyysaste, Muuttotase, 2019: Synthetic, made" in shown
        assert "vähintään 42 588 työpaikkaa" in shown
        assert "Taulukossa ei ole lukuja alueelta: Pohjois-Ruotsi." in shown
        assert "10 751 työpaikkaa" in shown


def test_the_figures_are_in_the_csv_and_the_report(written):
    rows = list(csv.DictReader(read(written, "measures.csv").splitlines()))
    [jobs] = [row for row in rows if (row["name"], row["key"]) == ("jobs", "FI")]
    [(_, table)] = written.parts
    assert float(jobs["value"]) == table.get("jobs", "FI").value
    assert "Synthetic, made for tests" in jobs["sources"]


def test_the_map_of_the_report_has_the_columns_and_starts_with_the_groups(written):
    page = read(written, "map.html")
    assert '"view":"groups"' in page
    assert '"id":"migration"' in page


def test_a_row_a_column_and_a_row_a_member(section):
    assert [name for name, _ in section.zone.rows][:2] == ["Jobs, 2019", "Labour force, 2019"]
    assert section.zone.columns == tuple(
        phrase(f"report.indicator.{kind}", "en")
        for kind in ("zone", "share", "location_quotient", "rest", "country", "change",
                     "change_percent", "members")
    )  # fmt: skip
    assert len(section.members.rows) == 46
    assert list(section.members.columns) == [
        "Jobs", "Labour force", "Unemployment rate", "Net migration", "Migration balance",
    ]  # fmt: skip


def test_what_is_suppressed_or_missing_is_said(section):
    rows = dict(section.members.rows)
    assert rows["Mäntyharju"][0] == "suppressed (9,794–9,798)"
    assert rows["Savukoski"][0] == "not available"
    assert any(
        line.startswith("Jobs: Suppressed by the publisher: Mänty") for line in section.remarks
    )


def test_each_remark_and_method_stands_once(section):
    for lines in (section.remarks, section.methods):
        assert len(lines) == len({line.partition(": ")[2] for line in lines})


def test_a_report_without_a_table_has_no_section():
    area = zones.area("viitoskaytava")
    assert indicator_section(area, zones.coverage(area), Voice("en")) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_has_its_sign_and_years(lang):
    area = zones.area(["FI_016", "FI_018"])
    found = indicator_section(area, zones.indicators(area, table_by_hand()), Voice(lang))
    row = dict(zip(found.zone.columns, found.zone.rows[0][1], strict=True))
    change = row[phrase("report.indicator.change", lang)]
    assert change.startswith("+")
    assert change.endswith("(2018–2019)")


def test_hostile_names_stay_text(tmp_path):
    zones.report(["viitoskaytava"], tmp_path, data=hostile_table())
    page = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert len(page.of("script")) == 3
    assert "<script>window.pwned" in page.text


def test_a_table_newer_than_the_report_leaves_the_map_alone(tmp_path):
    zones.report(["viitoskaytava"], tmp_path, year=2022, data=table_by_hand())
    zones.report([zones.area("viitoskaytava", data_year=2017)], tmp_path, data=table_by_hand())
    assert '"indicators":[]' in (tmp_path / "map.html").read_text(encoding="utf-8")
