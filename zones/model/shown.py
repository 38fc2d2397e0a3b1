"""Tables as HTML for notebooks: what a record shows of itself, every value escaped."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["short", "table_html"]


def short(value: float) -> str:
    """
    Return a figure with the digits that a reader can use; the record keeps them all.

    Examples
    --------
    >>> short(32568.3), short(0.123456), short(12)
    ('32,568', '0.1235', '12')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def table_html(
    frame: "pd.DataFrame", caption: str, *, notes: Iterable[object] = (), index: bool = False
) -> str:
    """
    Return a table with a caption above and notes below; lists are joined, what is missing is –.

    Examples
    --------
    >>> import pandas as pd
    >>> table = table_html(pd.DataFrame({"name": ["<b>"], "notes": [["one", "two"]]}), "<Area>")
    >>> "<td>&lt;b&gt;</td>" in table, "<td>one; two</td>" in table, "&lt;Area&gt;" in table
    (True, True, True)
    """
    import pandas as pd  # noqa: PLC0415 - start-up time: the records load without pandas

    def shown(value: object) -> object:
        return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value

    texts = frame.apply(lambda column: column.map(shown) if column.dtype == object else column)
    with pd.option_context("display.max_colwidth", None):
        table = texts.to_html(
            border=0, escape=True, float_format=short, index=index, justify="left", na_rep="–"
        )
    lines = "".join(f"<p>{escape(str(note))}</p>" for note in notes)
    return f"<p><b>{escape(caption)}</b></p>{table}{lines}"
