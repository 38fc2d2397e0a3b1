"""Extents in a year: which municipalities a zone or network is, with boundaries and people."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

import geodata
from geodata import countries as known
from geodata.boundaries.bundled import BOUNDARY_YEARS
from geodata.countries import Country
from geodata.coverages.incidence import Incidence
from geodata.errors import YearError
from geodata.messages import unknown
from geodata.people import POPULATION_YEARS
from geodata.register.carried import brought_in, carried
from geodata.register.divisions import NEWEST_DIVISION, YEARS, division_ids
from geodata.units import M_PER_KM
from zones.catalogue.finding import group_of
from zones.errors import ExtentError
from zones.extents.area import Area, Subject
from zones.extents.corridors import chosen_extent, kept_extent
from zones.extents.joined import claimed_twice
from zones.extents.people import figures_by_unit, totals
from zones.extents.polygons import credit_of, given_boundaries, polygons
from zones.model.groups import Extent
from zones.texts import Text

__all__ = ["area", "as_area", "bring_in", "data_of"]

_SOURCES = ("bundled", "latest")
# As wide as the line of a border on a map of all of Europe.
_MOST_ERROR_M = 10_000


def area(
    zone: Subject,
    *,
    year: int | None = None,
    extent: str | Extent | None = None,
    division: int | None = None,
    data_year: int | None = None,
    boundaries: gpd.GeoDataFrame | None = None,
    error_m: float | None = None,
    source: str = "bundled",
    countries: Country | Iterable[Country] = (),
) -> Area:
    """Resolve an extent of a zone or network in a year.

    The extent's codes are carried from the division in which they are documented to the division
    of the year. A member that merged with a non-member brings it in from then on, and a note says
    so. People are those of the newest year, not after `year`, for which all members have an exact
    figure.

    Parameters
    ----------
    zone
        A zone or network, any of its names, the path of a zone file of your own, a list of
        municipalities by name or code, or an area, to move to another extent or year.
    year
        The state of the world: the division in force and people at its end, 2013 to 2026; the
        newest, or the area's own, where not given.
    extent
        Id of a documented extent; the default extent where not given. Also an extent itself, as
        `zones.corridor` computes them, or its id (``corridor-25km``, ``spine-passes``).
    division, data_year
        Part the two meanings of `year` for those who need it.
    boundaries
        A user's own boundaries in place of the bundled ones: as `geodata.read_boundaries` gives
        them, or a GeoDataFrame with a column of codes or names. Those of an older division are
        carried to the one asked for. One country is enough: the other has its bundled ones.
    error_m
        How far the borders given stray, in metres at 90 %: about the width of a line at their
        scale. Without it figures on them have no bounds. An area's own is kept with its boundaries.
    source
        ``"latest"``: use what `zones data update` has fetched where it is newer or finer, and
        name it; nothing is asked of the network. ``"bundled"``: what comes with the package.
    countries
        More countries, of `geodata.read_country` or `geodata.read_lau`: as of
        `geodata.use_countries`, for the rest of the session.

    Returns
    -------
    Area
        The members with names, regions, people and geometry, in EPSG:3067 where all lie in Finland
        and northern Sweden (`geodata.countries.plane_of`). For divisions without bundled
        boundaries (2013-2020) the geometry is missing and a note says why.

    Raises
    ------
    UnknownGroupError
        If no zone or network has that name.
    CatalogueError
        If a zone file or a list of municipalities has faults.
    ExtentError
        If it is a theme, the zone has no such extent, or the group has no known members; if
        `error_m` is no distance, or of no boundaries given.
    YearError
        If a year is out of range.
    FileFormatError
        If `boundaries` are no polygons of municipalities.

    Examples
    --------
    >>> corridor = area("viitoskaytava", year=2022)
    >>> len(corridor.units), corridor.data_year
    (47, 2022)
    >>> len(area(corridor, year=2026).units)
    46
    >>> area(["Oulu", "Raahe"]).population_in(2022)
    235921
    """
    bring_in(countries)
    if isinstance(zone, Area):
        return _moved(
            zone, year=year, extent=extent, division=division, data_year=data_year,
            boundaries=boundaries, error_m=error_m, source=source,
        )  # fmt: skip
    group = group_of(zone)
    year = NEWEST_DIVISION if year is None else year
    division = _checked_division(year if division is None else division)
    said: list[Text] = []
    if boundaries is not None:
        credit = credit_of(boundaries)
        boundaries, said = given_boundaries(boundaries, division)
    chosen = chosen_extent(group, extent, year=division, boundaries=boundaries)
    _check_data_year(data_year)
    if source not in _SOURCES:
        raise ExtentError(unknown("source", source, _SOURCES))
    _check_error(error_m, boundaries)
    lines: dict[str, str | Text] = {}
    if source == "latest" and boundaries is None:
        boundaries = _fetched_boundaries(division, chosen, lines)
    elif boundaries is not None:
        lines["boundaries"] = credit
    found = polygons(division, chosen.units, boundaries, error_m=error_m)
    frames, notes = found.frames, (*said, *found.notes)
    members, merged = _carried(chosen, division, frames)
    notes = (*notes, *claimed_twice(frames, members, found.own))
    if merged:
        notes = (*notes, Text.of("measures.note.brought_in", units=tuple(merged)))
    people = {c: figures_by_unit(frame.index, division, c) for c, frame in frames.items()}
    if source == "latest":
        _add_fetched_people(people, max(division, BOUNDARY_YEARS[0]), lines)
    people_until = year if data_year is None else data_year
    known = _year_of_all(people, members, people_until)
    frames = {c: _with_population(frame, people[c], known) for c, frame in frames.items()}
    units = pd.concat([frame.loc[frame.index.isin(members)] for frame in frames.values()])
    return Area(
        group=group,
        extent=chosen,
        year=year,
        division=division,
        data_year=known,
        units=units,
        municipalities=frames,
        people=people,
        people_until=people_until,
        border_error_km=found.error_km,
        own_countries=found.own,
        sea=found.sea,
        credits=lines,
        notes=notes,
    )


def until(base: Area, data_year: int) -> Area:
    """Return an area with no figures on people newer than a year, as `area` with ``data_year``.

    Parameters
    ----------
    base
        The area; everything but its people stays.
    data_year
        The year.

    Examples
    --------
    >>> corridor = area("viitoskaytava")
    >>> until(corridor, 2020).data_year, corridor.data_year
    (2020, 2025)
    """
    _check_data_year(data_year)
    members = base.units.index
    known = _year_of_all(base.people, members, data_year)
    frames = {
        country: _with_population(frame, base.people[country], known)
        for country, frame in base.municipalities.items()
    }
    units = pd.concat([frame.loc[frame.index.isin(members)] for frame in frames.values()])
    return replace(
        base, data_year=known, people_until=data_year, municipalities=frames, units=units
    )


def bring_in(countries: Country | Iterable[Country]) -> None:
    """Use countries for the rest of the session; none given changes nothing."""
    if isinstance(countries, Country) or (given := tuple(countries)):
        geodata.use_countries(countries if isinstance(countries, Country) else given)


def as_area(subject: Subject) -> Area:
    """Return an area as it is; anything else that names a zone in its default extent and year.

    Examples
    --------
    >>> as_area("viitoskaytava")
    <Area viitoskaytava, extent with-ita-lappi: 46 municipalities, ...>
    """
    return subject if isinstance(subject, Area) else area(subject)


def data_of(base: Area) -> dict[str, Any]:
    """Return what an area was resolved from, as `zones.area` takes it: nothing if bundled."""
    given = isinstance(base.credits.get("boundaries"), Text)
    fetched = any(key != "boundaries" or not given for key in base.credits)
    data: dict[str, Any] = {"source": "latest"} if fetched else {}
    if given:
        frames = [base.municipalities[land] for land in base.own_countries]
        data["boundaries"] = pd.concat(frames).drop(columns="population")
        error = base.border_error_km[base.own_countries[0]]
        data["error_m"] = None if error is None else error * M_PER_KM
    return data


def _moved(base: Area, **asked: Any) -> Area:
    """Return the area in another extent or year; what is not asked for stays."""
    asked = {name: value for name, value in asked.items() if value is not None}
    if asked.get("source") == "bundled":
        del asked["source"]
    if not asked:
        return base
    kept: dict[str, Any] = {"extent": kept_extent(base.extent), **data_of(base)}
    if "boundaries" in asked:
        kept.pop("error_m", None)
    if "year" not in asked:
        kept |= {"year": base.year, "division": base.division}
        if base.people_until != base.year:
            kept["data_year"] = base.people_until
    return area(base.group, **(kept | asked))


def _checked_division(year: int) -> int:
    if not hasattr(year, "__index__") or year not in YEARS:
        raise YearError(
            f"year {year!r} is out of range: give a whole year in {YEARS[0]}-{YEARS[-1]}, "
            "whose divisions are known"
        )
    return int(year)


def _check_data_year(year: int | None) -> None:
    known = range(POPULATION_YEARS[0], YEARS[-1] + 1)
    if year is not None and (not hasattr(year, "__index__") or year not in known):
        raise YearError(
            f"data year {year!r} is out of range: give a year in {known[0]}-{known[-1]}; "
            "the newest figures not after it are used"
        )


def _check_error(error_m: Any, boundaries: gpd.GeoDataFrame | None) -> None:
    if error_m is None:
        return
    if boundaries is None:
        raise ExtentError(f"error_m={error_m!r} is of boundaries given: give boundaries= as well")
    number = isinstance(error_m, int | float | np.number) and not isinstance(error_m, bool)
    if not number or not 0 < error_m <= _MOST_ERROR_M:
        raise ExtentError(
            f"error_m={error_m!r} is no distance that borders stray: give metres above 0 and up to "
            f"{_MOST_ERROR_M}, such as 20"
        )


def _carried(
    chosen: Extent, division: int, frames: Mapping[str, gpd.GeoDataFrame]
) -> tuple[pd.Index, list[str]]:
    """Carry the extent's codes to a division; also say which non-members a merger brought in."""
    everyone = {unit for frame in frames.values() for unit in frame.index}
    members = pd.Index(carried(chosen.units, chosen.division, division))
    missing = [unit for unit in members if unit not in everyone]
    if missing:
        raise ExtentError(
            f"extent {chosen.id!r} of {chosen.group} needs {', '.join(missing)}, "
            f"not in the boundaries given{_whole_division(everyone)}: give boundaries that hold "
            "all its municipalities"
        )
    return members, sorted(brought_in(chosen.units, chosen.division, division))


