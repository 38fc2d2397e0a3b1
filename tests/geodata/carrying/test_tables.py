"""Tables carried across mergers: totals kept, nothing dropped, every reason said."""

import csv
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geodata
from geodata.carrying.values import split_whole, verify_totals
from geodata.errors import HarmoniseError
from geodata.register.divisions import YEARS
from tools.snapshot.build import SOURCE

years = st.sampled_from(YEARS)
# Whole divisions are drawn: on a busy machine an example may take its time.
whole = st.integers(-(10**12), 10**12)
decimal = st.floats(-1e12, 1e12)
positive = st.one_of(st.integers(1, 10**6), st.floats(1e-3, 1e6))


def division(year):
    return geodata.municipality_register(year).index.tolist()


def harmonise(table, start, end, **options):
    return geodata.harmonise(table, from_year=start, to_year=end, **options)


def people_of_2022():
    with (SOURCE / "population_2000_2022.csv").open(encoding="utf-8", newline="") as file:
        return {
            "FI_" + row["code"]: int(row["population"])
            for row in csv.DictReader(file)
            if row["year"] == "2022"
        }


def numbers_for(data, values, ids):
    """Draw a number for each unit that merges in some year, and one for all that are only kept."""
    drawn = {unit: data.draw(values) for unit in ids if unit in MERGING}
    rest = data.draw(values)
    return [drawn.get(unit, rest) for unit in ids]


@st.composite
def tables(draw, values, year):
    """Any rows of a division, the merging ones more often than chance would have it."""
    ids = division(year)
    rare = [unit for unit in ids if unit in MERGING]
    chosen = draw(st.sets(st.one_of(st.sampled_from(rare or ids), st.sampled_from(ids))))
    chosen = draw(st.permutations(sorted(chosen)))
    numbers = draw(st.lists(values, min_size=len(chosen), max_size=len(chosen)))
    dtype = "int64" if values is whole else "float64"
    return pd.Series(numbers, index=chosen, name="count", dtype=dtype).to_frame()


MERGING = {*geodata.mergers()["lau_id"], *geodata.mergers()["successor"]}


def test_a_merger_adds_counts_up():
    # 5,564 + 1,600 of the raw file.
    people = pd.Series(people_of_2022(), name="people")
    carried = harmonise(people, 2024, 2025)
    assert len(carried.table) == 308
    assert carried.table.loc["FI_507", "people"] == 5564 + 1600
    assert carried.table["people"].sum() == 5_563_970
    assert carried.table["people"].dtype == "int64"
    assert carried.table.index.name == "lau_id"
    assert carried.unmapped.empty
    assert carried.reasons.empty
    assert carried.notes == (
        "309 rows of the division of 2024: 309 carried to 308 of 2025, 0 unmapped",
        "507 Mäntyharju and 588 Pertunmaa are together 507 Mäntyharju",
    )


def test_the_same_year_is_the_identity():
    people = pd.Series(people_of_2022(), name="people").to_frame()
    carried = harmonise(people, 2023, 2023)
    pd.testing.assert_frame_equal(carried.table, people.sort_index(), check_names=False)
    assert len(carried.notes) == 1


def test_bundled_figures_split_the_latest_merger():
    people = pd.Series(people_of_2022(), name="people")
    merged = harmonise(people, 2024, 2026).table
    back = harmonise(merged, 2026, 2024)
    assert back.table["people"].to_dict() == people.to_dict()
    assert back.notes[1] == (
        "507 Mäntyharju is split into 507 Mäntyharju and 588 Pertunmaa, "
        "by people at the end of 2022 (bundled figures)"
    )


def test_without_weights_other_mergers_come_back_unmapped():
    table = pd.DataFrame({"count": [10, 20, 30]}, index=["FI_541", "FI_091", "FI_507"])
    back = harmonise(table, 2026, 2019)
    assert back.unmapped.to_dict() == {"count": {"FI_541": 10}}
    assert back.table["count"].sum() == 50
    assert back.reasons["FI_541"] == (
        "column 'count': 541 Nurmes has to be split into 541 Nurmes and 911 Valtimo, and the "
        "weight of 541 Nurmes and 911 Valtimo is missing; give weights= a series by lau_id with "
        "FI_541 and FI_911"
    )


def test_one_missing_weight_is_named_alone():
    back = harmonise(
        pd.Series([10], index=["FI_541"], name="count"),
        2026, 2019, weights=pd.Series({"541": 9.0, "911": np.nan}),
    )  # fmt: skip
    assert "the weight of 911 Valtimo is missing" in back.reasons.iloc[0]


def test_whole_numbers_are_split_by_largest_remainder():
    # 100 by 2:1:1 over Kuopio's three parts, 101 by the same: 50.5, 25.25, 25.25.
    weights = pd.Series({"FI_297": 2, "FI_174": 1, "FI_476": 1})
    for count, expected in ((100, (50, 25, 25)), (101, (51, 25, 25)), (-101, (-51, -25, -25))):
        table = pd.Series([count], index=["FI_297"], name="count")
        back = harmonise(table, 2026, 2013, weights=weights).table["count"]
        assert (back["FI_297"], back["FI_174"], back["FI_476"]) == expected
        assert back.dtype == "int64"


