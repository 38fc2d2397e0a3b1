"""Write the synthetic tables of `notebooks/data`: figures by municipality, and flows between them.

python -m tools.example_tables            write them
python -m tools.example_tables --check    exit with status 1 if they are not what they should be

Every figure comes from the municipality's code by a plain formula; none of it is real.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import geodata
import zones
from geodata.register.carried import heirs, parts
from geodata.register.divisions import division_ids

__all__ = ["DATA", "files"]

DATA = Path(__file__).parents[1] / "notebooks" / "data"

_YEARS = (2019, 2026)
# What the publisher of such a table would leave out.
_SUPPRESSED_BELOW = 5
_README = """# Example tables

Synthetic: every figure is made from a municipality's code by a formula in
`tools/example_tables.py`, and none of it is real. They show what a table looks like and let
examples and tests run.

- `example_2019.csv`, `example_2026.csv`: jobs, labour force, unemployed, employed, unemployment
  rate, mean income and median age by municipality of the year; `<5` and `..` where a publisher
  would leave a figure out, and a row of the whole country. What the columns are is in the `.toml`
  beside each.
- `commuting_2019.csv`: people by municipality of residence (`origin`) and of work
  (`destination`), for members of the zones and their neighbours.

Written by `python -m tools.example_tables`.

# Municipalities of another country

