"""What stands in the corners of a map on paper: the scale bar, and where in the country it is."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from zones.maps.palette import BASE
from zones.maps.paper.scene import Frame, Scene, colour_of
from zones.maps.paper.vector import polygon_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["inset", "scale_bar", "scale_bar_places"]

_POINTS = 72
_BAR_WIDE, _BAR_HIGH = 0.27, 34.0
"""The scale bar with its frame: a part of the width at most, and points upwards."""
_APART = 6.0
"""Points between places; less than any name is high."""


def scale_bar(axes: "Axes") -> None:
    """Draw the scale bar."""
    from matplotlib_scalebar.scalebar import ScaleBar  # noqa: PLC0415 - slow to load

    axes.add_artist(
        ScaleBar(
            1, "m", location="lower left", length_fraction=0.22, width_fraction=0.004,
            border_pad=0.7, pad=0.5, sep=3, frameon=True, box_color="#fdfdfb", box_alpha=0.75,
            color=BASE["ink"], font_properties={"size": 7},
        )
    )  # fmt: skip


def scale_bar_places(axes: "Axes") -> NDArray[np.float64]:
    """Return places all over the scale bar, so near to each other that no name fits between."""
    points = _POINTS / float(axes.figure.dpi)
    wide, high = float(axes.bbox.width) * points, float(axes.bbox.height) * points
    right, top = _BAR_WIDE * wide, _BAR_HIGH
    along, up = np.meshgrid(
        np.arange(0, right + _APART, _APART) / wide, np.arange(0, top + _APART, _APART) / high
    )
    (left, east), (bottom, north) = axes.get_xlim(), axes.get_ylim()
    return np.column_stack(
        [left + along.ravel() * (east - left), bottom + up.ravel() * (north - bottom)]
    )


def inset(axes: "Axes", scene: Scene, frame: Frame) -> None:
    """Show where in the country the frame is."""
    from matplotlib.patches import PathPatch, Rectangle  # noqa: PLC0415 - slow to load

    # The home country, and every other that has a member.
    shown = {scene.shapes.home, *(code for area in scene.areas for code in area.countries)}
    lands = [
        shapely.simplify(shapely.coverage_union_all(frame.geometry.to_numpy()), 3_000)
        for code, frame in scene.shapes.countries.items()
        if code in shown
    ]
    for land in lands:
        axes.add_patch(
            PathPatch(polygon_path(land), facecolor="#c9d2d9", edgecolor="#9fb0bc", linewidth=0.3)
        )
    for area in scene.areas:
        units = scene.shapes.units
        chosen = units[units.index.isin(area.units.index)].geometry.to_numpy()
        shape = shapely.simplify(shapely.union_all(chosen), 3_000)
        axes.add_patch(
            PathPatch(polygon_path(shape), facecolor=colour_of(scene, area), edgecolor="none")
        )
    axes.add_patch(
        Rectangle(
            (frame.left, frame.bottom), frame.width, frame.height, facecolor="none",
            edgecolor=BASE["ink"], linewidth=0.7,
        )
    )  # fmt: skip
    left, bottom, right, top = shapely.total_bounds(lands)
    axes.set(
        xlim=(min(left, frame.left) - 2e4, max(right, frame.right) + 2e4),
        ylim=(min(bottom, frame.bottom) - 2e4, max(top, frame.top) + 2e4),
        aspect="equal",
    )
    axes.set_axis_off()
