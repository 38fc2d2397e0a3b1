"""What is known of a group as lines of text, and when its sources were written."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from zones.catalogue.own import GIVEN
from zones.maps.chosen import Shown
from zones.texts import LANGUAGES, Language, format_number, phrase
from zones.wording.dates import date_text, period_text

__all__ = ["about", "source_dates"]

_UNDATED = "XXXX"
_IN_ADDRESS = re.compile(r"/(20\d\d)/(\d\d)(?:/(\d\d))?/")


def about(group: Any, number: Callable[[str], int]) -> list[dict[str, Any]]:
    """
    Return what is known of a group, a row a fact: its key, its text, the number of its source.

    The keys have words ``report.fact....``. A proper name is the same text in each language.

    Examples
    --------
    >>> import zones
    >>> [row["key"] for row in about(zones.get("suomen-kasvukaytava"), lambda address: 0)]
    ['project', 'host', 'period', 'funding', 'spine_road', 'spine_rail']
    """
    facts = getattr(group, "facts", {})

    def first(*names: str) -> Any:
        return next((value for name in names if (value := getattr(group, name, None))), None)

    def each(write: Callable[[Language], str | None]) -> dict[str, str]:
        return {lang: text for lang in LANGUAGES if (text := write(lang))}

    start, end = first("period_from", "valid_from"), first("period_to", "valid_to")
    money, text = first("funding_eur", "grant_eur"), first("about")
    rows: list[tuple[str, Any, str | None]] = [
        ("project", {"any": facts.get("project_name")}, facts.get("project_name_source")),
        ("host", {"any": first("host")}, facts.get("host_source")),
        ("coordinator", {"any": first("coordinator")}, None),
        ("period", each(lambda lang: period_text(start, end, lang)), None),
        (
            "funding",
            each(lambda lang: money and f"{format_number(money, lang)}\N{NO-BREAK SPACE}€"),
            facts.get("funding_source"),
        ),
        ("spine_road", each(lambda lang: facts.get(f"spine_road_{lang}")), None),
        ("spine_rail", each(lambda lang: facts.get(f"spine_rail_{lang}")), None),
        ("about", each(lambda lang: text and getattr(text, lang)), None),
    ]
    return [
        {"key": key, "text": words, "source": number(str(source)) if source else None}
        for key, words, source in rows
        if any(words.values())
    ]


def source_dates(shown: Sequence[Shown], addresses: Iterable[str]) -> list[dict[str, str] | None]:
    """
    Return when each source was written, in words of each language; None where that is not known.

    Of what is no writing but given by the user, it is words for that.

    It is the date of what the zones' claims and counts quote from it, where they agree, else the
    day or month that stands in its address.
    """
    said: dict[str, set[str]] = {}
    for one in shown:
        for row in (*getattr(one.group, "claims", ()), *getattr(one.group, "counts", ())):
            said.setdefault(row.source, set()).add(row.date)
    return [_date(address, said.get(address, set())) for address in addresses]


def _date(address: str, said: set[str]) -> dict[str, str] | None:
    if address == GIVEN:
        return {lang: phrase("groups.spine_basis.own", lang) for lang in LANGUAGES}
    found = _IN_ADDRESS.search(address)
    written = "-".join(part for part in found.groups() if part) if found else None
    date = next(iter(said)) if len(said) == 1 else written
    if date is None or date == _UNDATED:
        return None
    return {lang: date_text(date, lang) for lang in LANGUAGES}
