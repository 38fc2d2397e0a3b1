"""The municipalities in and around an area: where they are, their centres, and their people."""

import geopandas as gpd
import pandas as pd
import shapely

import geodata
from geodata import countries
from geodata.countries.record import POINT_INSIDE
from geodata.people import POPULATION_YEARS
from zones.extents.area import Area
from zones.extents.spine import centres_of

__all__ = ["centre_points", "figure_year", "surroundings", "unit_people"]


def surroundings(area: Area) -> gpd.GeoDataFrame:
    """
    Return all municipalities that an area may reach, on both sides of the border.

    Parameters
    ----------
    area
        An extent in a year.

    Returns
    -------
    geopandas.GeoDataFrame
        Finland's municipalities and those of Norrbotten and Västerbotten (of a user's own
        boundaries, what they hold), indexed by ``lau_id``: ``country``, ``member``, geometry.

    Examples
    --------
    >>> import zones
    >>> around = surroundings(zones.area("viitoskaytava"))
    >>> around.groupby("country").size().to_dict(), int(around["member"].sum())
    ({'FI': 308, 'SE': 29}, 46)
    """
    frames = dict(area.municipalities)
    if area.has_boundaries:
        for country in area.beside:
            if country not in frames:
                frame = geodata.municipalities(area.division, country=country)
                frames[country] = frame.to_crs(area.crs)
    parts = [frame[["country", "geometry"]] for frame in frames.values()]
    around: gpd.GeoDataFrame = pd.concat(parts)
    around.insert(1, "member", around.index.isin(area.units.index))
    return around


def centre_points(area: Area, around: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Return a point for each municipality: its centre, or a point inside it where none is known.

    Of the Swedish municipalities, the centres of the seven by the sea are known.

    Parameters
    ----------
    area
        An extent in a year.
    around
        What `surroundings` returns.

    Returns
    -------
    geopandas.GeoDataFrame
        With the index of `around`: ``known``, and the point in the area's plane.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("peramerenkaari")
    >>> points = centre_points(area, surroundings(area))
    >>> points["known"].sum().item(), len(points)
    (315, 337)
    """
    found = centres_of(area.beside, area.division, area.crs)
    points = found.geometry.reindex(around.index)
    known = found["source"].reindex(around.index).fillna(POINT_INSIDE).ne(POINT_INSIDE).to_numpy()
    filled = points.to_numpy().copy()
    filled[~known] = shapely.point_on_surface(around.geometry.to_numpy()[~known])
    return gpd.GeoDataFrame({"known": known}, index=around.index, geometry=filled, crs=area.crs)


def unit_people(area: Area, year: int, units: pd.Index) -> pd.DataFrame:
    """
    Return people by municipality at the end of a year, with bounds where no figure is known.

    Between two known years, the two figures bound the people; before the first and after the last
    known year nothing is said. Units of an older division that have only a figure in common with
    others have none of their own.

    Parameters
    ----------
    area
        An extent in a year.
    year
        The year of the figures.
    units
        The ``lau_id`` of the municipalities.

    Returns
    -------
    DataFrame
        ``value``, ``low``, ``high`` (nullable whole numbers), ``exact``.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("peramerenkaari")
    >>> unit_people(area, 2022, area.units.index).loc[["FI_564", "SE_2580"], "high"].tolist()
    [211848, 79244]
    """
    parts = []
    for country in area.beside:
        division = max(area.division, countries.country(country).people_divisions[0])
        table = geodata.population_estimate(year, division=division, country=country)
        if country in area.people:
            figure_unit = area.people[country]["figure_unit"]
            alone = figure_unit[~figure_unit.duplicated(keep=False)]
            table = table.reindex(alone.to_numpy()).set_axis(alone.index)
        parts.append(table)
    people = pd.concat(parts).reindex(units)
    return people.assign(exact=people["exact"].eq(True))


def figure_year(area: Area, country: str | None = None, *, estimates: bool = False) -> int | None:
    """
    Return the newest year, not after `Area.people_until`, with people for every member.

    Parameters
    ----------
    area
        An extent in a year.
    country
        Of the members of one country alone.
    estimates
        Take years between two known ones too.

    Examples
    --------
    >>> import zones
    >>> area = zones.area("peramerenkaari")
    >>> figure_year(area), figure_year(area, estimates=True)
    (2022, 2024)
    """
    exact = max(area.years_with_people(country), default=None)
    if not estimates:
        return exact
    oldest = POPULATION_YEARS[0] if exact is None else exact
    members = area.members(country)
    for year in range(area.people_until, oldest, -1):
        if len(members) and unit_people(area, year, members)["value"].notna().all():
            return year
    return exact
