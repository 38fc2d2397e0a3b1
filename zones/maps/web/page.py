"""The interactive map: a folium map whose page holds everything it needs."""

import html
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from folium.map import CustomPane
from folium.template import Template

from geodata.countries import Country
from geodata.errors import ArgumentError
from geodata.messages import unknown
from geodata.register.divisions import NEWEST_DIVISION
from zones.extents.resolving import bring_in
from zones.maps.chosen import choose, own_boundaries
from zones.maps.forms import FORMATS, form_of
from zones.maps.indicators import Classes, Columns, MapColumn, map_columns
from zones.maps.palette import VIEWS, View
from zones.maps.shapes import bundled_shapes, own_shapes
from zones.maps.web.elements import Call, OfflineFigure
from zones.maps.web.encode import to_script_text
from zones.maps.web.fallback import fallback, title_in
from zones.maps.web.payload import Request, collect
from zones.measures.indicators.given import Data
from zones.output import check_target, write_text
from zones.texts import Language, check_language

if TYPE_CHECKING:
    import geopandas as gpd

    from zones.extents.area import Area

__all__ = ["ZoneMap", "map"]

# From the bottom up. Ties are the only lines that answer to the pointer, besides the units and
# their circles.
_PANES = (
    ("back", 350),
    ("frontiers", 360),
    ("units", 400),
    ("lakes", 405),
    ("hatch", 410),
    ("national", 415),
    ("outlines", 420),
    ("circles", 423),
    ("selected", 425),
    ("spines", 430),
    ("ties", 435),
    ("labels", 440),
)
_ANSWERING = {"units", "circles", "ties"}


