"""People of an extent by year, against the register."""

import pandas as pd
import pytest

import geodata
import zones
from zones.errors import MeasureError


def test_people_by_year_agree_with_the_register(five):
    table = zones.population_table(five)
    for year in (2000, 2012, 2022, 2025):
        people = geodata.population(year, division=2026)[five.units.index]
        assert table.loc[five.units.index, year].tolist() == people.tolist()
        assert table.loc["whole", year] == table.loc["FI", year] == people.sum()
    first, last = table.loc["FI_297", 2000], table.loc["FI_297", 2025]
    assert table.loc["FI_297", "growth"] == pytest.approx(100 * (last - first) / first)
    assert table.loc["FI_297", "change"] == last - first


def test_people_by_year_of_two_countries(arc):
    table = zones.population_table(arc, lang="sv")
    assert table.loc["FI_564", "name"] == "Uleåborg"
    assert table.loc["SE", 2020] == 247_088
    assert table["country"].tolist()[-3:-1] == ["FI", "SE"]
    assert pd.isna(table["country"].iloc[-1])
    assert pd.isna(table.loc["whole", 2025])
    assert table.loc["SE_2482", [2024, 2025]].isna().tolist() == [False, True]
    assert table.loc["FI_564", [2022, 2024]].isna().tolist() == [False, True]
    assert table.loc["whole", "last_year"] == 2022


def test_people_by_year_before_the_figures_division():
    area = zones.area("viitoskaytava", year=2019, extent="with-ita-lappi")
    table = zones.population_table(area)
    assert table.columns.tolist()[2:-4] == list(range(2000, 2020))


def test_people_by_year_refuses_a_year_without_figures(five):
    with pytest.raises(MeasureError, match="1999"):
        zones.population_table(five, years=[1999, 2020])
