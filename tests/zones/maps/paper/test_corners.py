"""What stands in the corners of a map on paper: no name below the scale bar, lands in the inset."""

import numpy as np
import pytest
from matplotlib.figure import Figure

import zones
from zones.maps.paper.corners import scale_bar_places


@pytest.fixture
def drawn(monkeypatch):
    """The figures that are saved."""
    found = []
    original = Figure.savefig

    def spy(figure, *args, **options):
        found.append(figure)
        return original(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", spy)
    return found


@pytest.mark.parametrize("size", ["A4", "800x600px", "1600x900px"])
def test_no_name_lies_below_the_scale_bar_and_no_place_lacks_its_name(drawn, tmp_path, size):
    zones.map(["Tornio", "Kemi", "Haparanda", "Luleå"]).static(tmp_path / "map.png", size=size)
    (figure,) = drawn
    axes = max(figure.axes, key=lambda one: len(one.texts) + 99 * bool(one.lines))
    renderer = figure.canvas.get_renderer()
    names = [text for text in axes.texts if text.get_gid() != "halo"]
    assert len(names) > 4
    # The outermost of the places are beside the bar.
    taken = axes.transData.transform(scale_bar_places(axes))
    kept = (taken < taken.max(axis=0) - 1).all(axis=1)
    for name in names:
        box = name.get_window_extent(renderer)
        under = box.count_contains(taken[kept])
        assert under == 0, name.get_text()
    marked = max((len(line.get_xdata()) for line in axes.lines), default=0)
    assert marked <= len(names)


def test_the_inset_shows_each_country_that_has_a_member(drawn, tmp_path):
    wide = {}
    for zone in (["Tornio", "Kemi"], ["Tornio", "Haparanda"]):
        zones.map(zone).static(tmp_path / "map.png")
        inset = min(drawn[-1].axes, key=lambda one: one.bbox.width * one.bbox.height)
        wide[len(zone), zone[1]] = np.ptp(inset.get_xlim())
    assert wide[2, "Haparanda"] > wide[2, "Kemi"]
