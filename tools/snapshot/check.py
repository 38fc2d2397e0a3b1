"""What the raw inputs must be before a snapshot is built from them."""

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

__all__ = [
    "POPULATION_FI",
    "POPULATION_FI_2025",
    "backdrop",
    "boundaries",
    "centres",
    "division_names",
    "mergers",
    "neighbours",
    "places",
    "population",
    "population_sweden",
]

UNITS = {2013: 320, 2015: 317, 2016: 313, 2017: 311, 2020: 310, 2021: 309, 2025: 308, 2027: 0}
"""Municipalities of Finland from each year on."""

POPULATION_FI = {
    "2000": 5_181_115,
    "2019": 5_525_292,
    "2020": 5_533_793,
    "2021": 5_548_241,
    "2022": 5_563_970,
}
"""People in Finland on 31 December, as Statistics Finland published it."""

POPULATION_FI_2025 = {"2025": 5_652_881}
"""People in Finland on 31 December 2025, as Statistics Finland published it."""

POPULATION_SE = {"24": {"2018": 270_154, "2020": 273_192}, "25": {"2018": 250_497, "2020": 249_614}}
"""People in the two counties on 31 December, as SCB published it."""

SWEDEN_IN_PART = {"2025": {"2480"}}
"""Of a county that is not whole in a year, the municipalities that have a figure (Umeå)."""

PAIRS_2021 = {"land": 781, "sea": 50}
"""Pairs of neighbours in the division of 2021, over land and through the sea only."""

DIVISIONS = {
    "maakunta": range(2013, 2027),
    "seutukunta": range(2013, 2027),
    "hyvinvointialue": range(2022, 2027),
}


def _raise(name: str, faults: list[str]) -> None:
    if faults:
        raise ValueError(f"{name}: " + "; ".join(faults))


def mergers(register: pd.DataFrame, mergers: pd.DataFrame) -> None:
    """Expect each yearly difference of the register as a row of the merger table."""
    by_year = {int(str(year)): set(codes) for year, codes in register.groupby("year")["code"]}
    faults = [
        f"{year} has {len(by_year.get(year, ()))} municipalities, expected {count}"
        for (year, count), nxt in zip(list(UNITS.items())[:-1], list(UNITS)[1:], strict=True)
        for year in range(year, nxt)
        if len(by_year.get(year, ())) != count
    ]
    if register.duplicated(["year", "code"]).any():
        faults.append("a municipality has two rows in a year")
    for year in sorted(by_year)[1:]:
        gone, new = by_year[year - 1] - by_year[year], by_year[year] - by_year[year - 1]
        rows = mergers[mergers["in_force"] == f"{year}-01-01"]
        if gone != set(rows["code"]):
            faults.append(f"{year}: {sorted(gone)} ended, the table has {sorted(rows['code'])}")
        if new:
            faults.append(f"{year}: {sorted(new)} are new codes, which no merger gives")
        if not set(rows["successor"]) <= by_year[year]:
            faults.append(f"{year}: a successor is not in force")
    listed = {f"{year}-01-01" for year in sorted(by_year)[1:]}
    if not set(mergers["in_force"]) <= listed:
        faults.append("a merger takes effect outside the years of the register")
    if not register["code"].str.fullmatch(r"\d{3}").all():
        faults.append("a code is not three digits")
    _raise("register and mergers", faults)


def division_names(register: pd.DataFrame, names: pd.DataFrame) -> None:
    """Expect a name in that year for each code that a municipality has."""
    faults = []
    for division, years in DIVISIONS.items():
        rows = register[register["year"].astype(int).isin(years)]
        used = set(zip(rows["year"], rows[division], strict=True))
        part = names[names["division"] == division]
        named = set(zip(part["year"], part["code"], strict=True))
        faults += [f"{division} {code!r} of {year} has no name" for year, code in used - named]
    if names.duplicated(["year", "division", "code"]).any():
        faults.append("a code has two names in a year")
    _raise("division names", sorted(faults))


def boundaries(frame: gpd.GeoDataFrame, *, codes: set[str], epsg: int) -> None:
    """Expect a multipolygon for each code and no other, and a valid coverage."""
    faults = []
    if frame.crs is None or frame.crs.to_epsg() != epsg:
        faults.append(f"coordinates are {frame.crs}, expected EPSG:{epsg}")
    if missing := codes - set(frame["code"]):
        faults.append(f"no polygon for {sorted(missing)}")
    if extra := set(frame["code"]) - codes:
        faults.append(f"{sorted(extra)} are not in the register")
    if not frame["code"].is_unique:
        faults.append("a code is there twice")
    if not frame.is_valid.all():
        faults.append(f"invalid polygons: {sorted(frame.loc[~frame.is_valid, 'code'])}")
    elif not frame.geometry.is_valid_coverage():
        bad = ~shapely.is_empty(shapely.coverage_invalid_edges(frame.geometry.to_numpy()))
        faults.append(f"not a valid coverage at {sorted(frame.loc[bad, 'code'])}")
    _raise("boundaries", faults)


