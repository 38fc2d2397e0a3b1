"""What the page says of countries that were brought in, in place of the texts that name ours."""

from collections.abc import Sequence

from geodata import countries
from zones.maps.chosen import Shown
from zones.maps.shapes import Shapes, lines_of
from zones.texts import Language, phrase
from zones.wording.homes import home_of

__all__ = ["abroad_credits", "abroad_names", "abroad_texts"]

_SHARES = ("area_share", "population_share")


def abroad_credits(shapes: Shapes, lang: Language) -> str:
    """Return the credits of the data of a map of countries that were brought in."""
    return phrase("abroad.map.credits", lang, lines=lines_of(shapes, lang))


def abroad_names(shown: Sequence[Shown], lang: Language) -> dict[str, str]:
    """Return the names of shares of a country that is not the home country, if there are any."""
    country = home_of(area for one in shown for area in one.areas)
    if country is None:
        return {}
    return {
        f"abroad.name.{name}": phrase(f"abroad.name.{name}", lang, country=country)
        for name in _SHARES
    }


def abroad_texts(shown: Sequence[Shown], shapes: Shapes, lang: Language) -> dict[str, str]:
    """Return the page's texts that are others where a country was brought in; else none."""
    texts: dict[str, str] = {}
    for code in shapes.given:
        record = countries.country(code)
        texts |= {f"country_{code}": record.names[lang], f"people_of_{code}": record.line("people")}
    country = home_of(area for one in shown for area in one.areas)
    if country is not None:
        card = phrase("abroad.share.card", lang, country=country, share="{share}", year="{year}")
        head = phrase("abroad.share.head", lang, country=country)
        texts |= {"share_of_people": card, "share_of_part": card, "head_share": head}
    return texts
