"""What a notebook asks of a zone, network or area: a drawing, the map, its ground, a card."""

from typing import TYPE_CHECKING, Any

from zones.model.views import views

if TYPE_CHECKING:
    import folium
    import geopandas as gpd
    from matplotlib.axes import Axes

__all__ = ["Viewed"]


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
