"""What the command line says of wrong input, in its own words: options, never arguments."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import typer

from geodata.errors import GeodataError
from zones.errors import ZonesError

__all__ = ["BROUGHT_IN", "Refused", "in_options", "reader", "said_in", "without", "year_of"]

Value = TypeVar("Value")

_ARGUMENT = re.compile(r"(?<![\w.])(?P<name>[a-z]\w*)=(?:True\b)?(?P<value>[^\s,;:.)]?)")
_WORD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_NUMBERS = re.compile(r"(?<!\w)\[(\d+(?:, \d+)*)\]")


def reader(kind: Callable[[str], Value], called: str, example: str) -> Callable[[str], Value]:
    """Return what reads a value of a kind, and names what was given where it is none."""

    def read(value: str) -> Value:
        try:
            return kind(value)
        except ValueError:
            fault = f"{value!r} is not {called}: give one such as {example}"
            raise typer.BadParameter(fault) from None

    return read


year_of = reader(int, "a year", "2022")


BROUGHT_IN = {
    "geodata.use_countries(geodata.read_lau(FILE))": "--lau FILE",
    "geodata.use_countries()": "--lau",
}
"""What messages say of countries in Python, and the options that say the same."""

# What messages say to do in Python, which no command has an option for, and what to do there.
_INSTEAD = {
    "; geodata.municipality_register gives its municipalities without polygons": "",
    " (parse_ids() reads other forms)": "",
    ", see find_faults()": "",
    "geodata.check_coverage says what is wrong and where": "`zones check FILE` says where",
    "geodata.check_coverage lists every place, and can repair them": "`zones check FILE` lists "
    "every place",
    "or read a boundary file of": "or a boundary file of",
    "with geodata.read_boundaries": "with --boundaries FILE",
    "or give division=": "or write division in its description, for --describe",
    "give another division=": "write another division in its description, for --describe",
}


# The same, with what it is of.
_OF_FILES = {
    re.compile(
        r"read (?:it|codes) as text[:,]? (?:for instance with )?dtype=\{[^{}]*\}"
    ): "save it as text, with its zeros",
    re.compile(r'read the file with encoding="utf-8"'): "save the file as UTF-8",
    re.compile(r"people_column=\{'(.+)': (\d{4})\}"): r"--lau-people \1=\2",
}


def without(options: Iterable[str], file: str) -> typer.BadParameter:
    """Return what to raise where options are of a file, and its own option was not given."""
    given = list(options)
    have = "has" if len(given) == 1 else "have"
    return typer.BadParameter(
        f"{', '.join(given)} {have} no effect without {file}: give {file} FILE too"
    )


class Refused(Exception):  # noqa: N818 - it ends a command, and is none of the library's errors
    """What a command cannot do, in the words of the command line."""

    def __init__(self, message: str, *, failed: bool) -> None:
        """Take the message, and whether the input is fine and something else failed."""
        super().__init__(message)
        self.failed = failed


@contextmanager
def said_in(flags: Mapping[str, str]) -> Iterator[None]:
    """
    Say what the library refuses in the options that it was given by.

    Parameters
    ----------
    flags
        Option by argument, of the function called; an argument of the same name may be another
        option for another file.
    """
    try:
        yield
    except (ZonesError, GeodataError) as error:
        failed = isinstance(error, OSError | ImportError)
        raise Refused(in_options(str(error), flags), failed=failed) from error


def in_options(message: str, flags: Mapping[str, str]) -> str:
    """
    Return a message of the library in the words of a command: arguments as its options.

    What is no single argument is replaced as it stands.

    Examples
    --------
    >>> flags = {"crs": "--crs", "partial": "--partial"}
    >>> in_options("if that is right, give crs=3067", flags)
    'if that is right, give --crs 3067'
    >>> in_options("error_m=-5 is no distance", {"error_m": "--error-m"})
    '--error-m -5 is no distance'
    >>> in_options("part of the country: partial=True accepts it", flags)
    'part of the country: --partial accepts it'
    >>> in_options("within_km= has -5: give such as [0, 10]", {"within_km": "--within"})
    '--within has -5: give such as 0,10'
    >>> in_options("squares, or corner=False", {"corner=False": "--grid-centre"})
    'squares, or --grid-centre'
    >>> in_options("numbers; read it as text: dtype={'kunta': str}", {})
    'numbers; save it as text, with its zeros'
    >>> in_options("2 layers; give layer= one of a, b", {})
    '2 layers; give layer= one of a, b (in Python: this command has no option for it)'
    """
    clauses = {name: said for name, said in flags.items() if not name.isidentifier()}
    for clause, said in (clauses | _INSTEAD).items():
        message = message.replace(clause, said)
    for pattern, said in _OF_FILES.items():
        message = pattern.sub(said, message)
    lacking = False

    def option(found: re.Match[str]) -> str:
        nonlocal lacking
        flag = flags.get(found["name"])
        if flag is None:
            lacking = True
            return found[0]
        return f"{flag} {found['value']}" if found["value"] else flag

    message = _ARGUMENT.sub(option, message)
    message = _WORD.sub(lambda word: flags.get(word[0], word[0]), message)
    message = _NUMBERS.sub(lambda numbers: numbers[1].replace(" ", ""), message)
    return f"{message} (in Python: this command has no option for it)" if lacking else message
