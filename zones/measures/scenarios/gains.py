"""Gains of a user's table: what a municipality would bring of what it counts."""

from zones.measures.indicators.column import Column
from zones.model.amounts import Amount
from zones.texts import Text

__all__ = ["indicator_reason"]


def indicator_reason(column: Column, unit: str) -> Text:
    """Say what a municipality would bring, and how much more that is than the members have."""
    own = column.total([unit])
    inside = column.total(unit for code in column.covered for unit in column.area.members(code))
    name, year = column.label.name, str(column.year)
    if own.value is None:
        return Text.of("scenarios.reason.indicator_unknown", indicator=name, year=year)
    amount = Amount.of_unit(own.value, column.one.unit, column.label)
    said = {"amount": amount, "indicator": name, "year": year}
    if not inside.value or inside.value < 0:
        return Text.of("scenarios.reason.indicator", **said)
    percent = Amount.of_unit(100 * own.value / inside.value, "percent")
    return Text.of("scenarios.reason.indicator_more", percent=percent, **said)