def test_decimal_counts_are_split_in_proportion():
    weights = pd.Series({"FI_541": 3, "FI_911": 1})
    table = pd.Series([10.0], index=["FI_541"], name="count")
    back = harmonise(table, 2020, 2019, weights=weights).table["count"]
    assert back.to_dict() == {"FI_541": 7.5, "FI_911": 2.5}


def test_rates_are_averaged_by_weight():
    table = pd.DataFrame(
        {"people": [3000, 1000], "rate": [8.0, 12.0], "name": ["Mäntyharju", "Pertunmaa"]},
        index=["FI_507", "FI_588"],
    )
    how = {"people": "sum", "rate": "mean", "name": "same"}
    for weights in ("people", pd.Series({"588": 1, "507": 3})):
        carried = harmonise(table, 2024, 2025, how=how, weights=weights)
        assert carried.table.loc["FI_507", "people"] == 4000
        assert carried.table.loc["FI_507", "rate"] == 9.0
        assert pd.isna(carried.table.loc["FI_507", "name"])
        assert "differ in 'name'" in carried.notes[1]


def test_a_column_of_weights_is_summed_beside_means():
    table = pd.DataFrame({"people": [3, 1], "rate": [8, 12]}, index=["FI_507", "FI_588"])
    carried = harmonise(table, 2024, 2025, how="mean", weights="people").table
    assert carried.loc["FI_507"].tolist() == [4, 9.0]


def test_a_rate_of_the_whole_is_that_of_each_part_backwards():
    table = pd.Series([7.5], index=["FI_541"], name="rate")
    back = harmonise(table, 2026, 2019, how="mean")
    assert back.table["rate"].to_dict() == {"FI_541": 7.5, "FI_911": 7.5}
    assert "the value of the whole for each" in back.notes[1]


def test_text_that_agrees_is_kept():
    table = pd.DataFrame({"area": ["a", "a", "b"]}, index=["FI_507", "FI_588", "FI_091"])
    carried = harmonise(table, 2024, 2026, how="same").table
    assert carried["area"].to_dict() == {"FI_091": "b", "FI_507": "a"}
    assert carried["area"].dtype == table["area"].dtype
    back = harmonise(carried, 2026, 2024, how="same").table
    assert back["area"].to_dict() == {"FI_091": "b", "FI_507": "a", "FI_588": "a"}


def test_rows_of_no_unit_of_the_year_are_handed_back():
    table = pd.Series([1, 2, 4], index=["FI_588", "FI_091", "XX"], name="count")
    carried = harmonise(table, 2025, 2026)
    assert carried.table["count"].to_dict() == {"FI_091": 2}
    assert carried.unmapped["count"].to_dict() == {"FI_588": 1, "XX": 4}
    assert "588 Pertunmaa was merged into 507 Mäntyharju" in carried.reasons["FI_588"]
    assert sum(note.startswith("unmapped ") for note in carried.notes) == 2


def test_part_of_a_merged_unit_is_not_taken_for_the_whole():
    carried = harmonise(pd.Series([5], index=["FI_507"], name="count"), 2024, 2025)
    assert carried.table.empty
    assert carried.reasons["FI_507"] == (
        "507 Mäntyharju of 2025 also holds 588 Pertunmaa, which has no row; add it"
    )


def test_a_missing_part_is_not_taken_for_zero():
    table = pd.Series([5, None], index=["FI_507", "FI_588"], name="count", dtype="Int64")
    carried = harmonise(table, 2024, 2025)
    assert carried.table.empty
    assert set(carried.reasons) == {"column 'count': the value of 588 Pertunmaa is missing; add it"}
    nothing = pd.Series([None, None], index=["FI_507", "FI_588"], name="count", dtype="Int64")
    carried = harmonise(nothing, 2024, 2025)
    assert carried.table["count"].isna().tolist() == [True]
    assert carried.table["count"].dtype == "Int64"


def test_narrow_types_do_not_overflow():
    table = pd.Series([200, 100], index=["FI_507", "FI_588"], name="count", dtype="uint8")
    assert harmonise(table, 2024, 2025).table.loc["FI_507", "count"] == 300
    large = pd.Series([2**61 + 1, 2**60], index=["FI_507", "FI_588"], name="count")
    assert harmonise(large, 2024, 2025).table.loc["FI_507", "count"] == 2**61 + 1 + 2**60
    too_large = pd.Series([2**62, 2**62], index=["FI_507", "FI_588"], name="count")
    assert "64 bits" in harmonise(too_large, 2024, 2025).reasons.iloc[0]


def test_index_may_hold_any_form_of_identifier():
    table = pd.Series([1, 2, 3], index=["Mäntyharju", "KU588", "2580"], name="count")
    assert harmonise(table, 2024, 2025).table["count"].to_dict() == {"FI_507": 3, "SE_2580": 3}


def test_regions_that_changed_under_the_same_code_are_noted():
    table = pd.Series([1, 2], index=["FI_171", "FI_091"], name="count")
    assert harmonise(table, 2020, 2021).notes[-1] == (
        "in another region in 2021 than in 2020, under the same code: 171 Joroinen"
    )
    assert len(harmonise(table, 2021, 2026).notes) == 1