`asturias.geojson`, which is not made up: the 78 municipalities of Asturias in Spain, codes of the
National Statistics Institute (those that begin with 33) and names, in longitude and latitude.
Boundaries © Instituto Geográfico Nacional de España, CC BY 4.0; taken as they are from the npm
package es-atlas 0.6.0 (MIT, © 2016–2018 Martín González), which simplified them.
"""
_DESCRIPTION = """# What the columns of the table beside this file are.
year = {year}
division = {year}
source = "Synthetic example, not real figures"
licence = "BSD-3-Clause"
"""
_PERSONS = {"unit": "persons", "unit_names": {"fi": "henkilöä", "sv": "personer", "en": "persons"}}
_PERCENT = {"factor": 100, "unit": "percent"}
# As in the file, by its keys; what has no name is computed from others.
_COLUMNS: tuple[dict[str, object], ...] = (
    {
        "name": "Jobs",
        "id": "jobs",
        "kind": "count",
        "unit": "jobs",
        "unit_names": {"fi": "työpaikkaa", "sv": "arbetsplatser", "en": "jobs"},
        "names": {"fi": "Työpaikat", "sv": "Arbetsplatser", "en": "Jobs"},
    },
    {
        "name": "Labour force",
        "id": "labour_force",
        "kind": "count",
        **_PERSONS,
        "names": {"fi": "Työvoima", "sv": "Arbetskraft", "en": "Labour force"},
    },
    {
        "name": "Unemployed",
        "id": "unemployed",
        "kind": "count",
        **_PERSONS,
        "suppressed_below": _SUPPRESSED_BELOW,
        "names": {"fi": "Työttömät", "sv": "Arbetslösa", "en": "Unemployed"},
    },
    {
        "name": "Employed",
        "id": "employed",
        "kind": "count",
        **_PERSONS,
        "names": {"fi": "Työlliset", "sv": "Sysselsatta", "en": "Employed"},
    },
    {
        "id": "job_self_sufficiency",
        "kind": "rate",
        "numerator": "jobs",
        "base": "employed",
        **_PERCENT,
        "names": {
            "fi": "Työpaikkaomavaraisuus",
            "sv": "Arbetsplatssufficiens",
            "en": "Job self-sufficiency",
        },
    },
    {
        "name": "Unemployment rate, %",
        "id": "unemployment",
        "kind": "rate",
        "base": "labour_force",
        "numerator": "unemployed",
        **_PERCENT,
        "names": {"fi": "Työttömyysaste", "sv": "Arbetslöshetsgrad", "en": "Unemployment rate"},
    },
    {
        "name": "Mean income, EUR",
        "id": "mean_income",
        "kind": "mean",
        "weight": "labour_force",
        "unit": "EUR",
        "unit_names": dict.fromkeys(("fi", "sv", "en"), "€"),
        "names": {"fi": "Keskitulo", "sv": "Medelinkomst", "en": "Mean income"},
    },
    {
        "name": "Median age",
        "id": "median_age",
        "kind": "other",
        "unit": "years",
        "unit_names": {"fi": "vuotta", "sv": "år", "en": "years"},
        "names": {"fi": "Mediaani-ikä", "sv": "Medianålder", "en": "Median age"},
    },
)
_HEADER = ("Municipality", *(str(column["name"]) for column in _COLUMNS if "name" in column))


def files() -> dict[str, str]:
    """Return the text of each file by its name."""
    written = {"README.md": _README, "commuting_2019.csv": _commuting()}
    for year in _YEARS:
        written[f"example_{year}.csv"] = _table(year)
        written[f"example_{year}.toml"] = _description(year)
    return written


def _description(year: int) -> str:
    columns = [
        "\n[[column]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in column.items())
        for column in _COLUMNS
    ]
    return _DESCRIPTION.format(year=year) + "".join(columns)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _labour_force(code: int) -> int:
    return 45 + code * code * 31 % 9_000 + (40_000 if code % 41 == 9 else 0)


def _counts(unit: str, year: int) -> tuple[int, int, int]:
    """Return jobs, labour force and unemployed; of a merged municipality those of its parts."""
    jobs = force = unemployed = 0
    for part in parts(_YEARS[0], year)[unit]:
        code = int(part.partition("_")[2])
        own = _labour_force(code)
        if year != _YEARS[0]:
            own += own * (code * 11 % 21 - 10) // 100
        force += own
        jobs += own * (60 + code * 13 % 55) // 100
        unemployed += own * (4 + (code + year) % 9) // 100
    return jobs, force, unemployed


def _table(year: int) -> str:
    register = geodata.municipality_register(year, country="FI")
    rows = [_HEADER]
    jobs = force = unemployed = income = 0
    for unit, name in register["name_fi"].items():
        code = str(unit).partition("_")[2]
        own_jobs, own_force, own_unemployed = _counts(str(unit), year)
        own_income = 24_000 + int(code) * 37 % 9_000 + 450 * (year - _YEARS[0])
        jobs, force, unemployed = jobs + own_jobs, force + own_force, unemployed + own_unemployed
        income += own_income * own_force
        few = own_unemployed < _SUPPRESSED_BELOW
        rows.append(
            (
                f"{code} {name}",
                ".." if int(code) % 97 == 5 else str(own_jobs),
                str(own_force),
                f"<{_SUPPRESSED_BELOW}" if few else str(own_unemployed),
                str(own_force - own_unemployed),
                ".." if few else _decimal(100 * own_unemployed / own_force),
                str(own_income),
                _decimal(38 + int(code) * 7 % 170 / 10),
            )
        )
    rate, mean = _decimal(100 * unemployed / force), str(round(income / force))
    counts = map(str, (jobs, force, unemployed, force - unemployed))
    return _csv((_HEADER, ("SSS Whole country", *counts, rate, mean, ".."), *rows[1:]))


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _csv(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(";".join(row) + "\n" for row in rows)


def _neighbours() -> Mapping[str, tuple[str, ...]]:
    """Return who borders on whom in 2019, those that have merged by 2021 on their successor."""
    pairs = geodata.known_neighbours(2021, country="FI")
    if pairs is None:  # pragma: no cover  Finland's neighbours are bundled
        raise RuntimeError("no neighbours of Finland are bundled")
    beside: dict[str, set[str]] = {}
    merged = [(old, new) for old, new in heirs(_YEARS[0], 2021).items() if old != new]
    for left, right in [*zip(pairs["left"], pairs["right"], strict=True), *merged]:
        beside.setdefault(left, set()).add(right)
        beside.setdefault(right, set()).add(left)
    return {unit: tuple(sorted(near)) for unit, near in beside.items()}


def _commuting() -> str:
    beside = _neighbours()
    extents = [zone.default_extent for zone in zones.all_groups() if isinstance(zone, zones.Zone)]
    members = {unit for extent in extents for unit in extent.units} & division_ids(_YEARS[0])
    members = {unit for unit in members if unit in beside}
    rows = [("origin", "destination", "people")]
    for origin in sorted(members | {near for unit in members for near in beside[unit]}):
        _, force, unemployed = _counts(origin, _YEARS[0])
        employed, code = force - unemployed, int(origin.partition("_")[2])
        staying = employed * (55 + code % 30) // 100
        near = beside[origin]
        # The first of the neighbours get the most: shares of 1/2, 1/4 ... of those who leave.
        leaving = [(employed - staying) >> (at + 1) for at in range(len(near))]
        flows = [(origin, staying), *zip(near, leaving, strict=True)]
        rows += [
            (origin.partition("_")[2], end.partition("_")[2], str(people))
            for end, people in sorted(flows)
            if people
        ]
    return _csv(rows)


def _main() -> int:
    differing = []
    for name, text in files().items():
        path = DATA / name
        if "--check" in sys.argv[1:]:
            differing += [] if path.is_file() and path.read_text("utf-8") == text else [name]
            continue
        DATA.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    if differing:
        sys.stderr.write(f"notebooks/data: {', '.join(differing)} not as generated:\n")
        sys.stderr.write("run python -m tools.example_tables\n")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(_main())
