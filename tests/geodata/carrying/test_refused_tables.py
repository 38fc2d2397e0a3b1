"""Tables that cannot be carried, and why."""

import numpy as np
import pandas as pd
import pytest

import geodata
from geodata.errors import HarmoniseError, IdentifierError, YearError


def harmonise(table, start, end, **options):
    return geodata.harmonise(table, from_year=start, to_year=end, **options)


@pytest.mark.parametrize(
    ("table", "options", "said"),
    [
        ({"rate": 1.0}, {"how": "mean"}, "'rate' is a mean, and merged units need weights"),
        ({"rate": 1.0}, {"how": "median"}, "how='median' of column 'rate' is unknown"),
        ({"name": "a"}, {}, r"'name' is not of numbers.*how=\{'name': \"same\""),
        ({"flag": True}, {}, "'flag' is not of numbers"),
        ({"a": 1, "b": 1}, {"how": {"a": "sum"}}, "'b' is not in how"),
        ({"a": 1}, {"how": {"a": "sum", "c": "sum"}}, "how names 'c'"),
        ({"a": np.inf}, {}, "'a' has infinite values"),
        ({"a": 1}, {"weights": "w"}, "weights='w' is not a column"),
        ({"a": 1}, {"weights": pd.Series({"091": -1})}, "weight -1 of 091 Helsinki"),
        ({"a": 1}, {"weights": pd.Series({"091": 1, "FI_091": 1})}, "twice for FI_091"),
        ({"a": 1}, {"weights": pd.Series({"091": "x"})}, "weights are not numbers"),
    ],
)
def test_what_cannot_be_carried_is_refused(table, options, said):
    frame = pd.DataFrame(table, index=["FI_091"])
    with pytest.raises(HarmoniseError, match=said):
        harmonise(frame, 2024, 2025, **options)


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("Työttömyysaste", [10.0, 12.0], "is called like a share, rate or mean"),
        ("jobless_rate", [10, 12], "is called like"),
        ("Osuus, %", [10.0, 12.0], "is called like"),
        ("Andel", [10.0, 12.0], "is called like"),
        ("Keski-ikä", [41.0, 43.0], "is called like"),
        ("Medelålder", [41.0, 43.0], "is called like"),
        ("x", [10.5, 12.0], "has numbers that are not whole"),
        ("x", [10.5, None], "has numbers that are not whole"),
    ],
)
def test_without_how_nothing_that_may_be_a_rate_is_added_up(name, values, why):
    frame = pd.DataFrame({name: values}, index=["FI_588", "FI_507"])
    said = rf"column '{name}' {why}.* give how=\{{'{name}': \"mean\", ...\}} with weights="
    with pytest.raises(HarmoniseError, match=said):
        harmonise(frame, 2024, 2025)
    # Who says that it is a count is believed.
    assert harmonise(frame, 2024, 2025, how="sum").table.columns == [name]


@pytest.mark.parametrize("name", ["Työpaikat", "Separated", "Osuuskunnat", "Keskiasteen tutkinto"])
def test_without_how_counts_are_added_up(name):
    # Whole numbers beside a missing one are floats to pandas.
    frame = pd.DataFrame({name: [10.0, 12.0]}, index=["FI_588", "FI_507"])
    assert harmonise(frame, 2024, 2025).table[name].to_dict() == {"FI_507": 22}


def test_every_fault_of_the_choice_is_reported_together():
    frame = pd.DataFrame({"a": [1.0], "b": ["x"]}, index=["FI_091"])
    with pytest.raises(HarmoniseError, match=r"'a' is a mean.*; column 'b' is not in how"):
        harmonise(frame, 2024, 2025, how={"a": "mean"})


def test_units_given_twice_are_refused():
    table = pd.Series([1, 2], index=["FI_091", "Helsinki"], name="count")
    with pytest.raises(HarmoniseError, match="given twice: 091 Helsinki"):
        harmonise(table, 2024, 2025)


def test_columns_given_twice_are_refused():
    frame = pd.DataFrame([[1, 2]], index=["FI_091"], columns=["a", "a"])
    with pytest.raises(HarmoniseError, match="two columns"):
        harmonise(frame, 2024, 2025)


def test_a_column_cannot_split_its_own_rows():
    frame = pd.DataFrame({"a": [1], "w": [1]}, index=["FI_091"])
    with pytest.raises(HarmoniseError, match="cannot split its own rows"):
        harmonise(frame, 2026, 2024, weights="w")


def test_an_index_of_numbers_is_refused():
    with pytest.raises(IdentifierError, match="holds numbers"):
        harmonise(pd.Series([1], index=[91], name="count"), 2024, 2025)


def test_years_are_checked():
    with pytest.raises(YearError, match="2013-2026"):
        harmonise(pd.Series([1], index=["FI_091"], name="count"), 2012, 2025)
