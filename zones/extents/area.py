"""An extent resolved in a year: the one record that every measure is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd

import geodata
from geodata import countries
from geodata.coverages.incidence import Incidence
from geodata.units import M_PER_KM
from zones.catalogue.finding import Given
from zones.extents.people import totals
from zones.extents.polygons import bundled_borders, bundled_contiguity
from zones.model.groups import Extent
from zones.model.viewed import Viewed
from zones.texts import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from pyproj import CRS

    from geodata.coverages.borders import BorderTable
    from geodata.coverages.contiguity import Contiguity
    from zones.model.groups import Network, Zone

__all__ = ["Area", "Subject"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Area(Viewed):
    """An extent resolved in a year: what every measure is computed from.

    Attributes
    ----------
    group
        The zone or network.
    extent
        The documented extent that was resolved.
    year
        The year asked for.
    division
        Year of the municipal division.
    data_year
        The newest year, not after `people_until`, for which every member has an exact number of
        people; missing where no year has all.
    units
        The members, indexed by ``lau_id``: names, region, `population` at `data_year` (nullable
        integers) and geometry in `crs`.
    municipalities
        All units of each country with members, and of the home country, with the same columns.
    people
        People on 31 December by unit and year, for each country. Divisions before 2021 have the
        figures of what their units have since become (column ``figure_unit``).
    people_until
        No figure on people is newer than this year.
    border_error_km
        How far the borders of each country stray, in km, at 90 %; missing where the scale of its
        boundaries is not known.
    own_countries
        Countries whose boundaries are not the bundled ones.
    sea
        Whether the polygons of each country hold the sea: ``no``, ``yes`` or ``unknown``.
    credits
        Lines that credit data which are not bundled: of ``boundaries``, and of people by year.
    notes
        What a reader must know about the resolution: mergers, missing boundaries, missing figures.
    """

    group: "Zone | Network"
    extent: Extent
    year: int
    division: int
    data_year: int | None
    units: gpd.GeoDataFrame
    municipalities: Mapping[str, gpd.GeoDataFrame]
    people: Mapping[str, pd.DataFrame]
    people_until: int
    border_error_km: Mapping[str, float | None]
    own_countries: tuple[str, ...] = ()
    sea: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str | Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Countries with at least one member, in the order of `geodata.countries.countries`."""
        return countries.in_order(self.units.index)

    @cached_property
    def home(self) -> str:
        """Country that shares of a country are of."""
        return countries.home(self.countries).code

    @property
    def given(self) -> bool:
        """Whether one of its countries was made from a user's file."""
        return any(countries.country(code).given for code in self.municipalities)

    @property
    def keys(self) -> tuple[str | None, ...]:
        """Keys of a measure by country: None for the whole, and each country looked at."""
        return (None, *self.beside)

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """Countries of the members, and those that are looked at together with them."""
        return tuple(record.code for record in countries.beside(self.countries))

    @property
    def crs(self) -> "CRS":
        """Plane in which its areas and distances are computed: `geodata.countries.plane_of`."""
        crs: CRS = self.units.crs
        return crs

    @cached_property
    def has_boundaries(self) -> bool:
        """Whether the division has polygons, also in the home country."""
        frames = self.municipalities.values()
        bare = any(frame.geometry.isna().all() for frame in frames)
        return not (bare or bool(self.units.geometry.isna().any()))

    @cached_property
    def unit_names(self) -> Mapping[str, tuple[str, ...]]:
        """Names of all units of the countries looked at, in Finnish, Swedish and English."""
        found: dict[str, tuple[str, ...]] = {}
        for frame in self.municipalities.values():
            columns = (frame[f"name_{lang}"].astype(str) for lang in LANGUAGES)
            found |= zip(frame.index, zip(*columns, strict=True), strict=True)
        return found

    @cached_property
    def borders(self) -> "Mapping[str, BorderTable]":
        """Border table of each country's whole coverage."""
        return {
            country: geodata.border_table(frame.geometry)
            if country in self.own_countries
            else bundled_borders(self.division, country)
            for country, frame in self.municipalities.items()
        }

    @property
    def own_boundaries(self) -> bool:
        """Whether the boundaries of a country are not the bundled ones."""
        return bool(self.own_countries)

    @cached_property
    def contiguity(self) -> "Mapping[str, Contiguity]":
        """The neighbours over land in each country, as facts where they are known."""
        found = {}
        for country, frame in self.municipalities.items():
            if country not in self.own_countries:
                found[country] = bundled_contiguity(self.division, country)
                continue
            error = self.border_error_km[country]
            error_m = None if error is None else error * M_PER_KM
            borders = self.borders[country]
            found[country] = geodata.contiguity(borders, frame.geometry, error_m=error_m)
        return found

    def members(self, country: str | None = None) -> pd.Index:
        """Return the ``lau_id`` of the members, of one country where asked."""
        index: pd.Index = self.units.index
        return index if country is None else self._members.get(country, index[:0])

    @cached_property
    def _members(self) -> Mapping[str, pd.Index]:
        index, of = self.units.index, self.units["country"]
        return {str(country): index[of == country] for country in of.unique()}

    def only(self, members: pd.Index) -> "Area":
        """Return the area of some of its members alone, with everything else as it is."""
        return replace(self, units=self.units.loc[members])

    def moved_to(self, crs: object) -> "Area":
        """Return the area in another plane, to be computed together with one that is in it."""
        if self.crs == crs:
            return self
        frames = {country: frame.to_crs(crs) for country, frame in self.municipalities.items()}
        return replace(self, units=self.units.to_crs(crs), municipalities=frames)

    def people_of(self, groups: Mapping[Any, pd.Index]) -> pd.DataFrame:
        """Return the people of groups of units by year, up to `people_until`.

        A row a group, a column a year; missing where a unit of the group has no figure.
        """
        tables = []
        for country in self.countries:
            figures = self.people[country]
            inside = Incidence.among(figures.index, groups)
            tables.append((totals(figures, inside), inside.counts == 0))
        found = {int(year) for table, _ in tables for year in table.columns}
        years = sorted(year for year in found if year <= self.people_until)
        sums = np.zeros((len(groups), len(years)))
        for table, absent in tables:
            known = table.reindex(columns=years).to_numpy(copy=True)
            known[absent] = 0.0  # who has no unit in a country has nobody there, in any year
            sums += known
        return pd.DataFrame(sums, index=pd.Index(list(groups), dtype=object), columns=years)

    @cached_property
    def _totals(self) -> Mapping[str | None, Mapping[int, int]]:
        """People of the members by country, None for all, and year; where all have a figure."""
        table = self.people_of({part: self.members(part) for part in (None, *self.countries)})
        years = [int(year) for year in table.columns]
        return {
            part: {
                year: int(total)
                for year, total in zip(years, row, strict=True)
                if not np.isnan(total)
            }
            for part, row in zip((None, *self.countries), table.to_numpy(), strict=True)
        }

    def population_in(self, year: int, country: str | None = None) -> int | None:
        """Return the members' people at the end of a year, or nothing where a figure is missing."""
        return self._totals[country].get(year)

    def years_with_people(self, country: str | None = None) -> tuple[int, ...]:
        """Return the years, up to `people_until`, with a figure for every member."""
        return tuple(self._totals.get(country, {}))

    def title(self, lang: Language | None = None) -> str:
        """Return the group's short name in a language."""
        return self.group.short_names.render(lang)

    def __repr__(self) -> str:
        """Say what was resolved, and with which years."""
        people = "no year with people for all"
        if self.data_year is not None:
            people = f"people at the end of {self.data_year}"
        number = len(self.units)
        return (
            f"<Area {self.group.id}, extent {self.extent.id}: "
            f"{number} {'municipality' if number == 1 else 'municipalities'}, "
            f"division of {self.division}, {people}>"
        )


Subject: TypeAlias = Given | Area
"""What a function of a zone takes: a name, a file, a list, a zone or network, or an area."""
