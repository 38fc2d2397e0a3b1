"""Finding groups by name, and zones of a user's own."""

import subprocess
import sys

import pytest

from zones.catalogue.finding import get
from zones.catalogue.names import all_groups
from zones.errors import UnknownGroupError


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("peramerenkaari", "peramerenkaari"),
        ("Perämerenkaari", "peramerenkaari"),
        ("PERÄMEREN KAARI", "peramerenkaari"),
        ("Bothnian-Arc", "peramerenkaari"),
        ("bottenviksbagen", "peramerenkaari"),
        ("Bottenbågen", "peramerenkaari"),
        ("Perämerenkaaren kehittämisvyöhyke", "peramerenkaari"),
        ("hht", "suomen-kasvukaytava"),
        ("kasvukäytävä", "suomen-kasvukaytava"),
        ("Finlands tillväxtkorridor", "suomen-kasvukaytava"),
        ("Growth Corridor Finland", "suomen-kasvukaytava"),
        ("Suomen Viitoskäytävä", "viitoskaytava"),
        ("viitoska\u0308yta\u0308va\u0308", "viitoskaytava"),
        ("HYTKI", "terveysdata"),
        ("National Hydrogen Network", "kansallinen-vetyverkosto"),
        ("vetytalous", "theme-vetytalous"),
        ("älymaatalouden kehittäminen", "theme-alymaatalous"),
    ],
)
def test_a_group_is_found_by_any_of_its_names(name, found):
    assert get(name).id == found


def test_every_name_of_every_group_finds_it():
    for group in all_groups():
        for name in (group.id, *(n for n in (group.names.fi, group.names.sv, group.names.en) if n)):
            assert get(name).id == group.id, name


def test_a_group_is_returned_as_it_is():
    zone = get("viitoskaytava")
    assert get(zone) is zone


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("peramerenkari", "peramerenkaari"), ("Botnian Arc", "peramerenkaari"), ("sixnett", "sixnet")],
)
def test_an_unknown_name_gets_a_suggestion(name, suggestion):
    with pytest.raises(UnknownGroupError, match=f"did you mean {suggestion}") as caught:
        get(name)
    assert "`zones list`" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "qqqqqq", 7, None])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(UnknownGroupError, match=r"name|called"):
        get(name)


def test_an_unknown_kind_is_refused():
    with pytest.raises(UnknownGroupError, match="give zone or network"):
        all_groups("corridor")


def test_groups_are_read_without_pandas():
    code = "import sys, zones; zones.get('sixnet'); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
