"""Where the command line prints to: text that any console can show, data that are always UTF-8."""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from zones.cli.options import Shown
from zones.output import visible
from zones.wording.formats import csv_text, json_text

__all__ = [
    "console",
    "heading",
    "rich_table",
    "write_csv",
    "write_data",
    "write_json",
    "write_line",
]

_WIDE = 160


class _Console(Console):
    """A console that prints text as it is: no markup, no escape sequences of the data's own."""

    def render_str(self, text: str, **how: Any) -> Text:
        """Return the text, visible."""
        return super().render_str(visible(text), **how)


def console() -> Console:
    """Return a console that does not cut lines where no person watches."""
    found = _Console(highlight=False, emoji=False, markup=False)
    if not found.is_terminal:
        found.width = _WIDE
    return found


def heading(text: str) -> Text:
    """Return a line in bold."""
    return Text(visible(text), style="bold")


def rich_table(columns: Iterable[str], *, title: str = "", numbers: Iterable[str] = ()) -> Table:
    """Return a plain table; columns of numbers are set to the right."""
    right = set(numbers)
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 2, 0, 0),
    )
    for column in columns:
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column in right,
            header_style="bold",
            overflow="fold",
        )
    return table


def write_line(text: str) -> None:
    """Print a line that is not wrapped, such as one with a path."""
    console().print(text, soft_wrap=True)


def write_json(content: object) -> None:
    """Print one JSON object."""
    write_data(json_text(content))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], shown: Shown) -> None:
    """Print rows as CSV, as the options ask for it."""
    write_data(csv_text(columns, rows, lang=shown.language, excel=shown.excel))


def write_data(text: str) -> None:
    """Print data: UTF-8 with plain line ends, whatever the console is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    sys.stdout.write(text)
