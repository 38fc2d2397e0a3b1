"""Numbers as people write them, and what is refused because it can be read in two ways."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import FileFormatError
from geodata.files.numbers import numbers, stand_in


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1200", "12.5", "-3", "1e3", "inf"], [1200, 12.5, -3, 1000, np.inf]),
        (["12,5", "0,250", ",5"], [12.5, 0.25, 0.5]),
        (["1 200", "1\u00a0234\u202f567", "1’200,5", " 7 "], [1200, 1234567, 1200.5, 7]),
        (["1,200.5", "1,200", "950"], [1200.5, 1200, 950]),
        (["1.200,5", "1.200"], [1200.5, 1200]),
        (["1,200,300", "1,200"], [1200300, 1200]),
        (["385000,500", "1,200"], [385000.5, 1.2]),
        (["1.5", "1.200"], [1.5, 1.2]),
        (["1.5", "1,200"], [1.5, 1200]),
        (["..", "", None, "12 34", "1,2,3", "1.200,300.5"], [np.nan] * 6),
    ],
)
def test_what_texts_are(texts, expected):
    for counts in (True, False):
        np.testing.assert_array_equal(numbers(texts, "n", counts=counts), expected)


def test_numbers_stay_what_they_are():
    for values in ([1.2, 1200, np.nan], np.array([1, 2, 2]), pd.Series([1, None], dtype="Int64")):
        found = numbers(values, "n", counts=True)
        assert found.dtype == float
        np.testing.assert_array_equal(found, pd.Series(values).astype(float))


@pytest.mark.parametrize("text", ["1,200", "1.200", "950,000", "-1,200"])
def test_two_readings_are_shown_and_refused(text):
    whole, parts = re.sub("[.,]", "", text), float(text.replace(",", "."))
    with pytest.raises(FileFormatError, match=rf"people: '{text}' may be {whole} or {parts:g}"):
        numbers(["7", text], "people", counts=True)
    # Nobody sets the thousands of minutes or degrees apart.
    assert numbers(["7", text], "minutes").tolist() == [7, parts]
    # A column that contradicts itself is refused whatever it counts.
    with pytest.raises(FileFormatError, match="may be"):
        numbers(["1,5", "1.5", text], "minutes")


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1),
    st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"]),
)
def test_spaced_thousands_are_the_number(values, space):
    texts = [f"{value:,}".replace(",", space) for value in values]
    assert numbers(texts, "n", counts=True).tolist() == values


@given(st.lists(st.decimals(0, 10**6, places=3), min_size=1), st.sampled_from([",", "."]))
def test_a_count_is_itself_or_refused(values, mark):
    texts = [str(value).replace(".", mark) for value in values]
    try:
        found = numbers(texts, "n", counts=True)
    except FileFormatError:
        return
    assert found.tolist() == [float(value) for value in values]


@pytest.mark.parametrize(("decimal", "expected"), [(",", [1.2, 12.5]), (".", [1200.0, 12.5])])
def test_a_mark_that_is_said_decides(decimal, expected):
    assert numbers(["1,200", "12.5"], "people", counts=True, decimal=decimal).tolist() == expected


@pytest.mark.parametrize(
    ("counts", "mark"),
    [
        ([5, -9, -9, 12], -9),
        ([5, -99, 12], -99),
        ([5, -9999, -9999], -9999),
        ([5, 12, 99999999, 99999999], 99999999),
        ([5, -9, 12], None),  # one such may be a figure
        ([5, -9, -12], None),
        ([5, 99999, 12], None),
        ([99999, 99999], None),  # nothing to hold it against
        ([99999, 99999, 95000], None),
        ([], None),
    ],
)
def test_nines_that_stand_for_missing_figures(counts, mark):
    assert stand_in(np.array(counts, dtype=float)) == mark
