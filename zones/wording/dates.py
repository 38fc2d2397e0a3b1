"""Dates as a reader writes them, from the forms of ISO 8601-2 that the facts have them in."""

import re

from zones.texts import Language, phrase

__all__ = ["date_text", "period_text"]

_DATE = re.compile(r"(\d{4}|\d{3}X|XXXX)(?:-(\d\d))?(?:-(\d\d))?(~?)")
_OPEN = ".."
_MONTHS = 12


def date_text(date: str, lang: Language) -> str:
    """
    Return a date in a language; what is written in another form stays as it is.

    Parameters
    ----------
    date
        A day, month or year; ``-21`` to ``-24`` are seasons of a year and ``-40`` and ``-41`` its
        halves, ``201X`` is a decade, ``XXXX`` is not dated, ``~`` says about, and ``/`` stands
        between the ends of a period, of which ``..`` is open.
    lang
        ``fi``, ``sv`` or ``en``.

    Examples
    --------
    >>> [date_text("2022-05-09", lang) for lang in ("fi", "sv", "en")]
    ['9.5.2022', '9.5.2022', '9 May 2022']
    >>> [date_text("2017~", lang) for lang in ("fi", "sv", "en")]
    ['noin 2017', 'cirka 2017', 'about 2017']
    >>> [date_text("2024-21", lang) for lang in ("fi", "sv", "en")]
    ['kevät 2024', 'våren 2024', 'spring 2024']
    >>> date_text("2012~/2013~", "sv"), date_text("../2020", "en"), date_text("2017/2017", "fi")
    ('cirka 2012–2013', '2020 at the latest', '2017')
    """
    start, _, end = date.partition("/")
    if not end or start == end:
        return _one(start, lang)
    last = _one(end, lang)
    if start == _OPEN:
        return phrase("dates.latest", lang, date=last)
    if end == _OPEN:
        return f"{_one(start, lang)}–"
    if start.endswith("~") and end.endswith("~"):
        ends = date_text(f"{start[:-1]}/{end[:-1]}", lang)
        return phrase("dates.about", lang, date=ends)
    first = _one(start, lang)
    dash = " – " if " " in first + last else "–"
    return f"{first}{dash}{last}"


def period_text(start: str | None, end: str | None, lang: Language) -> str:
    """
    Return a period in a language; nothing where neither end is known.

    Examples
    --------
    >>> period_text("2017", "2024-12-31", "fi"), period_text("2023", "2023", "fi")
    ('2017–31.12.2024', '2023')
    >>> period_text(None, "2021", "sv"), period_text("2021-11", None, "en")
    ('senast 2021', 'November 2021–')
    """
    return date_text(f"{start or _OPEN}/{end or _OPEN}", lang) if start or end else ""


def _one(date: str, lang: Language) -> str:
    match = _DATE.fullmatch(date)
    if match is None:
        return date
    year, part, day, about = match.groups()
    if year == "XXXX":
        shown = phrase("dates.undated", lang)
    elif year.endswith("X"):
        shown = phrase("dates.decade", lang, year=f"{year[:-1]}0")
    elif part is None:
        shown = year
    elif int(part) > _MONTHS:
        shown = phrase(f"dates.part.{part}", lang, year=year)
    else:
        names = phrase("dates.months_of_days" if day else "dates.months", lang).split()
        month = {"month": names[int(part) - 1], "year": year}
        shown = (
            phrase("dates.day", lang, day=str(int(day)), **month)
            if day
            else phrase("dates.month", lang, **month)
        )
    return phrase("dates.about", lang, date=shown) if about else shown
