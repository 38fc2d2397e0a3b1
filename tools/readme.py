"""
The README's Python as a file, for type checkers: ``python -m tools.readme > readme_code.py``.

A reader's editor looks at it with the wheel installed, and so does `.ci/types`.
"""

import re
import sys
from pathlib import Path

__all__ = ["python_of"]

_ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def python_of(text: str) -> str:
    r"""
    Return the Python blocks of a page of Markdown, one below the other.

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> python_of("Two lines:\n\n```python\nimport zones\n```\n")
    'import zones\n'
    """
    blocks = _BLOCK.findall(text)
    if not blocks:
        raise ValueError("no block of Python in the page: begin one with ```python")
    return "\n".join(blocks)


if __name__ == "__main__":
    sys.stdout.write(python_of((_ROOT / "README.md").read_text("utf-8")))
