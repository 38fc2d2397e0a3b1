"""
How a record is looked at: a place that a room above fills.

Records lie below all that draws and words them, and yet a reader asks them: `area.plot()`. What
answers is set by the package itself, which knows all rooms.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    from matplotlib.axes import Axes

__all__ = ["Views", "looked_at_with", "views"]


class Views(Protocol):
    """What draws and words a zone, network or area."""

    def card(self, subject: Any) -> str:
        """Return it as HTML for a notebook."""
        ...

    def geometry(self, subject: Any) -> "gpd.GeoSeries":
        """Return its ground."""
        ...

    def plot(self, subject: Any, ax: "Axes | None", **options: Any) -> "Axes":
        """Draw it with matplotlib."""
        ...

    def explore(self, subject: Any, **options: Any) -> "folium.Map":
        """Return it as an interactive map."""
        ...


_FIND: list[Callable[[], Views]] = []


def looked_at_with(find: Callable[[], Views]) -> None:
    """Set where the views are found, when they are first asked for."""
    _FIND[:] = [find]


def views() -> Views:
    """Return the views."""
    return _FIND[0]()
