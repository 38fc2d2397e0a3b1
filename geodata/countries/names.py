"""Names of the countries of Eurostat's LAU layer, in the three languages."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["named"]

Forms = Mapping[str, str]

# Finnish, its genitive, Swedish, English.
_NAMES = {
    "AD": ("Andorra", "Andorran", "Andorra", "Andorra"),
    "AL": ("Albania", "Albanian", "Albanien", "Albania"),
    "AT": ("Itävalta", "Itävallan", "Österrike", "Austria"),
    "BA": (
        "Bosnia ja Hertsegovina", "Bosnia ja Hertsegovinan",
        "Bosnien och Hercegovina", "Bosnia and Herzegovina",
    ),
    "BE": ("Belgia", "Belgian", "Belgien", "Belgium"),
    "BG": ("Bulgaria", "Bulgarian", "Bulgarien", "Bulgaria"),
    "CH": ("Sveitsi", "Sveitsin", "Schweiz", "Switzerland"),
    "CY": ("Kypros", "Kyproksen", "Cypern", "Cyprus"),
    "CZ": ("Tšekki", "Tšekin", "Tjeckien", "Czechia"),
    "DE": ("Saksa", "Saksan", "Tyskland", "Germany"),
    "DK": ("Tanska", "Tanskan", "Danmark", "Denmark"),
    "EE": ("Viro", "Viron", "Estland", "Estonia"),
    "EL": ("Kreikka", "Kreikan", "Grekland", "Greece"),
    "ES": ("Espanja", "Espanjan", "Spanien", "Spain"),
    "FI": ("Suomi", "Suomen", "Finland", "Finland"),
    "FR": ("Ranska", "Ranskan", "Frankrike", "France"),
    "HR": ("Kroatia", "Kroatian", "Kroatien", "Croatia"),
    "HU": ("Unkari", "Unkarin", "Ungern", "Hungary"),
    "IE": ("Irlanti", "Irlannin", "Irland", "Ireland"),
    "IS": ("Islanti", "Islannin", "Island", "Iceland"),
    "IT": ("Italia", "Italian", "Italien", "Italy"),
    "LI": ("Liechtenstein", "Liechtensteinin", "Liechtenstein", "Liechtenstein"),
    "LT": ("Liettua", "Liettuan", "Litauen", "Lithuania"),
    "LU": ("Luxemburg", "Luxemburgin", "Luxemburg", "Luxembourg"),
    "LV": ("Latvia", "Latvian", "Lettland", "Latvia"),
    "MD": ("Moldova", "Moldovan", "Moldavien", "Moldova"),
    "ME": ("Montenegro", "Montenegron", "Montenegro", "Montenegro"),
    "MK": ("Pohjois-Makedonia", "Pohjois-Makedonian", "Nordmakedonien", "North Macedonia"),
    "MT": ("Malta", "Maltan", "Malta", "Malta"),
    "NL": ("Alankomaat", "Alankomaiden", "Nederländerna", "the Netherlands"),
    "NO": ("Norja", "Norjan", "Norge", "Norway"),
    "PL": ("Puola", "Puolan", "Polen", "Poland"),
    "PT": ("Portugali", "Portugalin", "Portugal", "Portugal"),
    "RO": ("Romania", "Romanian", "Rumänien", "Romania"),
    "RS": ("Serbia", "Serbian", "Serbien", "Serbia"),
    "SE": ("Ruotsi", "Ruotsin", "Sverige", "Sweden"),
    "SI": ("Slovenia", "Slovenian", "Slovenien", "Slovenia"),
    "SK": ("Slovakia", "Slovakian", "Slovakien", "Slovakia"),
    "SM": ("San Marino", "San Marinon", "San Marino", "San Marino"),
    "TR": ("Turkki", "Turkin", "Turkiet", "Turkey"),
    "UA": ("Ukraina", "Ukrainan", "Ukraina", "Ukraine"),
    "UK": (
        "Yhdistynyt kuningaskunta", "Yhdistyneen kuningaskunnan",
        "Storbritannien", "the United Kingdom",
    ),
}  # fmt: skip
_SIBILANTS = ("s", "x", "z")


def named(code: str, called: str | None = None) -> tuple[Forms, Forms, Forms]:
    """
    Return the names of a country, the genitives, and the part of a zone that lies in it.

    Parameters
    ----------
    code
        Its two letters.
    called
        What to call it in every language; where not given it has its name, or its letters where
        the name is not known.

    Examples
    --------
    >>> [forms["sv"] for forms in named("NO")]
    ['Norge', 'Norges', 'delen i Norge']
    >>> [forms["fi"] for forms in named("XK")]
    ['XK', 'alueen XK', 'osa alueella XK']
    """
    if called is None and code in _NAMES:
        fi, genitive, sv, en = _NAMES[code]
        names = {"fi": fi, "sv": sv, "en": en}
        parts = {"fi": f"{genitive} osa", "sv": f"delen i {sv}", "en": f"part in {en}"}
    else:
        name = called or code
        names = dict.fromkeys(("fi", "sv", "en"), name)
        genitive, sv = f"alueen {name}", name
        parts = {"fi": f"osa alueella {name}", "sv": f"delen i {name}", "en": f"part in {name}"}
    of = {"fi": genitive, "sv": sv if sv.endswith(_SIBILANTS) else f"{sv}s", "en": names["en"]}
    return MappingProxyType(names), MappingProxyType(of), MappingProxyType(parts)
