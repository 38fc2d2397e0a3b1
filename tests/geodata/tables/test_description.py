"""Descriptions: every fault with its place, in one go."""

import pytest

from geodata import Indicator, read_description
from geodata.errors import FileFormatError, IndicatorError
from geodata.tables.description import description_of

ISSUE = """
year = 2019
division = 2019
source = "Statistics Finland, 115h"
where = {Sukupuoli = "Yhteensä"}
[[column]]
name = "Työvoima"
id = "labour_force"
kind = "count"
[[column]]
name = "Työttömyysaste"
id = "unemployment"
kind = "rate"
base = "labour_force"
factor = 100
unit = "percent"
names = {fi = "Työttömyysaste", en = "Unemployment rate"}
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "table.toml"
        path.write_text(text, "utf-8") if isinstance(text, str) else path.write_bytes(text)
        return path

    return write


def test_a_description_is_what_it_says(written):
    said = read_description(written(ISSUE))
    assert (said.year, said.division, said.where) == (2019, 2019, {"Sukupuoli": "Yhteensä"})
    assert said.source == "Statistics Finland, 115h"
    assert said.indicators[1] == Indicator(
        id="unemployment",
        name="Työttömyysaste",
        kind="rate",
        base="labour_force",
        factor=100,
        unit="percent",
        names={"fi": "Työttömyysaste", "en": "Unemployment rate"},
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("year = 2019", 'year = "2019"'), "year: expected a year such as 2019, got '2019'"),
        (("division = 2019", "division = 1999"), "division: expected a year from 2013 to"),
        (("source =", "sourse ="), "sourse: unknown key; did you mean source"),
        (('kind = "rate"', 'kind = "?"'), r"column\[2\].kind: '\?' says nothing; give one of"),
        (('kind = "rate"', 'kind = "share"'), r"column\[2\].kind: 'share' is not known"),
        (('kind = "rate"', 'kind = "mean"'), r"column\[2\]: unemployment: a mean without a weight"),
        (('id = "unemployment"', ""), r"column\[2\].id is missing"),
        (("factor = 100", "factor = true"), r"column\[2\].factor: expected a number, got True"),
        (('unit = "percent"', "unit = 1"), r"column\[2\].unit: expected text in quotes, got 1"),
        (("names = {", "names = {de = 'x', "), r"column\[2\]: .* names has 'de'"),
        (('base = "labour_force"', 'base = "jobs"'), "base='jobs' is no count of the table"),
        (('base = "labour_force"', 'base = "area"'), "or give one of .*, population"),
        (('{Sukupuoli = "Yhteensä"}', '"Yhteensä"'), "where: expected a value by column"),
        (("[[column]]", "[column]"), "no valid TOML"),
    ],
)
def test_each_fault_has_its_place(written, change, said):
    with pytest.raises(IndicatorError, match=said):
        read_description(written(ISSUE.replace(*change)))


def test_all_faults_are_said_at_once():
    table = {
        "yaer": 2019,
        "decimal": ";",
        "column": [{"id": "Jobs", "kind": "count", "digits": -1}, {"id": "a", "kind": "mean"}],
    }
    with pytest.raises(IndicatorError) as caught:
        description_of(table)
    for part in ("4 faults", "yaer: unknown", "decimal: expected", "column[1].digits", "column[2]"):
        assert part in str(caught.value)
    for wrong in ({}, {"column": []}, {"column": {"id": "jobs"}}, {"column": ["jobs"]}):
        with pytest.raises(IndicatorError, match="under a line"):
            description_of(wrong)


def test_what_is_no_description(written, tmp_path):
    for text in ("a = ", "a = " + "[" * 5000, b"\xff\xfe\x00", "a = " + "9" * 5000):
        with pytest.raises(IndicatorError):
            read_description(written(text))
    with pytest.raises(FileFormatError, match="no such file"):
        read_description(tmp_path / "none.toml")
