"""Everything that the documentation makes of the library, before its pages are read."""

import shutil
from pathlib import Path

from tools.site.api import write_api
from tools.site.measures import write_measures
from tools.site.zones import write_zones

__all__ = ["no_empty_heads", "write_pages"]

_ROOT = Path(__file__).parents[2]


def write_pages(made: Path, extra: Path) -> None:
    """
    Write the pages of measures, zones, interface and notebooks.

    Parameters
    ----------
    made
        Folder of the pages, emptied first.
    extra
        Folder of what is copied beside the pages as it is.
    """
    for folder in (made, extra):
        shutil.rmtree(folder, ignore_errors=True)
    write_measures(made / "measures")
    write_zones(made / "zones", extra / "maps")
    write_api(made / "api")
    notebooks = made / "notebooks"
    shutil.copytree(_ROOT / "notebooks", notebooks)
    names = sorted(path.stem for path in notebooks.glob("*.ipynb"))
    listed = "\n".join(names)
    text = (
        "# Notebooks\n\nEach answers one question; they were run when this page was built.\n\n"
        "To work with them in a clone, `pip install '.[notebooks]'`, then this opens the "
        "tour\nin JupyterLab (Binder opens it the same way):\n\n"
        "```sh\njupyter lab workspaces import notebooks/zones.jupyterlab-workspace\n"
        "jupyter lab --LabApp.default_url=/lab/workspaces/zones\n```\n\n"
        f"```{{toctree}}\n{listed}\n```\n"
    )
    (notebooks / "index.md").write_text(text, encoding="utf-8")


def no_empty_heads(
    _app: object, _page: str, _template: str, context: dict[str, object], _tree: object
) -> None:
    """Make the empty heads in tables of pandas plain cells, which screen readers pass over."""
    body = context.get("body")
    if isinstance(body, str):
        context["body"] = body.replace("<th></th>", "<td></td>")