def test_weights_that_add_up_to_zero_split_nothing():
    weights = pd.Series({"FI_541": 0, "FI_911": 0})
    table = pd.Series([10], index=["FI_541"], name="count")
    assert "add up to 0" in harmonise(table, 2026, 2019, weights=weights).reasons.iloc[0]
    nought = harmonise(table * 0, 2026, 2019, weights=weights).table
    assert nought["count"].to_dict() == {"FI_541": 0, "FI_911": 0}


@settings(max_examples=settings.default.max_examples // 2)
@given(st.data(), years, years, st.sampled_from([whole, decimal]))
def test_totals_and_rows_are_conserved_in_both_directions(data, start, end, values):
    table = data.draw(tables(values, start))
    weights = None
    if end < start and data.draw(st.booleans()):
        ids = division(end)
        weights = pd.Series(numbers_for(data, positive, ids), ids)
    carried = harmonise(table, start, end, how="sum", weights=weights)
    before = table["count"].tolist()
    after = [*carried.table["count"], *carried.unmapped["count"]]
    if table["count"].dtype == "int64":
        assert sum(map(int, before)) == sum(map(int, after))
    else:
        scale = sum(map(abs, before))
        assert math.isclose(math.fsum(before), math.fsum(after), abs_tol=1e-9 * scale + 1e-300)
    # Every row is in the table, through its successor or its parts, or handed back.
    lost = set(carried.unmapped.index)
    early, late = sorted((start, end))
    heirs = geodata.successors(division(early), from_year=early, to_year=late)
    for unit in set(table.index) - lost:
        ends = {heirs[unit]} if start <= end else set(heirs.index[heirs == unit])
        assert ends
        assert ends <= set(carried.table.index)
    assert len(carried.reasons) == len(carried.unmapped)
    assert carried.table.index.is_unique
    assert set(carried.table.index) <= set(division(end))


@settings(max_examples=settings.default.max_examples // 2)
@given(st.data(), years, years)
def test_forward_and_back_with_weights_keeps_every_total(data, one, two):
    start, end = sorted((one, two))
    ids = division(start)
    counts = numbers_for(data, whole, ids)
    table = pd.DataFrame({"count": counts}, index=ids, dtype="int64")
    there = harmonise(table, start, end, how="sum")
    weights = pd.Series(numbers_for(data, positive, ids), ids)
    back = harmonise(there.table, end, start, how="sum", weights=weights)
    assert there.unmapped.empty
    assert back.unmapped.empty
    assert back.table.index.tolist() == ids
    assert int(back.table["count"].sum()) == sum(counts) == int(there.table["count"].sum())
    again = harmonise(back.table, start, end, how="sum")
    pd.testing.assert_frame_equal(again.table, there.table)


@settings(max_examples=settings.default.max_examples // 2)
@given(st.data(), years)
def test_true_weights_give_the_counts_back(data, start):
    ids = division(start)
    counts = numbers_for(data, st.integers(1, 10**6), ids)
    table = pd.DataFrame({"count": counts}, index=ids, dtype="int64")
    there = harmonise(table, start, 2026).table
    back = harmonise(there, 2026, start, weights=table["count"]).table
    pd.testing.assert_frame_equal(back, table, check_names=False)


@settings(max_examples=settings.default.max_examples // 2)
@given(st.data(), years)
def test_weighted_means_conserve_what_they_stand_for(data, start):
    ids = division(start)
    rates = numbers_for(data, st.floats(0, 100), ids)
    people = numbers_for(data, st.integers(1, 10**6), ids)
    table = pd.DataFrame({"people": people, "rate": rates}, index=ids)
    carried = harmonise(table, start, 2026, how="mean", weights="people").table
    before = math.fsum(table["people"] * table["rate"])
    assert math.isclose(math.fsum(carried["people"] * carried["rate"]), before, rel_tol=1e-9)
    assert carried["rate"].between(min(rates) - 1e-9, max(rates) + 1e-9).all()


@settings(max_examples=settings.default.max_examples // 2)
@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_parts_of_a_whole_number_add_up_and_stay_near(count, weights):
    total = sum(weights)
    if total == 0:
        return
    shares = {str(place): Fraction(weight, total) for place, weight in enumerate(weights)}
    parts = split_whole(count, shares)
    assert sum(parts.values()) == count
    assert all(abs(parts[key] - count * share) < 1 for key, share in shares.items())


@pytest.mark.parametrize(("given_rows", "kept"), [([1, 2], [2]), ([0.5, 0.25], [0.5])])
def test_a_total_that_is_not_kept_is_an_error(given_rows, kept):
    given_table, result = pd.DataFrame({"count": given_rows}), pd.DataFrame({"count": kept})
    with pytest.raises(HarmoniseError, match="cannot be carried without loss"):
        verify_totals(given_table, result, given_table.iloc[:0], {"count": "sum"})
    rest = pd.DataFrame({"count": [sum(given_rows) - sum(kept)]})
    verify_totals(given_table, result, rest, {"count": "sum"})
