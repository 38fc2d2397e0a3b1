"""What the key of a figure is of: a country, a region, a member, another group, km or minutes."""

from typing import Protocol

import geodata
from geodata import countries
from zones.model.amounts import Label
from zones.model.contract import CONTRACT, KeyKind
from zones.texts import Language, format_number

__all__ = ["key_kind", "key_name"]


class _Keyed(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def key(self) -> str | None: ...
    @property
    def label(self) -> Label | None: ...


def key_kind(measure: _Keyed) -> KeyKind | None:
    """Return what a figure's key is of; nothing where it has none."""
    if measure.key is None:
        return None
    if measure.name in CONTRACT:
        return CONTRACT[measure.name].key
    if measure.label is not None and measure.label.key is not None:
        return measure.label.key
    return "country" if measure.key in countries.codes() else "member"


def key_name(measure: _Keyed, lang: Language) -> str:
    """Return what a figure is of, as far as the register tells; a group keeps its id."""
    key, kind = measure.key, key_kind(measure)
    if key is None or kind is None:
        return ""
    country, _, code = key.partition("_")
    if kind == "country":
        return countries.country(key).parts[lang]
    if kind in {"member", "municipality"}:
        from geodata.register.divisions import lifetimes  # noqa: PLC0415 - it loads pandas

        last = lifetimes()[key][1]
        return str(geodata.municipality_register(last, country=country).loc[key, f"name_{lang}"])
    if kind == "region":
        register = geodata.municipality_register(country=country)
        names = register.loc[register["region"] == code, f"region_{lang}"]
        return str(names.iloc[0]) if len(names) else key
    if kind == "group":
        return key
    return f"{format_number(float(key), lang, digits=len(key.partition('.')[2]))} {kind}"
