"""Gains of a user's table: what a municipality would bring of what it counts."""

from geodata.messages import listed, unknown
from zones.errors import MeasureError
from zones.extents.area import Area
from zones.measures.indicators.column import Column, default_year, label_of
from zones.measures.indicators.given import Data, as_table
from zones.model.amounts import Amount
from zones.texts import Text

__all__ = ["indicator_reason", "ranked_column"]


def ranked_column(area: Area, by: str, data: Data) -> Column:
    """
    Return the column of a table by which candidates are ranked, in its newest year for the area.

    Raises
    ------
    MeasureError
        If the table has no such column, it is no count, or has no year that the area may have.
    """
    table = as_table(data)
    counts = [one.id for one in table.indicators if one.kind == "count"]
    one = next((one for one in table.indicators if one.id == by), None)
    if one is None:
        raise MeasureError(unknown("by", by, counts))
    if one.kind != "count":
        raise MeasureError(
            f"by={by!r} is a {one.kind}, which no municipality adds to: rank by a count, such as "
            f"{listed(counts)}"
        )
    year = default_year(table, one, area)
    if year is None:
        years = ", ".join(map(str, table.years(by)))
        raise MeasureError(
            f"{by} has figures of {years}, all after {area.people_until}, the year of the area: "
            "take the area in a later year"
        )
    return Column(area=area, table=table, one=one, year=year, label=label_of(table, one))


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
