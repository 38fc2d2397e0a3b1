"""The page on the architecture says what is there."""

import re

import pytest

from tools.architecture import PAGE, rendered
from zones.model.contract import CONTRACT

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the page is beside the sources only")


def test_the_table_of_measures_is_that_of_the_contract():
    page = PAGE.read_text("utf-8")
    assert page == rendered(page)
    assert all(f"`{name}`" in page for name in CONTRACT)


def test_a_table_of_other_measures_is_replaced():
    page = PAGE.read_text("utf-8")
    assert rendered(page.replace("`members`", "`memberz`", 1)) == page


def test_every_path_that_it_names_is_there():
    named = re.findall(
        r"`((?:zones|geodata|tools|tests|notebooks|docs)/[\w/.-]*)`", PAGE.read_text()
    )
    assert len(named) > 20
    assert [path for path in named if not (PAGE.parents[2] / path).exists()] == []
