"""Places of a table over another division: what merged is known only where all its parts are."""

import numpy as np
import pandas as pd
import pytest

from geodata.register.divisions import division_ids
from geodata.tables.indicator import Indicator
from geodata.tables.overlay import overlay
from geodata.tables.sums import by_unit, total
from geodata.tables.table import IndicatorTable

# Valtimo (911) merged into Nurmes (541) at the beginning of 2020.
NURMES, VALTIMO = "FI_541", "FI_911"


def table_of(figures, **indicator):
    places = pd.Index(figures, name="place")
    values = pd.Series(figures, dtype=float)
    cells = pd.DataFrame({"value": values, "low": values, "high": values, "state": "known"})
    cells.index = pd.MultiIndex.from_product(
        [["jobs"], [2019], places], names=["indicator", "year", "place"]
    )
    return IndicatorTable(
        indicators=(Indicator(id="jobs", **(indicator or {"kind": "count"})),),
        cells=cells,
        places={place: (place,) for place in places},
        division=2019,
    )


def test_a_merged_municipality_is_the_sum_of_its_parts():
    table = table_of({NURMES: 30.0, VALTIMO: 5.0})
    assert total(table, "jobs", year=2019, units=[NURMES], division=2026).value == 35
    assert by_unit(table, "jobs", year=2019, division=2026).loc[NURMES, "value"] == 35


def test_a_part_that_the_table_lacks_leaves_the_whole_open():
    table = table_of({NURMES: 30.0})
    found = total(table, "jobs", year=2019, units=[NURMES], division=2026)
    assert (found.value, found.low, found.high, found.gaps) == (None, 30, None, (NURMES,))
    row = by_unit(table, "jobs", year=2019, division=2026).loc[NURMES]
    assert np.isnan(row["value"])
    assert row["state"] == "missing"
    # In its own division it is whole.
    assert total(table, "jobs", year=2019, units=[NURMES], division=2019).value == 30


def test_a_rate_of_one_part_is_not_that_of_the_whole():
    table = table_of({NURMES: 30.0}, kind="rate", base="population", factor=100)
    found = total(table, "jobs", year=2019, units=[NURMES], division=2026)
    assert (found.value, found.low, found.high) == (None, None, None)
    assert np.isnan(by_unit(table, "jobs", year=2019, division=2026).loc[NURMES, "value"])


@pytest.mark.parametrize(("own", "division"), [(2013, 2026), (2026, 2013), (2020, 2020)])
def test_every_municipality_is_laid_over_the_other_division(own, division):
    places = {unit: (unit,) for unit in division_ids(own)}
    found = overlay(places, own, division)
    assert set(found.units[found.unit]) == division_ids(division)
    assert set(found.places[found.place]) == set(places)
    assert found.complete(np.ones(len(places), dtype=bool)).all()
    assert found.size.sum() == len(found.unit)
