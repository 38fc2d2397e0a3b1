"""Facts of the units drawn, as columns: names, region, newest people, centre."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.countries import codes
from geodata.places import populated_places
from geodata.register.carried import heirs
from geodata.register.divisions import YEARS, municipality_register
from geodata.units import M2_PER_KM2, M_PER_KM
from zones.extents.people import own_figures
from zones.maps.shapes import Shapes
from zones.maps.web.encode import DECIMALS

__all__ = ["UnitColumns", "former_names", "place_names", "unit_columns"]


@dataclass(frozen=True)
class UnitColumns:
    """Columns of the units, the regions they point to, and the years of people as text, if any."""

    columns: dict[str, list[Any]]
    regions: list[dict[str, str]]
    people_years: str


def unit_columns(shapes: Shapes, decimals: int = DECIMALS) -> UnitColumns:
    """Return the facts of the units in the order drawn; centres one digit finer than borders."""
    units = shapes.units
    regions, region = _regions(units)
    people = _people(units.index, shapes.division) if shapes.known else _own_people(units)
    centre = shapes.centres.reindex(units.index)
    former = former_names(shapes.division) if shapes.known else {}
    places = place_names(shapes.division) if shapes.known else {}
    names = {lang: _name(units, lang) for lang in ("fi", "sv", "en")}
    columns: dict[str, list[Any]] = {
        "id": [str(unit) for unit in units.index],
        "country": _values(units.get("country", [None] * len(units)), str),
        "fi": names["fi"],
        "sv": _unless_same(names["sv"], names["fi"]),
        "en": _unless_same(names["en"], names["fi"]),
        "region": region,
        "area": [round(area / M2_PER_KM2, 2) for area in units.geometry.area],
        **{name: _values(people[name], _plain) for name in people.columns},
        "lat": _rounded(centre["lat"], decimals + 1),
        "lon": _rounded(centre["lon"], decimals + 1),
        "x": _rounded(centre["x"] / M_PER_KM, 2),
        "y": _rounded(centre["y"] / M_PER_KM, 2),
        "former": [former.get(str(unit), []) for unit in units.index],
        "places": [
            [place for place in places.get(str(unit), []) if place not in own]
            for unit, *own in zip(units.index, *names.values(), strict=True)
        ],
    }
    known = sorted({int(year) for year in people["people_year"].dropna()}) if shapes.known else []
    ends = known[:: max(len(known) - 1, 1)]
    return UnitColumns(columns, regions, "–".join(map(str, ends)))


def former_names(division: int) -> dict[str, list[str]]:
    """
    Names under which a unit's area was known before: merged municipalities, changed names.

    Examples
    --------
    >>> former_names(2026)["FI_507"]
    ['Pertunmaa']
    """
    found: dict[str, dict[str, None]] = {}
    registers = {year: municipality_register(year) for year in YEARS if year <= division}
    now = registers[division][["name_fi", "name_sv"]]
    current = {unit: set(names) for unit, *names in now.itertuples()}
    for year, register in registers.items():
        heir = heirs(year, division)
        for column in ("name_fi", "name_sv"):
            for unit, name in zip(register.index.map(heir), register[column], strict=True):
                if isinstance(name, str) and name not in current[unit]:
                    found.setdefault(str(unit), {})[name] = None
    return {unit: list(names) for unit, names in found.items()}


def place_names(division: int) -> dict[str, list[str]]:
    """
    Names of towns and villages by the unit that they are in, its own and former names left out.

    Many are of municipalities that were merged before the register begins. The list does not say
    which, nor does it have them all.

    Examples
    --------
    >>> {"Haukipudas", "Oulunsalo"} <= set(place_names(2026)["FI_564"])
    True
    """
    registers = [municipality_register(year) for year in YEARS if year <= division]
    own = {name for register in registers for name in (*register["name_fi"], *register["name_sv"])}
    places = populated_places()
    found: dict[str, list[str]] = {}
    for unit, name in zip(_holders(places["lau_id"], division), places["name"], strict=True):
        if name not in own:
            found.setdefault(unit, []).append(name)
    return {unit: sorted(set(names)) for unit, names in found.items()}


def _holders(units: "pd.Series[str]", division: int) -> list[str]:
    """Return units of any division of the register as those of a later one that hold them."""
    heir = {
        unit: holder
        for year in YEARS
        if year <= division
        for unit, holder in heirs(year, division).items()
    }
    return [heir.get(unit, unit) for unit in units]


def _people(index: pd.Index, division: int) -> pd.DataFrame:
    rows = []
    for country in codes():
        units = index[index.str.startswith(f"{country}_")]
        series = own_figures(units, division, country)
        for unit, figures in zip(series.index, series.to_numpy(), strict=True):
            known = [
                (int(year), int(value))
                for year, value in zip(series.columns, figures, strict=True)
                if not pd.isna(value)
            ]
            if known:
                rows.append((unit, known[-1][1], known[-1][0]))
    names = ["id", "people", "people_year"]
    return pd.DataFrame(rows, columns=names).set_index("id").reindex(index)


def _own_people(units: gpd.GeoDataFrame) -> pd.DataFrame:
    empty = pd.Series([None] * len(units), units.index, dtype="object")
    return pd.DataFrame(
        {
            "people": units.get("population", empty),
            "people_year": units.get("population_year", empty),
        }
    )


def _regions(units: gpd.GeoDataFrame) -> tuple[list[dict[str, str]], list[int | None]]:
    if "region_fi" not in units:
        return [], [None] * len(units)
    numbers: dict[str, int] = {}
    regions: list[dict[str, str]] = []
    column: list[int | None] = []
    for row in units[["region", "region_fi", "region_sv", "region_en", "country"]].itertuples():
        if pd.isna(row.region_fi):
            column.append(None)
            continue
        key = f"{row.country}-{row.region}"
        if key not in numbers:
            numbers[key] = len(regions)
            named = {"fi": row.region_fi, "sv": row.region_sv, "en": row.region_en}
            regions.append({lang: name for lang, name in named.items() if isinstance(name, str)})
        column.append(numbers[key])
    return regions, column


def _name(units: gpd.GeoDataFrame, lang: str) -> list[Any]:
    for column in (f"name_{lang}", "name_fi", "name"):
        if column in units:
            return _values(units[column], str)
    return [str(unit) for unit in units.index]


def _unless_same(names: list[Any], others: list[Any]) -> list[Any]:
    return [None if name == other else name for name, other in zip(names, others, strict=True)]


def _values(column: Iterable[Any], write: Callable[[Any], Any]) -> list[Any]:
    return [None if pd.isna(value) else write(value) for value in column]


def _plain(value: Any) -> float:
    number = float(value)
    return int(number) if number.is_integer() else number


def _rounded(column: "pd.Series[Any]", digits: int) -> list[float | None]:
    return _values(column, lambda value: round(float(value), digits))
