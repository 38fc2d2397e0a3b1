"""Extents in a year: which municipalities a zone or network is, with boundaries and people."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd

import geodata
from geodata import countries
from geodata.boundaries.bundled import BOUNDARY_YEARS
from geodata.countries.record import PLANE
from geodata.errors import NoGeometryError, YearError
from geodata.people import POPULATION_YEARS
from geodata.register.carried import brought_in, carried, heirs
from geodata.register.divisions import YEARS
from zones.catalogue.finding import group_of
from zones.errors import ExtentError
from zones.extents.area import Area, Subject
from zones.extents.corridors import chosen_extent, kept_extent
from zones.model.groups import Extent
from zones.texts import Named, Text

__all__ = ["area", "as_area", "data_of"]

NEWEST_DIVISION = YEARS[-1]
_GIVEN = "boundaries given by the user"


def area(
    zone: Subject,
    *,
    year: int | None = None,
    extent: str | Extent | None = None,
    division: int | None = None,
    data_year: int | None = None,
    boundaries: gpd.GeoDataFrame | None = None,
    source: str = "bundled",
) -> Area:
    """
    Resolve an extent of a zone or network in a year.

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
        them, or a GeoDataFrame with a column of codes or names.
    source
        ``"latest"``: use what `zones data update` has fetched where it is newer or finer, and
        name it; nothing is asked of the network. ``"bundled"``: what comes with the package.

    Returns
    -------
    Area
        The members with names, regions, people and geometry in EPSG:3067. For divisions without
        bundled boundaries (2013-2020) the geometry is missing and a note says why.

    Raises
    ------
    UnknownGroupError
        If no zone or network has that name.
    CatalogueError
        If a zone file or a list of municipalities has faults.
    ExtentError
        If it is a theme, the zone has no such extent, or the group has no known members.
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
    if isinstance(zone, Area):
        return _moved(
            zone, year=year, extent=extent, division=division, data_year=data_year,
            boundaries=boundaries, source=source,
        )  # fmt: skip
    group = group_of(zone)
    year = NEWEST_DIVISION if year is None else year
    division = _checked_division(year if division is None else division)
    if boundaries is not None:
        boundaries = _own_boundaries(boundaries, division)
    chosen = chosen_extent(group, extent, year=division, boundaries=boundaries)
    _check_data_year(data_year)
    if source not in ("bundled", "latest"):
        raise ExtentError(f"source {source!r} is not known: give 'bundled' or 'latest'")
    lines: dict[str, str] = {}
    if source == "latest" and boundaries is None:
        boundaries = _fetched_boundaries(division, lines)
    elif boundaries is not None:
        lines["boundaries"] = _GIVEN
    frames, notes = _frames(division, chosen.units, boundaries)
    own = tuple(c for c in frames if boundaries is not None and (boundaries["country"] == c).any())
    members, merged = _carried(chosen, division, frames)
    if merged:
        notes = (*notes, Text.of("measures.note.brought_in", units=tuple(merged)))
    people = {country: _people(country, frame, division) for country, frame in frames.items()}
    if source == "latest":
        _add_fetched_people(people, max(division, BOUNDARY_YEARS[0]), lines)
    resolved = Area(
        group=group,
        extent=chosen,
        year=year,
        division=division,
        data_year=None,
        units=_rows(frames, members),
        municipalities=frames,
        people=people,
        people_until=year if data_year is None else data_year,
        border_error_km={
            country: None if country in own else countries.country(country).border_error_km
            for country in frames
        },
        own_countries=own,
        credits=lines,
        notes=notes,
    )
    return _with_population(resolved, members)


def as_area(subject: Subject) -> Area:
    """
    Return an area as it is; anything else that names a zone in its default extent and year.

    Examples
    --------
    >>> as_area("viitoskaytava")
    <Area viitoskaytava, extent with-ita-lappi: 46 municipalities, ...>
    """
    return subject if isinstance(subject, Area) else area(subject)


def data_of(base: Area) -> dict[str, Any]:
    """Return what an area was resolved from, as `zones.area` takes it: nothing if bundled."""
    given = base.credits.get("boundaries") == _GIVEN
    fetched = any(key != "boundaries" or not given for key in base.credits)
    data: dict[str, Any] = {"source": "latest"} if fetched else {}
    if given:
        frames = [frame.drop(columns="population") for frame in base.municipalities.values()]
        data["boundaries"] = pd.concat(frames)
    return data


def _moved(base: Area, **asked: Any) -> Area:
    """Return the area in another extent or year; what is not asked for stays."""
    asked = {name: value for name, value in asked.items() if value is not None}
    if asked.get("source") == "bundled":
        del asked["source"]
    if not asked:
        return base
    kept: dict[str, Any] = {"extent": kept_extent(base.extent)}
    if "year" not in asked:
        kept |= {"year": base.year, "division": base.division, **data_of(base)}
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


def _own_boundaries(frame: gpd.GeoDataFrame, division: int) -> gpd.GeoDataFrame:
    """Return a user's boundaries with the register's columns, which the measures read."""
    ready = isinstance(frame, gpd.GeoDataFrame) and frame.index.name == "lau_id"
    if ready and frame.crs and {"country", "region", "name_fi"} <= set(frame.columns):
        return frame.to_crs(PLANE)
    return geodata.as_boundaries(frame, year=division, source="boundaries")


def _check_data_year(year: int | None) -> None:
    known = range(POPULATION_YEARS[0], YEARS[-1] + 1)
    if year is not None and (not hasattr(year, "__index__") or year not in known):
        raise YearError(
            f"data year {year!r} is out of range: give a year in {known[0]}-{known[-1]}; "
            "the newest figures not after it are used"
        )