def population(people: pd.DataFrame, *, codes: set[str], sums: dict[str, int]) -> None:
    """Expect a whole number for each code and year, and the total of each year in `sums`."""
    faults = []
    if people.duplicated(["code", "year"]).any():
        faults.append("a municipality has two figures in a year")
    for year, rows in people.groupby("year"):
        if set(rows["code"]) != codes:
            faults.append(f"{year}: {sorted(set(rows['code']) ^ codes)} missing or not in force")
    faults += _wrong_sums(people, sums)
    _raise("population", faults)


def population_sweden(people: pd.DataFrame, *, codes: set[str]) -> None:
    """Expect whole counties with their totals, but for what is known to be in part."""
    faults = []
    if people.duplicated(["code", "year"]).any():
        faults.append("a municipality has two figures in a year")
    counties = people["code"].str[:2]
    for (county, year), rows in people.groupby([counties, people["year"]]):
        whole = {code for code in codes if code[:2] == county}
        known = set(rows["code"])
        if known not in (whole, SWEDEN_IN_PART.get(str(year))):
            faults.append(f"{year}: county {county} is known in part only")
    for county, sums in POPULATION_SE.items():
        faults += _wrong_sums(people[counties == county], sums)
    _raise("Swedish population", faults)


def _wrong_sums(people: pd.DataFrame, sums: dict[str, int]) -> list[str]:
    if not people["population"].str.fullmatch(r"\d+").all():
        return ["a population is not a whole number"]
    found = people["population"].astype(int).groupby(people["year"]).sum()
    return [
        f"{year} adds up to {found.get(year, 0):,} people, expected {total:,}"
        for year, total in sums.items()
        if found.get(year) != total
    ]


def neighbours(pairs: pd.DataFrame, *, codes: set[str]) -> None:
    """Expect each pair once, its codes in order and in force, and the known number of pairs."""
    faults = []
    if unknown := (set(pairs["left"]) | set(pairs["right"])) ^ codes:
        faults.append(f"{sorted(unknown)} have no neighbour or are not in force")
    if pairs.duplicated(["left", "right"]).any() or not (pairs["left"] < pairs["right"]).all():
        faults.append("a pair is there twice, or not in order")
    if (found := pairs["border"].value_counts().to_dict()) != PAIRS_2021:
        faults.append(f"{len(pairs)} pairs, expected {PAIRS_2021}: found {found}")
    _raise("neighbours", faults)


def centres(centres: pd.DataFrame, register: pd.DataFrame, sweden: set[str]) -> None:
    """Expect a centre for each municipality since 2021, its two positions in one place."""
    faults = []
    finnish = set(centres.loc[centres["country"] == "FI", "code"])
    swedish = set(centres.loc[centres["country"] == "SE", "code"])
    in_force = set(register.loc[register["year"].astype(int) >= 2021, "code"])
    if missing := in_force - finnish:
        faults.append(f"no centre for {sorted(missing)}")
    if extra := (finnish - set(register["code"])) | (swedish - sweden):
        faults.append(f"{sorted(extra)} are not in the register")
    if centres.duplicated(["country", "code"]).any():
        faults.append("a municipality has two centres")
    points = gpd.points_from_xy(centres["lon"].astype(float), centres["lat"].astype(float))
    metric = gpd.GeoSeries(points, crs=4326).to_crs(3067)
    written = gpd.points_from_xy(
        centres["easting"].astype(float), centres["northing"].astype(float), crs=3067
    )
    apart = metric.distance(gpd.GeoSeries(written), align=False) > 1.0
    if apart.any():
        faults.append(f"two positions a metre apart: {sorted(centres.loc[apart, 'code'])}")
    _raise("centres", faults)


def places(places: pd.DataFrame, finland: set[str], sweden: set[str]) -> None:
    """Expect every place in a municipality that is or was."""
    known = {"FI": finland, "SE": sweden}
    bad = [
        f"{row.name}: {row.municipality_code}"
        for row in places.itertuples(index=False)
        if row.municipality_code not in known.get(str(row.country), ())
    ]
    if not places["geonameid"].is_unique:
        bad.append("an identifier is there twice")
    _raise("places in no municipality", bad)


def backdrop(layer: str, collection: Any) -> None:
    """Expect valid shapes of the kind that the layer draws."""
    parts = shapely.get_parts(collection)
    kind = "LineString" if layer == "borders" else "Polygon"
    faults = [f"{p.geom_type} at {p.bounds}" for p in parts if p.geom_type != kind]
    faults += [f"not valid at {p.bounds}" for p in parts if not p.is_valid]
    _raise(f"backdrop {layer}", faults)
