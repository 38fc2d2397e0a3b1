"""What the page holds of evidence is what the library says."""

import pytest

import zones
from zones.extents.evidence import evidence_of


@pytest.fixture(scope="module")
def data():
    return zones.map().data


def test_letters_say_what_the_library_says_of_each_year(data):
    units = data["units"]["id"]
    for group in data["groups"]:
        for extent in group["extents"]:
            area = zones.area(group["id"], extent=extent["id"])
            inside = [units[place] for place in extent["units"]]
            beyond = [units[place] for place in extent["beyond"]]
            for year, letters in extent["known"]:
                status = evidence_of(area, known=year or extent["known"][1][0] - 1, outside=True)
                assert list(letters[: len(inside)]) == [status[unit][0] for unit in inside]
                rest = letters[len(inside) :]
                assert [one == "f" for one in rest] == [
                    status.get(unit) == "former" for unit in beyond
                ]


def test_the_last_letters_are_those_of_now(data):
    [corridor] = [one for one in data["groups"] if one["id"] == "suomen-kasvukaytava"]
    [extent] = [one for one in corridor["extents"] if one["default"]]
    year, letters = extent["known"][-1]
    assert (year, letters.count("d"), letters.count("e")) == (2019, 8, 70)
    [arc] = [one for one in data["groups"] if one["id"] == "peramerenkaari"]
    [extent] = [one for one in arc["extents"] if one["default"]]
    assert extent["known"][-1][1][-5:] == "fffff"
    assert not set(extent["beyond"]) & set(extent["units"])


def test_of_a_users_own_list_nothing_is_in_question():
    for group in zones.map([zones.area(["Oulu", "Raahe"])], networks=False).data["groups"]:
        assert group["period"] is None
        assert [extent["known"] for extent in group["extents"]] == [[]]


def test_periods_of_memberships_are_in_each_language(data):
    periods = {group["id"]: group["period"] for group in data["groups"]}
    assert periods["viitoskaytava"] == dict.fromkeys(("fi", "sv", "en"), "2021–2023")
    assert periods["suomen-kasvukaytava"]["fi"] == "2013–"