class ZoneMap(folium.Map):
    """
    An interactive map in one HTML file that opens with no network.

    It is a `folium.Map`: layers of folium that need nothing but Leaflet can be added to it.
    """

    default_js = [("leaflet", "vendored:leaflet.js")]  # noqa: RUF012 - folium's attributes
    default_css = [("leaflet_css", "vendored:leaflet.css")]  # noqa: RUF012

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = zonesPage.openMap(
            {{ this.get_name()|tojson }}, {{ this.options|tojavascript }}, {{ this.stage }}
        );
        {% endmacro %}
        """
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        tiles: folium.TileLayer | None = None,
        areas: "Sequence[Area]" = (),
        columns: "Sequence[MapColumn]" = (),
    ) -> None:
        """Take the page's data, as `collect` gives them, and what is shown."""
        super().__init__(
            tiles=None,
            zoom_control=True,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.75,
            wheel_px_per_zoom_level=110,
            # A tip is there at once, in full contrast.
            fade_animation=False,
        )
        # The page fits the view itself; folium keeps these two for its tiles.
        del self.options["zoom"]
        self.options.update(min_zoom=3.5, max_zoom=data["stage"]["deepest"])
        self.stage = to_script_text(data["stage"])
        self._name = "ZoneMap"
        self.data = data
        self.areas = tuple(areas)
        self.columns = tuple(columns)
        lang: Language = data["lang"]
        title = title_in(data["title"], lang)
        shown = fallback(data, self.areas)
        self._page = OfflineFigure(lang=lang, title=title, tiles=tiles, fallback=shown)
        self._page.add_child(self)
        for name, height in _PANES:
            self.add_child(CustomPane(name, z_index=height, pointer_events=name in _ANSWERING))
        if tiles is not None:
            self.add_child(tiles)
        self.add_child(Call("addBackdrop", data["backdrop"]))
        self.add_child(Call("addUnits", {**data["shapes"], "most_svg": data["most_svg"]}))
        apart = {"backdrop", "shapes", "stage"}
        rest = {name: part for name, part in data.items() if name not in apart}
        self._start = Call("start", rest)

    def arrange(self) -> None:
        """Put the start last, after layers that were added by hand; the page calls this."""
        self._children.pop("start", None)
        self.add_child(self._start, name="start")

    def draw(self, **kwargs: Any) -> None:
        """Add the map's parts to its page; the page calls this."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]

    def render(self, **kwargs: Any) -> str:
        """Return the page as HTML."""
        return self._page.render(**kwargs)

    def save(self, path: "str | os.PathLike[str]") -> Path:  # type: ignore[override]
        """
        Write what the suffix says, whole or not at all, and return its path.

        Parameters
        ----------
        path
            ``.html`` or ``.htm`` is the page; ``.png``, ``.svg`` and ``.pdf`` are a map on paper,
            as `static` draws it on A4.

        Raises
        ------
        OutputError
            If the suffix is another one, or the file cannot be written.

        Examples
        --------
        >>> map("peramerenkaari").save("map.jpg")
        Traceback (most recent call last):
        zones.errors.OutputError: 'map.jpg' is no kind of map: end it in .html, .png, .svg or .pdf
        """
        if form_of(path) in FORMATS:
            return self.static(path)
        check_target(Path(path))
        return write_text(path, self.render())

    def static(
        self,
        path: "str | os.PathLike[str]",
        *,
        view: View | None = None,
        size: str = "A4",
        landscape: bool = False,
        dpi: float | None = None,
        title: str | None = None,
        column: str | None = None,
    ) -> Path:
        """
        Draw what the page starts with on paper: ``.png``, ``.svg`` or ``.pdf``.

        Parameters
        ----------
        path
            Where the file goes.
        view
            ``groups``, ``people``, ``density`` or ``change``; that of the page where not given.
        size
            ``A4``, ``A3``, or width and height such as ``180x120mm`` or ``1600x900px``.
        landscape
            Whether A4 or A3 lies on its side, with the legend to the right in columns.
        dpi
            Pixels an inch: of a PNG 200 where not given, and 96 where a drawing is measured in
            pixels.
        title
            Heading; that of the page where not given.
        column
            Id of a column of the page's table; the first where the page starts with them.

        Raises
        ------
        OutputError
            If the suffix is another one, or the file cannot be written.
        ValueError
            If the map shows no groups, or there is no such view, paper or column.
        """
        from zones.maps.paper.static import draw  # noqa: PLC0415 - matplotlib is slow to load

        chosen = self._column(view, column)
        started = "groups" if self.data["view"] == "indicator" else self.data["view"]
        return draw(
            self.areas,
            path,
            lang=self.data["lang"],
            title=self.data["title"].get("any") if title is None else title,
            view=view or ("groups" if chosen else started),
            column=chosen,
            size=size,
            landscape=landscape,
            dpi=dpi,
        )

    def _column(self, view: str | None, column: str | None) -> MapColumn | None:
        """Return the column to draw in place of a view, if any."""
        if column is None:
            return self.columns[0] if view is None and self.data["view"] == "indicator" else None
        if view is not None:
            raise ArgumentError(f"view={view!r} and column={column!r} are two maps: give one")
        named = {one.indicator.id: one for one in self.columns}
        if column not in named:
            raise ArgumentError(unknown("column", column, named))
        return named[column]

    def __repr__(self) -> str:
        """Say what is shown, and how to keep it."""
        shown = ", ".join(f"{area.group.id}/{area.extent.id}" for area in self.areas)
        return f"<ZoneMap of {shown or 'units alone'}: save(path) writes it>"

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the page in a frame, for notebooks."""
        page = html.escape(self.render(**kwargs), quote=True)
        title = html.escape(self._page.title or "", quote=True)
        return (
            f'<iframe srcdoc="{page}" title="{title}" loading="lazy" allowfullscreen '
            'style="width:100%;height:640px;border:1px solid #c3cbd0;border-radius:8px"></iframe>'
        )


