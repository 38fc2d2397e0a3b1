"""Classes of a choropleth: about equally many in each, limits one can read, given ones checked."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.errors import ZonesError
from zones.maps.classes import (
    MOST,
    diverging_limits,
    given_limits,
    quantile_limits,
    radius_of,
    shades,
    size_steps,
)
from zones.maps.palette import class_of_limits

FIGURES = st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), max_size=80)


def counts(values, limits):
    ranks = [class_of_limits(value, limits) for value in values]
    return [ranks.count(rank) for rank in range(len(limits) + 1)]


@given(FIGURES)
def test_no_class_is_empty_and_there_are_no_more_than_colours(values):
    limits = quantile_limits(values)
    assert len(limits) < MOST
    assert all(low < high for low, high in itertools.pairwise(limits))
    assert (min(counts(values, limits)) > 0) or not values
    assert len(shades(limits, None)) == len(limits) + 1


@given(FIGURES, st.integers(-5, 5))
def test_a_turn_is_a_limit_in_the_middle_of_the_others(values, middle):
    limits = diverging_limits(values, middle)
    assert middle in limits
    assert [2 * middle - limit for limit in reversed(limits)] == pytest.approx(list(limits))
    under = shades(limits, middle)[: limits.index(middle) + 1]
    assert all(shade < MOST // 2 for shade in under)
    assert len(shades(limits, middle)) == len(limits) + 1


def test_classes_hold_about_equally_many():
    values = np.random.default_rng(1).lognormal(8, 1, 300)
    found = counts(values, quantile_limits(values))
    assert len(found) == MOST
    assert max(found) < 1.5 * min(found)


def test_equal_figures_are_in_one_class_and_leave_the_others_to_the_rest():
    values = [0] * 200 + list(range(1, 101))
    limits = quantile_limits(values)
    assert counts(values, limits)[0] == 200
    assert len(limits) == MOST - 1


def test_few_distinct_figures_are_fewer_classes():
    assert quantile_limits([1, 1, 2, 2, 3]) == (2.0, 3.0)
    assert quantile_limits([7] * 9) == ()
    assert quantile_limits([]) == ()
    assert diverging_limits([0, 0], 0) == (0.0,)


def test_limits_have_few_digits():
    values = [1234.567, 2345.678, 3456.789, 9876.543, 12345.6, 23456.7]
    assert quantile_limits(values, most=3) == (3500.0, 12000.0)


@pytest.mark.parametrize(
    ("limits", "middle", "said"),
    [
        ([], None, "no limits of classes: give numbers that rise"),
        ([3, 2], None, "numbers that rise"),
        ([1, 1], None, "numbers that rise"),
        (["a"], None, "numbers that rise"),
        ([float("nan")], None, "numbers that rise"),
        (3, None, "numbers that rise"),
        (range(9), None, "9 limits, and 6 classes are the most"),
        ([1, 2], 0, "turn at 0: give 0 and at most 2 limits on either side"),
        ([0, 1, 2, 3], 0, "at most 2 limits on either side"),
    ],
)
def test_limits_that_make_no_classes_are_refused(limits, middle, said):
    with pytest.raises((ZonesError, ValueError), match=said):
        given_limits(limits, middle)


def test_few_classes_take_colours_that_differ():
    assert shades([], None) == (3,)
    assert shades([0], 0) == (1, 4)
    assert shades([-5, 0, 5], 0) == (0, 2, 3, 5)
    assert shades([-9, -5, 0], 0) == (0, 1, 2, 3)


@given(st.floats(0.01, 1e9), st.floats(0.01, 1e9))
def test_the_area_of_a_circle_is_its_figure(one, other):
    most = max(one, other)
    small, large = (radius_of(value, most, 1e9) for value in (one, other))
    assert (small / large) ** 2 == pytest.approx(one / other, rel=1e-6)


@given(st.floats(0.01, 1e9), st.integers(0, 3))
def test_the_key_of_circles_has_round_figures_none_above_the_largest(most, digits):
    steps = size_steps(most, digits)
    assert all(step <= most * (1 + 1e-9) for step in steps)
    assert list(steps) == sorted(set(steps), reverse=True)
    assert all(
        len(f"{step:.6g}".strip("0.").replace(".", "")) <= 1 or step >= 1e6 for step in steps
    )
