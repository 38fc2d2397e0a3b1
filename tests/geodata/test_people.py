"""People by municipality: totals against the published ones, divisions, and honest bounds."""

import csv
from collections import defaultdict

import pytest

from geodata import population, population_estimate, population_series
from geodata.errors import HarmoniseError, YearError
from geodata.register.divisions import municipality_register
from tools.snapshot import build

# People in Finland on 31 December, as published.
TOTALS = {
    2000: 5_181_115,
    2019: 5_525_292,
    2020: 5_533_793,
    2021: 5_548_241,
    2022: 5_563_970,
    2025: 5_652_881,
}


@pytest.fixture(scope="module")
def raw():
    """Published figures by code and year, read with the standard library alone."""
    if not build.SOURCE.is_dir():
        pytest.skip("the raw inputs are in the source distribution only")
    figures = defaultdict(dict)
    names = ("population_2000_2022", "population_finland_2025", "population_sweden_2000_2025")
    for country, name in zip(("FI", "FI", "SE"), names, strict=True):
        with (build.SOURCE / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                unit = f"{country}_{row['code']}"
                figures[unit][int(row["year"])] = int(row["population"])
    return figures


@pytest.mark.parametrize(("year", "total"), TOTALS.items())
@pytest.mark.parametrize("division", [None, 2021, 2023, 2025, 2026])
def test_totals_are_conserved_in_every_division(year, total, division):
    if year == 2025 and division in (2021, 2023):
        pytest.skip("figures of the division of 2026 cannot be split again")
    people = population(year, division=division)
    assert people.sum() == total
    assert people.dtype == "int64"
    assert people.name == "population"
    assert people.index.name == "lau_id"


@pytest.mark.parametrize(
    ("year", "division", "units"),
    [(2000, 2021, 309), (2020, 2021, 309), (2021, 2021, 309), (2022, 2022, 309)],
)
def test_default_division_is_that_of_the_year_or_2021(year, division, units):
    people = population(year)
    assert len(people) == units
    assert people.index.equals(municipality_register(division).index)


def test_figures_are_the_published_ones(raw):
    for year in (2022, 2025):
        people = population(year)
        published = {u: y[year] for u, y in raw.items() if u.startswith("FI") and year in y}
        assert people.to_dict() == published


def test_pertunmaa_is_counted_in_mantyharju(raw):
    before, after = population(2022, division=2024), population(2022, division=2025)
    assert after["FI_507"] == raw["FI_507"][2022] + raw["FI_588"][2022]
    assert "FI_588" not in after.index
    assert after.drop("FI_507").equals(before.drop(["FI_507", "FI_588"]))


def test_a_year_is_a_column_of_the_series():
    series = population_series(division=2026)
    assert series.shape == (308, 24)
    assert series.columns.tolist() == [*range(2000, 2023), 2025]
    assert (series.dtypes == "Int64").all()
    assert not series.isna().any().any()
    for year in (2000, 2022, 2025):
        assert series[year].tolist() == population(year, division=2026).tolist()


@pytest.mark.parametrize("division", [2013, 2019, 2020])
def test_earlier_division_says_why(division):
    for ask in (
        lambda: population(2019, division=division),
        lambda: population_series(division=division),
    ):
        with pytest.raises(HarmoniseError, match=rf"{division}.*cannot be split again.*2021-2026"):
            ask()


@pytest.mark.parametrize("division", [2012, 2027])
def test_division_out_of_range(division):
    with pytest.raises(YearError, match="2013-2026"):
        population(2022, division=division)


@pytest.mark.parametrize("year", [1999, 2023, 2024, 2026])
def test_year_without_figures_names_those_there_are(year):
    with pytest.raises(YearError, match="2000-2022, 2025"):
        population(year)


@pytest.mark.parametrize("year", ["soon", 2022.5, True, None])
def test_year_that_is_no_whole_number(year):
    with pytest.raises(YearError, match="whole number"):
        population(year)


@pytest.mark.parametrize("ask", [population, population_estimate])
def test_unknown_country(ask):
    with pytest.raises(ValueError, match="expected 'FI' or 'SE'"):
        ask(2022, country="NO")


def test_unknown_country_of_a_series():
    with pytest.raises(ValueError, match="expected 'FI' or 'SE'"):
        population_series(country="NO")


# County totals as SCB has them, and how many units are known.
@pytest.mark.parametrize(
    ("year", "county", "units", "total"),
    [(2020, "24", 15, 273_192), (2020, "25", 14, 249_614), (2018, "25", 14, 250_497)],
)
def test_swedish_counties(year, county, units, total):
    people = population(year, country="SE")
    part = people[people.index.str.startswith(f"SE_{county}")]
    assert (len(part), part.sum()) == (units, total)


def test_only_exact_swedish_figures_are_given(raw):
    for year in range(2000, 2026):
        known = {u: y[year] for u, y in raw.items() if u.startswith("SE") and year in y}
        people = population(year, country="SE")
        assert people.to_dict() == known
        assert people.dtype == "int64"
    assert len(population(2024, country="SE")) == 29
    assert len(population(2025, country="SE")) == 15


@pytest.mark.parametrize("year", [1999, 2026])
def test_swedish_year_without_figures(year):
    with pytest.raises(YearError, match="2000-2025"):
        population(year, country="SE")


def test_swedish_series_is_missing_where_not_known(raw):
    series = population_series(country="SE")
    assert series.shape == (29, 26)
    assert int(series.notna().sum().sum()) == sum(
        len(years) for unit, years in raw.items() if unit.startswith("SE")
    )


def test_estimate_of_a_known_year_is_exact(raw):
    table = population_estimate(2020, country="SE")
    assert len(table) == 29
    assert table["exact"].all()
    for column in ("value", "low", "high"):
        assert table[column].to_dict() == {u: y[2020] for u, y in raw.items() if u.startswith("SE")}


def test_estimate_between_known_years_is_bounded_by_both(raw):
    """Oulu: 2022 and 2025 are known, 2024 lies two thirds of the way."""
    row = population_estimate(2024, country="FI").loc["FI_564"]
    before, after = raw["FI_564"][2022], raw["FI_564"][2025]
    assert row["value"] == round(before + (after - before) * 2 / 3)
    assert (row["low"], row["high"]) == (min(before, after), max(before, after))
    assert not row["exact"]


def test_a_merged_figure_is_not_split_again():
    series = population_series(division=2024)
    assert series.loc[["FI_507", "FI_588"], 2025].isna().all()
    with pytest.raises(HarmoniseError, match="FI_507, FI_588 have figures only as merged"):
        population(2025, division=2024)


def test_estimate_never_leaves_its_bounds():
    for year in range(2015, 2028):
        table = population_estimate(year, country="SE")
        known = table.dropna()
        assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
        assert table.loc[table["exact"], "value"].notna().all()


@pytest.mark.parametrize(("year", "unknown"), [(1999, 29), (2025, 14), (2026, 29)])
def test_outside_the_known_years_nothing_is_guessed(year, unknown):
    table = population_estimate(year, country="SE")
    assert int(table["value"].isna().sum()) == unknown
    missing = table[table["value"].isna()]
    assert missing[["low", "high"]].isna().all().all()
    assert not missing["exact"].any()


def test_estimate_of_finland():
    table = population_estimate(2022, country="FI")
    assert table["exact"].all()
    assert int(table["value"].sum()) == TOTALS[2022]
    assert int(population_estimate(2025, country="FI")["value"].sum()) == TOTALS[2025]
    assert population_estimate(2026, country="FI")["value"].isna().all()


def test_results_are_copies():
    for table in (population(2022), population_series(), population_series(country="SE")):
        table.iloc[:] = 0
    assert population(2022).sum() == TOTALS[2022]
    assert population(2020, country="SE").sum() == 273_192 + 249_614
    assert population_series()[2022].sum() == TOTALS[2022]
