"""How a method is said of an area whose plane, countries or boundaries are not the usual ones."""

from geodata import countries
from geodata.countries.record import PLANE
from geodata.units import M_PER_KM
from zones.extents.area import Area
from zones.extents.polygons import plane_name
from zones.model.keys import country_name
from zones.texts import Replaced, Text
from zones.wording.homes import home_of

__all__ = ["said_there", "share_method"]

# What usual methods say of the bundled countries, and is not so of others.
_THERE = ("neighbours", "counties")


def share_method(area: Area, name: str) -> Text | None:
    """Return the method of a share of a country that is not the home country; else the usual."""
    country = home_of([area])
    return None if country is None else Text.of(f"abroad.method.{name}", country=country)


def said_there(area: Area, method: Text) -> Text:
    """Return a method as it is said of an area in another plane, or of other boundaries."""
    others: dict[str | Text, str | Text] = {}
    if area.crs is not None and area.crs.to_epsg() != PLANE:
        others[f"EPSG:{PLANE}"] = plane_name(area.crs)
    parts = area.countries or (area.home,)
    given = {code for code in parts if countries.country(code).given}
    if given == set(parts):
        others |= {Text(f"abroad.usual.{name}"): Text(f"abroad.there.{name}") for name in _THERE}
    if drawn := given | set(area.own_countries) & set(parts):
        others[Text("abroad.usual.strays")] = _strays(area, parts)
        if drawn == set(parts):
            others[Text("abroad.usual.scale")] = ""
    return Replaced.of_text(method, others) if others else method


def _strays(area: Area, parts: tuple[str, ...]) -> Text:
    """Return how far the borders of the countries stray, as it is known of each."""
    each = {code: _metres(area.border_error_km.get(code)) for code in parts}
    if len(set(each.values())) == 1:
        return each[parts[0]]
    named = [
        Text.of("abroad.there.of_country", strays=strays, country=country_name(code))
        for code, strays in each.items()
    ]
    return Text.of("abroad.there.each", each=tuple(named))


def _metres(error_km: float | None) -> Text:
    if error_km is None:
        return Text("abroad.there.strays")
    return Text.of("abroad.there.metres", metres=round(error_km * M_PER_KM, 3))
