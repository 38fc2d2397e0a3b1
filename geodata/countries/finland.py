"""Finland: divisions since 2013, people since 2000, borders and neighbours since 2021."""

import datetime as dt
import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from geodata.countries import bundled
from geodata.countries.record import LANGUAGES, YEARS, Country, Merger

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FINLAND"]

_CODE = "FI"
_STANDARD = ("region", "sub_region", "wellbeing_county")
_CLASSIFICATIONS = MappingProxyType(
    {
        "region": "maakunta",
        "sub_region": "seutukunta",
        "wellbeing_county": "hyvinvointialue",
        "major_region": "suuralue",
        "nuts2": "nuts2",
        "nuts3": "nuts3",
        "ely": "ely",
        "evk": "evk",
        "avi": "avi",
        "employment_area": "tyollisyysalue",
        "electoral_district": "vaalipiiri",
        "language_status": "kielisuhde",
        "urban_rural": "kuntaryhmitys",
    }
)


def _rows(year: int) -> "pd.DataFrame":
    rows = bundled.table("register.csv")
    rows = rows[rows["year"] == str(year)]
    return rows.set_axis(f"{_CODE}_" + rows["code"]).rename_axis("lau_id")


@functools.cache
def _division_names() -> "dict[tuple[str, str], pd.DataFrame]":
    """Return the names of the parts of each division by year and division."""
    names = bundled.table("division_names.csv")
    groups = names.groupby(["year", "division"])
    return {(str(year), str(division)): rows for (year, division), rows in groups}


@functools.cache
def _classified(year: int, key: str) -> "pd.DataFrame":
    source = _CLASSIFICATIONS[key]
    known = _division_names()
    # Not every division is there in every year.
    names = known.get((str(year), source), next(iter(known.values())).head(0)).set_index("code")
    codes = _rows(year)[source].replace("", None)
    columns = {f"{key}_{language}": codes.map(names[f"name_{language}"]) for language in LANGUAGES}
    frame = codes.to_frame(key).assign(**columns)
    return frame.astype(names.index.dtype).sort_index()


@functools.cache
def _units(year: int) -> "pd.DataFrame":
    names = _rows(year)[[f"name_{language}" for language in LANGUAGES]].sort_index()
    return names.join([_classified(year, key) for key in _STANDARD])


@functools.cache
def _mergers() -> tuple[Merger, ...]:
    rows = bundled.table("mergers.csv")
    return tuple(
        Merger(f"{_CODE}_{code}", f"{_CODE}_{successor}", dt.date.fromisoformat(day))
        for code, successor, day in zip(
            rows["code"], rows["successor"], rows["in_force"], strict=True
        )
    )


@functools.cache
def _neighbours() -> "pd.DataFrame":
    pairs = bundled.table("neighbours_fi_2021.csv")
    return pairs.assign(**{end: f"{_CODE}_" + pairs[end] for end in ("left", "right")})


FINLAND = Country(
    code=_CODE,
    names=MappingProxyType({"fi": "Suomi", "sv": "Finland", "en": "Finland"}),
    genitives=MappingProxyType({"fi": "Suomen", "sv": "Finlands", "en": "Finland"}),
    parts=MappingProxyType({"fi": "Suomen osa", "sv": "finländska delen", "en": "Finnish part"}),
    language="fi",
    beside=("SE",),
    digits=3,
    prefixes=("KU",),
    classifier="kunta",
    abroad=frozenset({"200"}),
    unplaced=frozenset({"198", "199"}),
    row_names=frozenset(
        {
            *("sss", "koko maa", "koko suomi", "suomi"),
            *("whole country", "whole finland", "finland"),
            *("hela landet", "hela finland"),
        }
    ),
    part_names=frozenset({"ma1", "manner suomi", "mainland finland", "fasta finland"}),
    area_prefixes=MappingProxyType(
        {
            "MK": "region",
            "SK": "sub_region",
            "HVA": "wellbeing_county",
            "HV": "wellbeing_county",
            "SA": "major_region",
            "ELY": "ely",
        }
    ),
    unknown=f"is not a municipality of Finland in any year {YEARS[0]}-{YEARS[-1]}",
    units=_units,
    classifications=_CLASSIFICATIONS,
    classified=_classified,
    mergers=_mergers,
    polygons=functools.partial(bundled.polygons, "boundaries_fi_2021.npz", _CODE),
    drawn_division=2021,
    drawn_years=range(2021, YEARS.stop),
    # Against the official areas of its municipalities.
    border_error_km=0.36,
    people=functools.partial(bundled.people, "population_fi.csv", _CODE),
    # Its units are those of 2021-2024, and the figures of former municipalities are not bundled.
    people_division=2023,
    people_divisions=range(2021, YEARS.stop),
    later_people=MappingProxyType(
        {2026: functools.partial(bundled.people, "population_fi_2025.csv", _CODE)}
    ),
    neighbours=_neighbours,
    neighbours_division=2021,
    seats=functools.partial(bundled.seats, _CODE),
    crs=MappingProxyType(
        {
            3067: "ETRS89 / TM35FIN(E,N)",
            2393: "KKJ / Finland Uniform Coordinate System",
            3879: "ETRS89 / GK25FIN",
        }
    ),
    line=functools.partial(bundled.credit, _CODE),
)
"""The record of Finland."""
