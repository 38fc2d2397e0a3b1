"""The order of names in lists that people read, by language."""

import unicodedata
from collections.abc import Mapping

from geodata.register.names import fold
from zones.texts import Language

__all__ = ["alphabetical"]

# Behind z in Finnish and Swedish, in this order; the signs are those that follow z in ASCII.
_LAST: Mapping[str, str] = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
# Sorted as y there, not as u.
_Y = "ü"


def alphabetical(name: str, lang: Language) -> tuple[str, str]:
    """
    Return the key that a name is sorted by: capitals, hyphens and most diacritics do not count.

    Å, ä and ö are letters of their own in Finnish and Swedish, behind z, and in English they are a
    and o.

    Examples
    --------
    >>> names = ["Äänekoski", "Mäntyharju", "Enare", "Mikkeli", "Öckerö", "Åbo", "Övik"]
    >>> sorted(names, key=lambda name: alphabetical(name, "sv"))
    ['Enare', 'Mikkeli', 'Mäntyharju', 'Åbo', 'Äänekoski', 'Öckerö', 'Övik']
    >>> sorted(names, key=lambda name: alphabetical(name, "en"))
    ['Äänekoski', 'Åbo', 'Enare', 'Mäntyharju', 'Mikkeli', 'Öckerö', 'Övik']
    """
    if lang == "en":
        return fold(name), name
    letters = unicodedata.normalize("NFC", name).casefold().replace(_Y, "y")
    key = "".join(_LAST.get(letter) or fold(letter) or " " for letter in letters)
    return " ".join(key.split()), name
