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

__all__ = ["Viewed", "Views", "looked_at_with", "views"]


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


class Viewed:
    """What a notebook does with zones, networks and areas."""

    __slots__ = ()

    @property
    def geometry(self) -> "gpd.GeoSeries":
        """
        The ground as one geometry a country: of an area its members, of a group its default extent.

        In EPSG:3067 (ETRS-TM35FIN, metres), indexed by the country's code. The polygons of two
        countries share no vertex along their border, so they are not joined to one: that would
        leave slivers and overlaps.

        Raises
        ------
        NoGeometryError
            If there are no boundaries for the division.

        Examples
        --------
        >>> import zones
        >>> ground = zones.area("peramerenkaari").geometry
        >>> ground.index.tolist(), ground.crs.to_epsg()
        (['FI', 'SE'], 3067)
        >>> (ground.area / 1e6).round().astype(int).to_dict()
        {'FI': 13182, 'SE': 19386}
        """
        return views().geometry(self)

    def plot(
        self, ax: "Axes | None" = None, *, evidence: bool = True, names: bool = False, **style: Any
    ) -> "Axes":
        """
        Draw the municipalities with matplotlib, in EPSG:3067 and the group's own colour.

        Parameters
        ----------
        ax
            Axes to draw into; new ones where not given.
        evidence
            Whether members without evidence of their own are light, and former ones empty.
        names
            Whether the municipalities are named.
        style
            What `geopandas.GeoSeries.plot` takes, such as ``edgecolor``; ``color`` in place of the
            group's.

        Returns
        -------
        matplotlib.axes.Axes
            With what was drawn, for layers of one's own.

        Raises
        ------
        NoGeometryError
            If there are no boundaries for the division.

        Examples
        --------
        >>> import zones
        >>> from matplotlib.figure import Figure
        >>> axes = zones.area("suomen-kasvukaytava").plot(Figure().add_subplot())
        >>> [text.get_text() for text in axes.get_legend().get_texts()]
        ['evidence of membership', 'in the extent, no evidence of its own']
        """
        return views().plot(self, ax, evidence=evidence, names=names, **style)

    def explore(self, **options: Any) -> "folium.Map":
        """
        Return the interactive map, which shows itself in a notebook; `save` writes it.

        Parameters
        ----------
        options
            What `zones.map` takes beside the group, such as ``lang``, ``view`` and ``data``. The
            theme networks come along with ``networks=True``.

        Examples
        --------
        >>> import zones
        >>> zones.get("viitoskaytava").explore(view="density")
        <ZoneMap of viitoskaytava/with-ita-lappi: save(path) writes it>
        """
        return views().explore(self, **options)

    def _repr_html_(self) -> str:
        return views().card(self)
