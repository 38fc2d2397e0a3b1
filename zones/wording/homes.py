"""Of which country a share is, where it is not the home country that texts name themselves."""

from collections.abc import Iterable
from typing import Any

from geodata import countries
from zones.extents.area import Area
from zones.texts import LANGUAGES, Language, Named, Text, phrase

__all__ = ["home_of", "said_of_home"]


def home_of(areas: Iterable[Area]) -> Text | None:
    """
    Return the genitive of the country that shares of some areas are of.

    Nothing where it is the home country, which the usual texts name; where they are of several,
    what stands for any of them.

    Examples
    --------
    >>> import zones
    >>> home_of([zones.area("peramerenkaari")]) is None
    True
    """
    homes = list(dict.fromkeys(area.home for area in areas))
    usual = countries.home().code
    if not homes or (homes == [usual] and not countries.country(usual).given):
        return None
    if len(homes) > 1:
        named = {lang: phrase("abroad.share.the_country", lang) for lang in LANGUAGES}
        return Named.in_three(**named)
    return Named.in_three(**countries.country(homes[0]).genitives)


def said_of_home(
    key: str, abroad: str, areas: Iterable[Area], lang: Language, **params: Any
) -> str:
    """
    Return a text on a share of the home country, or the one for another country.

    Parameters
    ----------
    key
        The usual text.
    abroad
        Key in ``abroad.share`` of the one that takes a ``{country}``.
    areas
        What the share is of.

    Examples
    --------
    >>> import zones
    >>> said_of_home("report.compared.population_share", "column", [zones.area("sixnet")], "en")
    "Share of Finland's population"
    """
    country = home_of(areas)
    if country is None:
        return phrase(key, lang, **params)
    return phrase(f"abroad.share.{abroad}", lang, country=country, **params)
