"""Assertions for tests of what is built on the library: they say how many differ, and which."""

from zones.model.figures import MeasureTable

__all__ = ["assert_figures_equal"]

_SHOWN = 5


def assert_figures_equal(left: MeasureTable, right: MeasureTable, *, rtol: float = 1e-9) -> None:
    """
    Raise unless two tables have the same figures under the same names and keys.

    Values and bounds may differ by a rounding; units, years and what is missing may not.

    Parameters
    ----------
    left, right
        The tables.
    rtol
        The largest difference, relative to the figure of `right`.

    Raises
    ------
    AssertionError
        With how many figures differ, and the first of them.

    Examples
    --------
    >>> import zones
    >>> table = zones.coverage(zones.area("viitoskaytava", year=2022))
    >>> assert_figures_equal(table, table)
    >>> assert_figures_equal(table, zones.coverage("viitoskaytava"))
    Traceback (most recent call last):
    AssertionError: ... of ... figures differ: ...
    """
    one, two = ({(row.name, row.key): row for row in table} for table in (left, right))
    faults = [f"{_of(at)}: in one table alone" for at in one.keys() ^ two.keys()]
    for at in one.keys() & two.keys():
        a, b = one[at], two[at]
        for field in ("value", "low", "high"):
            x, y = getattr(a, field), getattr(b, field)
            close = x == y or (None not in (x, y) and abs(x - y) <= rtol * abs(y))
            if not close:
                faults.append(f"{_of(at)}: {field} {x}, not {y}")
        faults += [
            f"{_of(at)}: {field} {getattr(a, field)}, not {getattr(b, field)}"
            for field in ("unit", "year")
            if getattr(a, field) != getattr(b, field)
        ]
    if faults:
        differing = len({fault.partition(":")[0] for fault in faults})
        more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        shown = "; ".join(sorted(faults)[:_SHOWN])
        raise AssertionError(f"{differing} of {len(two)} figures differ: {shown}{more}")


def _of(at: tuple[str, str | None]) -> str:
    name, key = at
    return name if key is None else f"{name} [{key}]"
