"""Which columns of a boundary file are the code, the names, the year and the country."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geodata import countries as known
from geodata.errors import FileFormatError, IdentifierError
from geodata.messages import listed
from geodata.register.divisions import YEARS, division_with
from geodata.register.identifiers import find_faults, is_municipality, parse_ids
from geodata.register.names import repair

__all__ = [
    "MOST_MUNICIPALITIES",
    "SURFACES",
    "Columns",
    "column_of_codes",
    "recognise",
    "refuse_broken_names",
]

MOST_MUNICIPALITIES = 1000
"""More rows than this are no layer of ours alone."""

# In the order of preference: our own; GISCO LAU; Statistics Finland; the land survey; Statistics
# Sweden; and what people call it. GISCO's LAU_ID goes after GISCO_ID, which has the country.
_CODES = (
    *("gisco_id", "lau_id", "lau_code"),
    *("kunta", "kuntanro", "kuntanumero", "kuntakoodi", "kunta_nro"),
    *("natcode", "nationalcode"),
    *("kommunkod", "kommun_kod", "kommun_k", "knkod"),
    *("municipality_code", "mun_code", "code", "koodi", "kod"),
)
_NAMES = (
    *("name_fi", "name_sv", "name_en", "lau_name"),
    *("nimi", "namn", "name", "kuntanimi", "kunta_nimi", "kunta_name"),
    *("namefin", "nameswe"),
    *("kommun", "kommunnamn", "kommun_namn", "kommun_n", "knnamn"),
    "municipality_name",
)
_YEARS = ("vuosi", "year")
_COUNTRIES = ("cntr_code", "cntr_id", "country")
_LISTED = 5
_SHAPEFILE_NAME = 10
_HALF, _MOST = 0.5, 0.9

SURFACES = {
    "landarea": "land_km2",
    "freshwarea": "inland_water_km2",
    "seawarea": "sea_km2",
}
"""Columns of boundary files that say what of a municipality is land and what is water, in km2."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a boundary file, by what they hold.

    Attributes
    ----------
    code
        Municipality codes, or names where the user says so.
    names
        Names, the most likely first; may be empty.
    year, country
        The division's year and the country, where the file says them.
    """

    code: str
    names: tuple[str, ...]
    year: str | None
    country: str | None


def recognise(frame: pd.DataFrame, *, code: str | None, name: str | None, source: str) -> Columns:
    """Find the columns by the names that publishers give them, in any case.

    Those of ``code`` and ``name`` may be given; messages call the table ``source``. Raises
    `FileFormatError` where there is no such column, or none that is known to hold codes.
    """
    present = {str(column).casefold(): str(column) for column in frame.columns}
    shown = ", ".join(map(str, _fields(frame))) or "none"
    for given, what in ((code, "code"), (name, "name")):
        if given is not None and given not in list(frame.columns):
            raise FileFormatError(
                f"{source}: no column {given!r} ({what}=); columns found: {shown}"
            )
    named = _named(present, _CODES)
    found = [column for column in named if _are_codes(frame[column])] or _complete(frame) or named
    if code is None and not found:
        # Names may stand in for codes, where the user says which column has them.
        code = name
    if code is None and not found:
        raise FileFormatError(
            f"{source}: no column of municipality codes is recognised; {_likely(frame)} code= one "
            f"of the columns found: {shown}"
        )
    names = [column for column in _named(present, _NAMES) if not _are_codes(frame[column])]
    if name is not None:
        names = [name, *(column for column in names if column != name)]
    return Columns(
        code=found[0] if code is None else code,
        names=tuple(column for column in names if column != code),
        year=next((present[key] for key in _YEARS if key in present), None),
        country=next((present[key] for key in _COUNTRIES if key in present), None),
    )


def _fields(frame: pd.DataFrame) -> list[Hashable]:
    """Return the columns but those of polygons."""
    return [name for name, kind in frame.dtypes.items() if str(kind) != "geometry"]


def _likely(frame: pd.DataFrame) -> str:
    """Say which column holds municipalities for the most part, if one does."""
    best, most = "give", 0
    for column in _fields(frame):
        known = frame[column].dropna()
        distinct = known.drop_duplicates()
        numbers = pd.api.types.is_integer_dtype(distinct.dtype)
        if not len(distinct) or len(distinct) > MOST_MUNICIPALITIES:
            continue
        texts = distinct.map("{:03d}".format) if numbers else distinct
        ours = distinct[[isinstance(one, str) and is_municipality(one) for one in texts]]
        count = int(known.isin(ours).sum())
        # Numbers that count something are codes of a third of the municipalities by chance.
        if len(ours) > len(distinct) * (_MOST if numbers else _HALF) and count > most:
            what = ", integer_codes=True" if numbers else ""
            best = (
                f"column {column!r} holds municipalities in {count} of {len(frame)} rows: give "
                f"code={str(column)!r}{what}, or"
            )
            most = count
    return best


def _named(present: dict[str, str], keys: Iterable[str]) -> list[str]:
    """Return the columns of these names, or of as much of them as a Shapefile keeps."""
    whole = [present[key] for key in keys if key in present]
    cut = [key[:_SHAPEFILE_NAME] for key in keys if len(key) > _SHAPEFILE_NAME]
    return list(dict.fromkeys([*whole, *(present[key] for key in cut if key in present)]))


def _are_codes(column: pd.Series) -> bool:
    """Tell codes from names, since the names of both may be cut to the same ten letters."""
    known = column.dropna().astype("string")
    return len(known) > 0 and bool(known.str.contains(r"\d").mean() > _HALF)


def _complete(frame: pd.DataFrame) -> list[str]:
    """Return columns of text that hold every code of a division, whatever they are called."""
    found: list[str] = []
    for column, values in frame.items() if len(frame) <= MOST_MUNICIPALITIES else ():
        if pd.api.types.is_string_dtype(values.dtype) and _are_codes(values):
            units = set() if find_faults(values) else set(parse_ids(values))
            if units and any(units == division_with(units, year) for year in YEARS):
                found.append(str(column))
    return found


def column_of_codes(
    frame: gpd.GeoDataFrame, columns: Columns, *, integer_codes: bool, source: str
) -> pd.Series:
    """Return the codes as text, with the country where the file says it.

    Numbers raise `IdentifierError`, unless ``integer_codes`` takes whole ones for codes that have
    lost their leading zeros.
    """
    codes: pd.Series = frame[columns.code]
    # Codes of a country that writes them in no fixed length are left as they are.
    digits = {record.code: record.digits or 0 for record in known.countries()}
    fixed = [code for code, length in digits.items() if length]
    countries = None if columns.country is None else frame[columns.country].astype("string")
    if pd.api.types.is_numeric_dtype(codes):
        if not integer_codes:
            first = codes.dropna().iloc[:1].tolist()
            example = f"{int(first[0])} instead of '{int(first[0]):03d}'" if first else codes.dtype
            raise IdentifierError(
                f"{source}: column {columns.code!r} holds numbers ({example}), and codes are text "
                "with leading zeros; save the column as text, or give integer_codes=True to have "
                "them filled up"
            )
        home = known.home()
        lands = pd.Series(home.code, index=codes.index) if countries is None else countries
        codes = _filled_up(codes, lands.map(digits).fillna(home.digits or 0).astype(int))
    if countries is None:
        return codes
    # GISCO's LAU_ID is the national code alone, and other countries have a 091 too; theirs may be
    # anything, ours are digits, since a column of names may stand in for that of codes.
    bare = codes.astype("string").str.fullmatch(r"\d+") | ~countries.isin(fixed)
    bare &= countries.str.fullmatch("[A-Z]{2}")
    bare &= ~codes.astype("string").str.match("[A-Z]{2}_")
    bare = bare.fillna(value=False).astype(bool)
    return codes.where(~bare, countries + "_" + codes.astype("string"))


def _filled_up(codes: pd.Series, digits: pd.Series) -> pd.Series:
    if ((codes.dropna() % 1) != 0).any():
        return codes.astype("string")
    text = codes.astype("Int64").astype("string")
    return text.groupby(digits).transform(lambda same: same.str.zfill(digits[same.index[0]]))


def refuse_broken_names(frame: pd.DataFrame, columns: Columns, *, source: str) -> None:
    """Raise where names were written in one encoding and read in another.

    The `FileFormatError` says of each what it reads and what was probably meant.
    """
    broken = []
    for column in columns.names:
        for code, text in zip(frame[columns.code], frame[column], strict=True):
            if not isinstance(text, str):
                continue
            meant = repair(text)
            if meant is not None:
                broken.append(f"{column} of {code} reads {text!r}, probably {meant!r}")
            elif "\N{REPLACEMENT CHARACTER}" in text:
                broken.append(f"{column} of {code} reads {text!r}")
    if broken:
        raise FileFormatError(
            f"{source}: names with broken encoding: "
            f"{listed(broken, most=_LISTED, mark='; ')}. "
            "Save the file as UTF-8; a Shapefile also needs a .cpg that says UTF-8"
        )
