"""What a report costs: how often it does what is dear, for one zone, two and three."""

from collections import Counter

import pytest

from zones.maps.paper import inline
from zones.measures import everything
from zones.measures.claims import readings
from zones.reports import report as reports

ZONES = ("liukas", "sixnet", "terveysdata")


@pytest.fixture
def calls(monkeypatch):
    """Count calls of what is dear."""
    found = Counter()

    def counted(module, name):
        real = getattr(module, name)

        def call(*args, **kwargs):
            found[name] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, call)

    counted(reports, "all_measures")
    counted(reports, "check_claims")
    counted(reports, "draw_map")
    counted(inline, "paint_ground")
    counted(inline, "paint_names")
    counted(everything, "border_graphs")
    counted(readings, "some_measures")
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_zone_more_costs_as_much_as_each_before(calls, tmp_path, count):
    reports.report(ZONES[:count], tmp_path)
    maps = count + (count > 1)
    assert calls["all_measures"] == count
    assert calls["border_graphs"] <= count
    assert calls["check_claims"] == count
    assert calls["draw_map"] == 1
    assert calls["paint_ground"] == maps
    assert maps <= calls["paint_names"] <= 3 * maps


def test_a_claim_takes_no_more_figures_than_it_is_on(calls, monkeypatch):
    asked = []
    monkeypatch.setattr(
        readings, "some_measures", lambda area, names: asked.append(names) or real(area, names)
    )
    real = everything.some_measures
    reports.check_claims("viitoskaytava")
    assert asked
    assert all(len(names) == 1 for names in asked)