def _whole_division(units: Iterable[str]) -> str:
    """Say of which years units are the whole division of their countries, if of any."""
    lands = known.in_order(units)
    exact = [
        year
        for year in YEARS
        if set(units) == {unit for unit in division_ids(year) if unit.partition("_")[0] in lands}
    ]
    return f" (the division of {exact[0]}-{exact[-1]}: give year={exact[-1]})" if exact else ""


def _fetched_boundaries(
    division: int, extent: Extent, lines: dict[str, str | Text]
) -> gpd.GeoDataFrame | None:
    """Return fetched boundaries of the home country, if the extent is in it; note their line."""
    from zones.extents.fetched import fetched_boundaries  # noqa: PLC0415 - only when asked for

    inside = known.home().code in known.in_order(extent.units)
    fetched = fetched_boundaries(division) if inside else None
    if fetched is None:
        return None
    lines["boundaries"] = fetched.line
    return fetched.data


def _add_fetched_people(
    people: dict[str, pd.DataFrame], division: int, lines: dict[str, str | Text]
) -> None:
    from zones.extents.fetched import fetched_people  # noqa: PLC0415 - only when asked for

    figures, credit = fetched_people(division)
    table = people.get(known.home().code)
    if table is None:
        return
    for year in figures.columns:
        table[year] = figures[year].reindex(table["figure_unit"].to_numpy()).to_numpy()
    years = sorted(table.columns.drop("figure_unit"))
    people[known.home().code] = table[["figure_unit", *years]]
    lines |= {f"people-{year}": line for year, line in credit.items()}


def _year_of_all(people: Mapping[str, pd.DataFrame], members: pd.Index, until: int) -> int | None:
    """Return the newest year, until another, for which every member has a figure."""
    known = []
    for table in people.values():
        inside = Incidence.among(table.index, {"": members})
        if inside.matrix.nnz:
            sums = totals(table, inside)
            known.append({int(year) for year in sums.columns[~np.isnan(sums.to_numpy()[0])]})
    years = set.intersection(*known) if known else set()
    return max((year for year in years if year <= until), default=None)


def _with_population(
    frame: gpd.GeoDataFrame, people: pd.DataFrame, year: int | None
) -> gpd.GeoDataFrame:
    """Add the column `population` of a year, missing for units that share their figure."""
    column = pd.Series(pd.NA, frame.index, dtype="Int64", name="population")
    if year is not None and year in people.columns:
        alone = ~people["figure_unit"].duplicated(keep=False)
        column = people[year].where(alone).astype("Int64").rename("population")
    names = [name for name in frame.columns if name not in {"population", "geometry"}]
    return frame.assign(population=column)[[*names, "population", "geometry"]]
