"""Countries of a layer of Europe's municipalities, or of a layer of one country's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from geodata.boundaries.country import as_country, column_of_countries, columns_of
from geodata.countries import Country
from geodata.countries.finland import FINLAND
from geodata.countries.sweden import SWEDEN
from geodata.errors import FileFormatError
from geodata.files.spatial import read_spatial
from geodata.messages import listed

__all__ = ["read_lau"]

# Eurostat's layer has all of these and people or areas; a file of another's may have borrowed some.
_GISCO = frozenset({"gisco_id", "cntr_code", "lau_id", "lau_name"})
_GISCO_FIGURES = re.compile(r"pop_\d{4}|area_km2")
# Required of whoever shows Eurostat's boundaries.
_GISCO_LINE = "© EuroGeographics for the administrative boundaries"


def read_lau(
    path: str | Path,
    *,
    countries: str | Iterable[str] | None = None,
    id_column: str | None = None,
    name_column: str | None = None,
    people_column: str | Mapping[str, int] | None = None,
    layer: str | None = None,
    crs: object = None,
    error_m: float | None = None,
    credit: str | None = None,
    check: bool = True,
) -> tuple[Country, ...]:
    """Make countries of Eurostat's (GISCO's) layer of local administrative units.

    Read are ``GISCO_ID``, ``CNTR_CODE``, ``LAU_NAME`` and ``POP_2023`` or whatever years of people
    it has; negative people mean that they are not known. See `read_country` for what such a
    country has and lacks. A layer of one country needs no ``CNTR_CODE``: `countries` says which
    it is.

    Parameters
    ----------
    path
        The file, in any format that `read_country` takes.
    countries
        Codes of those to take: ``"NO"``, ``"NO,DE"`` or a list. By default all but those that are
        bundled, which know more of theirs; one of these can be looked at, and not be used.
    id_column, name_column, people_column, layer, crs, error_m
        As in `read_country`, for all of them.
    credit
        The line to credit. By default that of Eurostat's layer, which is known by its
        columns, and of a file of your own its name.
    check
        As in `read_country`.

    Returns
    -------
    tuple of geodata.countries.Country
        In the order asked for, else of their codes.

    Raises
    ------
    FileFormatError, IdentifierError, CoverageError
        As in `read_country`; or the file has no such country, or does not say of which its rows
        are, and `countries` is not one.

    Examples
    --------
    >>> lau = read_lau("LAU_RG_01M_2023_3035.gpkg", countries="NO,DE")  # doctest: +SKIP
    >>> [(one.code, one.names["en"]) for one in lau]  # doctest: +SKIP
    [('NO', 'Norway'), ('DE', 'Germany')]
    """
    source, name = str(path), Path(path).name
    frame = read_spatial(path, layer=layer)
    parts = countries.split(",") if isinstance(countries, str) else list(countries or ())
    wanted = list(dict.fromkeys(str(part).strip().upper() for part in parts))
    column = column_of_countries(frame)
    if column is None:
        if len(wanted) != 1:
            raise FileFormatError(
                f"{source}: no column says of which country a row is (CNTR_CODE); it has "
                f"{columns_of(frame)}. If all are of one, give countries= its two "
                "letters, such as NO"
            )
    else:
        held = sorted(set(frame[column].dropna().astype(str)))
        lacking = [one for one in wanted if one not in held]
        if lacking:
            raise FileFormatError(
                f"{source}: no row of {listed(lacking)} in column {column!r}, which has "
                f"{listed(held, most=50)}; give countries= of these"
            )
        wanted = wanted or [one for one in held if one not in (FINLAND.code, SWEDEN.code)]
        if not wanted:
            raise FileFormatError(
                f"{source}: has no country but {listed(held) or 'none'} in column {column!r}, "
                "which is bundled: borders of that are read with geodata.read_boundaries(FILE)"
            )
    line = credit or (f"{_GISCO_LINE} ({name})" if _is_gisco(frame.columns) else name)
    return tuple(
        as_country(
            frame,
            code=one,
            id_column=id_column,
            name_column=name_column,
            people_column=people_column,
            crs=crs,
            error_m=error_m,
            credit=line,
            check=check,
            source=source,
        )
        for one in wanted
    )


def _is_gisco(columns: Iterable[object]) -> bool:
    """Whether columns are those of Eurostat's layer, by more than one mark."""
    called = {str(column).casefold() for column in columns}
    return called >= _GISCO and any(_GISCO_FIGURES.fullmatch(name) for name in called)
