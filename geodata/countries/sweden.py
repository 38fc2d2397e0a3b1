"""Northern Sweden: the 29 municipalities of Norrbotten and Västerbotten, the same in every year."""

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from geodata.countries import bundled
from geodata.countries.record import LANGUAGES, Country

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SWEDEN"]

_CODE = "SE"
# The counties are the first two digits of a code. The Finnish names are those of the counties in
# Finnish texts.
_COUNTIES = {
    "24": ("Västerbottenin lääni", "Västerbottens län", "Västerbotten County"),
    "25": ("Norrbottenin lääni", "Norrbottens län", "Norrbotten County"),
}
_LAST_COUNTY = 25
_NO_COUNTIES = {2, 11, 15, 16}
# Finnish names that the catalogue of zones has found in a source.
_NAMES_FI = {"2580": "Luulaja", "2583": "Haaparanta"}


@functools.cache
def _units() -> "pd.DataFrame":
    rows = bundled.table("municipalities_se.csv")
    counties = rows["code"].str[:2]
    columns = {
        "name_fi": rows["code"].map(_NAMES_FI).fillna(rows["name"]),
        "name_sv": rows["name"],
        "name_en": rows["name"],
        "region": counties,
    }
    for place, language in enumerate(LANGUAGES):
        names = {code: of[place] for code, of in _COUNTIES.items()}
        columns[f"region_{language}"] = counties.map(names)
    frame = rows[[]].assign(**columns).set_axis(f"{_CODE}_" + rows["code"])
    return frame.rename_axis("lau_id").sort_index()


SWEDEN = Country(
    code=_CODE,
    names=MappingProxyType(
        {"fi": "Pohjois-Ruotsi", "sv": "norra Sverige", "en": "northern Sweden"}
    ),
    genitives=MappingProxyType(
        {"fi": "Pohjois-Ruotsin", "sv": "norra Sveriges", "en": "northern Sweden"}
    ),
    parts=MappingProxyType({"fi": "Ruotsin osa", "sv": "svenska delen", "en": "Swedish part"}),
    language="sv",
    whole=False,
    beside=("FI",),
    digits=4,
    elsewhere=frozenset(
        f"{county:02d}" for county in range(1, _LAST_COUNTY + 1) if county not in _NO_COUNTIES
    )
    - frozenset(_COUNTIES),
    row_names=frozenset({"riket", "hela riket", "sverige", "sweden", "ruotsi"}),
    unknown="is not one of the 29 municipalities of Norrbotten and Västerbotten, "
    "the only Swedish ones known here",
    units=lambda _: _units(),
    polygons=functools.partial(bundled.polygons, "boundaries_se.npz", _CODE),
    # Twice Finland's is assumed.
    border_error_km=0.72,
    assumed_error=True,
    people=functools.partial(bundled.people, "population_se.csv", _CODE),
    perturbed_from=2025,
    seats=functools.partial(bundled.seats, _CODE),
    crs=MappingProxyType({3006: "SWEREF99 TM", 3021: "RT90 2.5 gon V"}),
    line=functools.partial(bundled.credit, _CODE),
)
"""The record of northern Sweden."""