def _frames(
    division: int, units: tuple[str, ...], boundaries: gpd.GeoDataFrame | None
) -> tuple[dict[str, gpd.GeoDataFrame], tuple[Text, ...]]:
    """Return every unit of the countries that the extent touches, and of the home country."""
    touched = countries.in_order(units)
    wanted = countries.in_order((*touched, countries.home(touched).code))
    frames, notes = {}, []
    for country in wanted:
        if boundaries is not None:
            part = boundaries[boundaries.index.str.startswith(f"{country}_")]
            if len(part):
                frames[country] = part
                notes += _lacking(part, division, country)
                continue
            if country in touched:
                continue
        try:
            frames[country] = geodata.municipalities(division, country=country)
        except NoGeometryError:
            register = geodata.municipality_register(division, country=country)
            frames[country] = gpd.GeoDataFrame(
                register, geometry=gpd.GeoSeries([None] * len(register), register.index), crs=PLANE
            )
            notes.append(
                Text.of(
                    "measures.note.no_boundaries",
                    division=str(division),
                    first=str(countries.country(country).drawn_years[0]),
                    last=str(countries.country(country).drawn_years[-1]),
                )
            )
    return frames, tuple(dict.fromkeys(notes))


def _lacking(frame: gpd.GeoDataFrame, division: int, country: str) -> list[Text]:
    """Say so where a user's boundaries are a part: shares and neighbours lack the rest."""
    known = geodata.municipality_register(division, country=country).index
    given = known.isin(frame.index).sum()
    if given == len(known):
        return []
    return [
        Text.of(
            "measures.note.part_of_boundaries",
            country=Named.in_three(**countries.country(country).genitives),
            given=int(given),
            known=len(known),
            division=str(division),
        )
    ]


def _carried(
    chosen: Extent, division: int, frames: Mapping[str, gpd.GeoDataFrame]
) -> tuple[pd.Index, list[str]]:
    """Carry the extent's codes to a division; also say which non-members a merger brought in."""
    everyone = {unit for frame in frames.values() for unit in frame.index}
    members = pd.Index(carried(chosen.units, chosen.division, division))
    brought = []
    if division >= chosen.division:
        brought = sorted(brought_in(chosen.units, chosen.division, division))
    missing = members[~members.isin(everyone)]
    if len(missing):
        msg = (
            f"extent {chosen.id!r} of {chosen.group} needs {', '.join(missing)}, "
            f"not in the boundaries given: give boundaries that hold all its municipalities"
        )
        raise ExtentError(msg)
    return members, brought


def _people(country: str, frame: gpd.GeoDataFrame, division: int) -> pd.DataFrame:
    """Return the figures of every unit, with the unit of 2021 or later that they are of."""
    divisions = countries.country(country).people_divisions
    figure_division = max(division, divisions[0])
    heir = heirs(division, figure_division)
    figure_unit = pd.Series([heir.get(unit, unit) for unit in frame.index], frame.index)
    series = geodata.population_series(division=figure_division, country=country)
    figures = series.reindex(figure_unit.to_numpy()).set_axis(frame.index)
    figures.insert(0, "figure_unit", figure_unit)
    return figures


def _fetched_boundaries(division: int, lines: dict[str, str]) -> gpd.GeoDataFrame | None:
    """Return fetched boundaries of the home country beside the others', and note their line."""
    from zones.extents.fetched import fetched_boundaries  # noqa: PLC0415 - only when asked for

    fetched = fetched_boundaries(division)
    if fetched is None:
        return None
    lines["boundaries"] = fetched.line
    home = countries.home()
    rest = [record.code for record in countries.countries() if record is not home]
    others = [geodata.municipalities(division, country=code) for code in rest]
    return pd.concat([fetched.frame, *others])


def _add_fetched_people(
    people: dict[str, pd.DataFrame], division: int, lines: dict[str, str]
) -> None:
    from zones.extents.fetched import fetched_people  # noqa: PLC0415 - only when asked for

    figures, credit = fetched_people(division)
    table = people.get(countries.home().code)
    if table is None:
        return
    for year in figures.columns:
        table[year] = figures[year].reindex(table["figure_unit"].to_numpy()).to_numpy()
    years = sorted(table.columns.drop("figure_unit"))
    people[countries.home().code] = table[["figure_unit", *years]]
    lines |= {f"people-{year}": line for year, line in credit.items()}


def _rows(frames: Mapping[str, gpd.GeoDataFrame], members: pd.Index) -> gpd.GeoDataFrame:
    return pd.concat([frame.loc[frame.index.isin(members)] for frame in frames.values()])


def _with_population(bare: Area, members: pd.Index) -> Area:
    """Add the column `population` at the newest year that all members have."""
    year = max(bare.years_with_people(), default=None)

    def filled(frame: gpd.GeoDataFrame, people: pd.DataFrame) -> gpd.GeoDataFrame:
        column = pd.Series(pd.NA, frame.index, dtype="Int64", name="population")
        if year is not None and year in people.columns:
            alone = ~people["figure_unit"].duplicated(keep=False)
            column = people[year].where(alone).astype("Int64").rename("population")
        names = [name for name in frame.columns if name not in ("population", "geometry")]
        return frame.assign(population=column)[[*names, "population", "geometry"]]

    frames = {
        country: filled(frame, bare.people[country])
        for country, frame in bare.municipalities.items()
    }
    return replace(bare, data_year=year, units=_rows(frames, members), municipalities=frames)
