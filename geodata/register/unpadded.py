"""Columns of codes that are numbers: each read as a code whose leading zeros were lost."""

import numbers
from collections.abc import Iterable

from geodata.errors import IdentifierError
from geodata.messages import listed
from geodata.register.codes import of_number

__all__ = ["of_numbers"]


def of_numbers(labels: Iterable[object], what: str) -> dict[object, str] | None:
    """
    Return the `lau_id` of each label, if all are codes without their zeros; None if they are not.

    Labels that are all numbers and all the code of one municipality, once their zeros are filled
    up, are nothing else. Texts with all their zeros, and those that are no numbers, have faults of
    their own.

    Parameters
    ----------
    labels
        What stands in a column or header, as numbers or as text.
    what
        What it is called in messages.

    Raises
    ------
    IdentifierError
        If all are numbers, some without their zeros, but not each the code of one municipality.

    Examples
    --------
    >>> of_numbers([5, 91, 2580], "from_id")
    {5: 'FI_005', 91: 'FI_091', 2580: 'SE_2580'}
    >>> of_numbers(["5", "Oulu"], "from_id")
    >>> of_numbers(range(1, 6), "from_id")
    Traceback (most recent call last):
    geodata.errors.IdentifierError: from_id: holds numbers, and 1, 2, 3 and 1 more are the code of
    no municipality, with leading zeros either; give codes as text, such as '091', or names
    """
    distinct = list(dict.fromkeys(labels))
    if not distinct or not all(map(_is_number, distinct)):
        return None
    found = {label: of_number(label) for label in distinct}
    if not any(_has_lost(label, units) for label, units in found.items()):
        return None
    for wrong, words in (
        ([label for label, units in found.items() if not units], "the code of no municipality"),
        ([label for label, units in found.items() if units[1:]], "the code of several"),
    ):
        if wrong:
            verb = "is" if len(wrong) == 1 else "are"
            raise IdentifierError(
                f"{what}: holds numbers, and {listed(wrong, most=3)} {verb} {words}, with leading "
                "zeros either; give codes as text, such as '091', or names"
            )
    return {label: units[0] for label, units in found.items()}


def _has_lost(label: object, units: tuple[str, ...]) -> bool:
    """Whether a label is a number, or a text that is a code but for its zeros."""
    return not isinstance(label, str) or any(
        unit.partition("_")[2] != label.strip() for unit in units
    )


def _is_number(label: object) -> bool:
    """Whether a label is a whole number, or a text of the digits of one."""
    if isinstance(label, str):
        text = label.strip().removesuffix(".0")
        return text.isascii() and text.isdigit()
    if isinstance(label, bool) or not isinstance(label, numbers.Real):
        return False
    return float(label).is_integer()