def map(  # noqa: A001 - the library's name for it
    groups: Any = None,
    *,
    year: int | None = None,
    extents: Mapping[str, str] | None = None,
    lang: str | None = None,
    title: str | None = None,
    view: View | None = None,
    data: "Data | None" = None,
    column: Columns = None,
    data_year: int | None = None,
    classes: Classes = None,
    networks: bool = True,
    boundaries: "gpd.GeoDataFrame | None" = None,
    countries: "Country | Iterable[Country]" = (),
    tiles: "str | folium.TileLayer | None" = None,
    attribution: str | None = None,
) -> ZoneMap:
    r"""
    Draw an interactive map of zones and networks: one page, no network.

    Parameters
    ----------
    groups
        A zone in any form that `zones.area` takes, or several of them; the development zones where
        not given.
    year
        The state of the world: the municipal division in force and people at its end. The newest
        division where not given.
    extents
        Extent by group id that the page starts with, where not the default one.
    lang
        Language that the page opens in; it can be changed on the page.
    title
        Title of the page.
    view
        What the page starts with: ``groups`` as fills, or a choropleth of ``people``, ``density``
        or ``change`` with the groups as outlines. Where not given, ``groups``, or the first column
        of `data`.
    data
        A table of figures by municipality, or its path, to choose from on the page: rates and
        means as a choropleth, counts as circles whose area is the figure. What the publisher
        suppressed and what the table does not have are drawn apart.
    column
        Id of the column of `data` to show, or several; all where not given.
    data_year
        No figures of `data` newer than this, which is `year` where not given. Of each column the
        newest are shown.
    classes
        Limits of the classes of a column, such as ``[10, 20, 30]``, or ``quantiles``, in which
        counts are coloured too; quantiles with limits that can be read, and circles for counts,
        where not given.
    networks
        Whether the theme networks come along, switched off.
    boundaries
        A user's own units in place of the bundled municipalities, with columns ``name`` or
        ``name_fi``, ``name_sv``, ``name_en`` and ``population`` where known. Without `groups`
        they are drawn alone.
    countries
        More countries, as of `zones.area`.
    tiles, attribution
        An online background: a name that folium knows, an address with its attribution, or a
        folium layer. Only then may the page use the network, and only that host.

    Returns
    -------
    ZoneMap
        With ``save(path)`` and ``render()``; in a notebook it shows itself.

    Raises
    ------
    UnknownGroupError
        If no zone or network has a name given.
    ExtentError
        If an extent given does not exist.
    NoGeometryError
        If there are no boundaries for the year.
    IndicatorError
        If `data` has no such column, or nothing so old.

    Examples
    --------
    >>> page = map("peramerenkaari", lang="sv").render()
    >>> page[:31]
    '<!DOCTYPE html>\n<html lang="sv"'
    """
    language = check_language(lang)
    bring_in(countries)
    if view is not None and view not in VIEWS:
        raise ArgumentError(unknown("view", view, VIEWS))
    _refuse_without(data, column=column, data_year=data_year, classes=classes)
    asked = [] if groups is None and boundaries is not None else groups
    division = NEWEST_DIVISION if year is None else year
    own = None if boundaries is None else own_shapes(boundaries, division)
    chosen = choose(
        asked,
        year=division,
        extents=dict(extents or {}),
        networks=networks and own is None,
        boundaries=None if own is None else own.units,
    )
    if own is None and (resolved := own_boundaries(chosen)) is not None:
        own = own_shapes(resolved, division)
    if own is None:
        # Areas resolved in another year are drawn in theirs.
        division = next((area.division for one in chosen for area in one.areas), division)
    drawn = [area for one in chosen for area in one.areas]
    shapes = bundled_shapes(division, drawn) if own is None else own
    columns = (
        ()
        if data is None
        else map_columns(data, shapes, columns=column, until=data_year or year, classes=classes)
    )
    request = Request(
        year=division,
        lang=language,
        title=title,
        view=view or ("indicator" if columns else "groups"),
        extents=extents or {},
        columns=columns,
        tiles=tiles is not None,
    )
    layer = folium.TileLayer(tiles, attr=attribution) if isinstance(tiles, str) else tiles
    areas = [one.start for one in chosen if one.on and one.start is not None]
    return ZoneMap(collect(chosen, shapes, request), tiles=layer, areas=areas, columns=columns)


def _refuse_without(data: "Data | None", **given: Any) -> None:
    named = [f"{name}=" for name, value in given.items() if value is not None]
    if data is None and named:
        raise ArgumentError(f"{', '.join(named)} are of a table: give data= too")
