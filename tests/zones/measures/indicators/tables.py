"""Small tables of all Finnish municipalities of 2019, whose sums are told by hand."""

import pandas as pd

import geodata
from geodata import Indicator, read_indicators

OLD = 2019
UNITS = sorted(geodata.municipality_register(OLD, country="FI").index)
HELSINKI, ESPOO, NURMES, VALTIMO = "FI_091", "FI_049", "FI_541", "FI_911"
"""Valtimo merged into Nurmes at the beginning of 2020."""

JOBS = Indicator(
    id="jobs",
    kind="count",
    unit="jobs",
    unit_names={"fi": "työpaikkaa", "sv": "arbetsplatser"},
    names={"fi": "Työpaikat", "sv": "Arbetsplatser", "en": "Jobs"},
)
FORCE = Indicator(id="labour_force", kind="count", unit="people")
RATE = Indicator(
    id="unemployment", kind="rate", base="labour_force", factor=100, unit="percent", digits=1
)
INCOME = Indicator(id="income", kind="mean", weight="labour_force", unit="EUR")
AGE = Indicator(id="median_age", kind="other", unit="years")


_CODES = {"helsinki": HELSINKI, "espoo": ESPOO, "nurmes": NURMES, "valtimo": VALTIMO}


def column(others, **figures):
    """Return a column: some municipalities by name, and all others the same."""
    found = pd.Series(others, index=UNITS, dtype=object)
    for name, figure in figures.items():
        found[_CODES[name]] = figure
    return found


def table_of(indicators, *, year=OLD, division=OLD, **columns):
    """Read a table of one year."""
    return read_indicators(pd.DataFrame(columns), indicators, year=year, division=division)


def several_years(indicators, frames, *, division=OLD):
    """Read a table in long form, a frame a year."""
    rows = [
        frame.rename_axis("municipality").reset_index().assign(year=year)
        for year, frame in frames.items()
    ]
    return read_indicators(pd.concat(rows), indicators, division=division)
