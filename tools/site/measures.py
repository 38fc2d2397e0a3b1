"""Pages of the measures: what the contract says of each, its method, and a real figure."""

from collections.abc import Iterator
from pathlib import Path

import zones
from tools.site.markdown import escaped, table
from zones.model.contract import CONTRACT, MeasureRow
from zones.model.figures import Measure, MeasureTable
from zones.texts import Language, phrase, phrases, rendered

__all__ = ["write_measures"]

_EXAMPLE = "peramerenkaari"
_TABLES = ("coverage", "reach", "connectivity", "flows")
_HEADINGS = {
    "coverage": "Coverage: members and area",
    "reach": "Reach: people",
    "connectivity": "Connectivity: neighbours and links",
    "flows": "Flows: commuting and other trips",
}
_KEYS = {
    None: "none: one figure an area",
    "country": "none for the whole, or a country's code, such as `FI`",
    "region": "code of a region, such as `FI_14`",
    "group": "id of another zone or network",
    "member": "code of a member",
    "municipality": "code of a municipality outside",
    "km": "kilometres, as text",
    "min": "minutes, as text",
}
_BOUNDS = {
    "error": "how far the borders stray at this scale, at 90 %",
    "range": "the least and the most that the data allow",
    None: "none in this example",
}


def write_measures(folder: Path) -> None:
    """Write a page for each public function that gives measures, and their index."""
    folder.mkdir(parents=True, exist_ok=True)
    area = zones.area(_EXAMPLE)
    examples = {
        "coverage": zones.coverage(area),
        "reach": zones.reach(area),
        "connectivity": zones.connectivity(area),
        "flows": MeasureTable(),
    }
    for name in _TABLES:
        text = "\n".join(_page(name, examples[name]))
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "index.md").write_text("\n".join(_index()), encoding="utf-8")


def _index() -> Iterator[str]:
    yield "# Measures\n"
    yield "Every figure of the library is one of these, or of a column of your own table, whose"
    yield "measures {doc}`../../howto/tables` explains. A figure is a {class}`zones.Measure`:"
    yield "value, bounds, unit, year, extent, method, sources and notes; `table.get(name, key)`"
    yield "finds one in a table.\n"
    head = ("measure", "name", "unit", "rests on")
    rows = [
        (
            f"[`{row.name}`]({row.table}.md#measure-{row.name.replace('_', '-')})",
            escaped(phrase(row.name_text)),
            row.unit,
            ", ".join(row.bases),
        )
        for row in CONTRACT.values()
    ]
    yield table(head, rows)
    yield "\n```{toctree}\n:hidden:\n"
    yield from _TABLES
    yield "```\n"


def _page(name: str, figures: MeasureTable) -> Iterator[str]:
    yield f"# {_HEADINGS[name]}\n"
    yield f"What {{func}}`zones.{name}` gives, in its order, with a figure of the Bothnian Arc"
    yield "where it has one.\n"
    for row in CONTRACT.values():
        if row.table == name:
            yield from _section(row, [one for one in figures if one.name == row.name])


def _section(row: MeasureRow, figures: list[Measure]) -> Iterator[str]:
    example = next((one for one in figures if one.value is not None), None)
    yield f"(measure-{row.name.replace('_', '-')})="
    yield f"## {escaped(phrase(row.name_text))}\n"
    yield f"`{row.name}`\n"
    facts = [
        ("unit", row.unit),
        ("key", _KEYS[row.key]),
        ("rests on", ", ".join(row.bases)),
    ]
    if example is not None:
        facts.append(("bounds", _BOUNDS[example.bounds_kind]))
        sources = dict.fromkeys(rendered(one, "en") for one in example.sources)
        facts.append(("source", escaped("; ".join(sources))))
    yield table(("what", "how"), facts)
    yield "\n::::{tab-set}"
    for lang in ("en", "fi", "sv"):
        yield from _tab(row, example, lang)
    yield "::::\n"


_TITLES: dict[Language, str] = {"fi": "suomi", "sv": "svenska", "en": "English"}


def _tab(row: MeasureRow, example: Measure | None, lang: Language) -> Iterator[str]:
    yield f":::{{tab-item}} {_TITLES[lang]}\n:sync: {lang}\n"
    yield f"**{escaped(phrase(row.name_text, lang))}.** {escaped(_method(row, example, lang))}\n"
    if example is not None:
        yield f"> {escaped(example.sentence(lang))}\n"
    yield ":::"


def _method(row: MeasureRow, example: Measure | None, lang: Language) -> str:
    if example is not None:
        return rendered(example.method, lang)
    words = phrases("measures", lang)
    return words.get(row.method_text.removeprefix("measures."), "")
