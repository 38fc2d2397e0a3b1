"""Data that a user has fetched change a figure only when asked for, and are named in it."""

import datetime as dt
import json
from types import SimpleNamespace

import pandas as pd
import pytest

import geodata
import zones
from geodata.sources import cache, pxweb
from zones.extents import fetched


@pytest.fixture
def fetched_people(tmp_path, monkeypatch):
    """Put figures of 2024 into an empty cache: those of 2022 and ten more in each municipality."""
    monkeypatch.setattr("geodata.sources.cache.cache_folder", lambda: tmp_path)
    monkeypatch.setenv("ZONES_OFFLINE", "1")
    people = geodata.population(2022, division=2026) + 10
    codes = ["SSS", *(f"KU{unit[3:]}" for unit in people.index)]
    document = {
        "version": "2.0",
        "class": "dataset",
        "id": ["alue_23_20260101", "contentscode", "timeperiod_y"],
        "size": [len(codes), 1, 1],
        "dimension": {
            "alue_23_20260101": {"category": {"index": codes}},
            "contentscode": {"category": {"index": ["vaerak-vaesto"]}},
            "timeperiod_y": {"category": {"index": ["2024"]}},
        },
        "value": [int(people.sum()), *people.tolist()],
    }
    cache.store(
        json.dumps(document).encode(),
        dataset="population-fi",
        layer=pxweb._key(2024),
        year=2024,
        division=2026,
        title="population 2024",
        url="https://example.org/11ra.px",
        fetched_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
        folder=tmp_path,
    )


@pytest.mark.usefixtures("fetched_people")
def test_bundled_figures_stay_the_default():
    table = zones.reach(zones.area("viitoskaytava"))
    assert (table.get("population").value, table.get("population").year) == (487_181, 2025)


@pytest.mark.usefixtures("fetched_people")
def test_latest_figures_are_used_when_asked_for_and_credited():
    table = zones.reach(zones.area("viitoskaytava", source="latest", data_year=2024))
    people = table.get("population")
    assert (people.value, people.year) == (491_032 + 46 * 10, 2024)
    (line,) = people.sources
    assert line.startswith("Source: Statistics Finland, population 2024, retrieved 2026-09-01.")


@pytest.mark.usefixtures("fetched_people")
@pytest.mark.parametrize("data_year", [2022, 2025])
def test_years_that_are_bundled_keep_the_bundled_figures(data_year):
    choice = {"extent": "area-named", "data_year": data_year}
    mine, theirs = (
        zones.area("viitoskaytava", source=source, **choice) for source in ("latest", "bundled")
    )
    assert zones.reach(mine).get("population") == zones.reach(theirs).get("population")


def test_an_unknown_source_is_refused():
    with pytest.raises(
        ValueError, match="source='newest' is not known: give one of bundled, latest"
    ):
        zones.area("viitoskaytava", source="newest")


@pytest.fixture
def fetched_boundaries(monkeypatch):
    """Put boundaries of Finland in the place of those in the cache."""
    frame = geodata.municipalities(2026)
    found = SimpleNamespace(data=frame, line="Source: the newest boundaries.")
    monkeypatch.setattr(fetched, "fetched_boundaries", lambda _: found)
    monkeypatch.setattr(fetched, "fetched_people", lambda _: (pd.DataFrame(), {}))


@pytest.mark.usefixtures("fetched_boundaries")
def test_latest_boundaries_are_of_one_country_and_the_others_keep_their_credit():
    area = zones.area("peramerenkaari", source="latest")
    assert area.own_countries == ("FI",)
    bundled = zones.coverage(zones.area("peramerenkaari"))
    table = zones.coverage(area)
    assert "Source: the newest boundaries." in table.get("area", key="FI").sources
    assert table.get("area", key="SE").sources == bundled.get("area", key="SE").sources
    alone = zones.area(["Luleå", "Kalix"], source="latest")
    assert (alone.own_countries, alone.credits) == ((), {})
