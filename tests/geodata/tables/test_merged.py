"""Which blanks are those of merged cells."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.tables.merged import said_once


def column(text):
    return pd.Series([None if value == "." else value for value in text], dtype=object)


@pytest.mark.parametrize(
    ("text", "once", "even"),
    [
        *(("a.", True, True), ("a..", True, True), ("a.b.", True, True), ("a.b..", True, False)),
        *(("", False, False), (".", False, False), ("a", False, False), (".a.", False, False)),
        *(("aa.", False, False), ("a.a.", False, False), ("ab.", False, False)),
        *(("a.b", False, False), ("ab", False, False), ("..", False, False)),
    ],
)
def test_by_hand(text, once, even):
    assert said_once(column(text)) is once
    assert said_once(column(text), even=True) is even


@given(st.lists(st.integers(2, 5), min_size=1, max_size=6))
def test_blocks_of_any_length_and_none_with_a_value_said_again(lengths):
    text = "".join("abcdef"[at] + "." * (length - 1) for at, length in enumerate(lengths))
    assert said_once(column(text))
    assert said_once(column(text), even=True) is (len(set(lengths)) == 1)
    assert not said_once(column(text + text[0]))
    assert not said_once(column("." + text))
