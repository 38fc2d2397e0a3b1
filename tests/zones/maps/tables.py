"""Tables of indicators made by hand: counts, rates, gaps, of a division before mergers."""

import numpy as np
import pandas as pd

import geodata
from geodata.tables.indicator import Indicator
from geodata.tables.table import IndicatorTable

SOURCE = "Synthetic, made for tests"
UNITS = sorted(geodata.municipality_register(2019).index)
"""Finland before mergers: FI_049 has a figure of its own, and FI_507 took in FI_588 in 2024."""

COLUMNS = (
    Indicator(
        id="jobs",
        kind="count",
        unit="jobs",
        unit_names={"fi": "työpaikkaa", "sv": "arbetsplatser", "en": "jobs"},
        names={"fi": "Työpaikat", "sv": "Arbetsplatser", "en": "Jobs"},
        suppressed_below=5,
    ),
    Indicator(
        id="labour_force",
        kind="count",
        unit="people",
        names={"fi": "Työvoima", "sv": "Arbetskraft", "en": "Labour force"},
    ),
    Indicator(
        id="unemployment",
        kind="rate",
        base="labour_force",
        factor=100,
        unit="percent",
        digits=1,
        names={"fi": "Työttömyysaste", "sv": "Arbetslöshetsgrad", "en": "Unemployment rate"},
    ),
    Indicator(
        id="migration",
        kind="rate",
        base="population",
        factor=1000,
        unit="per mille",
        unit_names={"fi": "‰", "sv": "‰", "en": "‰"},
        digits=1,
        middle=0,
        names={"fi": "Nettomuutto", "sv": "Nettoflyttning", "en": "Net migration"},
        source="Synthetic, of another publisher",
    ),
    Indicator(
        id="balance",
        kind="count",
        unit="people",
        middle=0,
        names={"fi": "Muuttotase", "sv": "Flyttningsbalans", "en": "Migration balance"},
    ),
)


def cells_of(columns):
    """Return cells of series by column and year: what is missing is suppressed, below five."""
    parts = []
    for (name, year), values in columns.items():
        known = values.notna()
        part = pd.DataFrame(
            {
                "value": values,
                "low": values.fillna(0),
                "high": values.fillna(4),
                "state": np.where(known, "known", "suppressed"),
            }
        )
        keys = ["indicator", "year", "place"]
        part.index = pd.MultiIndex.from_product([[name], [year], values.index], names=keys)
        parts.append(part)
    return pd.concat(parts).sort_index()


def table_by_hand(indicators=COLUMNS, **options):
    """
    Return a table of 2019: three municipalities suppressed, two not available, one merged since.

    Jobs of FI_588 are suppressed, so that those of FI_507 are known between bounds.
    """
    shares = np.random.default_rng(7).lognormal(8, 1.1, (len(UNITS), 2))
    jobs = pd.Series(np.round(shares[:, 0]), index=UNITS)
    force = pd.Series(np.round(shares[:, 0] + shares[:, 1] / 2), index=UNITS)
    wave = pd.Series(np.sin(np.arange(len(UNITS)) / 9), index=UNITS)
    jobs.loc[["FI_588", "FI_047", "FI_890"]] = np.nan
    columns = {
        ("jobs", 2018): jobs * 0.95 // 1,
        ("jobs", 2019): jobs,
        ("labour_force", 2019): force,
        ("unemployment", 2019): (9 + 5 * wave).round(1),
        ("migration", 2019): (12 * wave - 2).round(1),
        ("balance", 2019): (force / 40 * wave).round(0),
    }
    cells = cells_of(columns)
    gone = cells.index.get_level_values("place").isin(["FI_261", "FI_742"])
    cells.loc[gone, ["value", "low", "high"]] = np.nan
    cells.loc[gone, "state"] = "missing"
    places = {unit: (unit,) for unit in UNITS}
    settings = {"source": SOURCE, "licence": "CC0-1.0"} | options
    return IndicatorTable(
        indicators=tuple(indicators), cells=cells, places=places, division=2019, **settings
    )


def wide_table(count=30):
    """Return a table of so many columns, half of them counts, with hostile names on request."""
    indicators, columns = [], {}
    draws = np.random.default_rng(3).lognormal(6, 1, (count, len(UNITS)))
    for number, drawn in enumerate(draws):
        count_it = number % 2 == 0
        values = drawn.round(0) if count_it else (drawn % 100).round(2)
        name = f"column_{number}"
        settings = {"kind": "count"} if count_it else {"kind": "mean", "weight": "column_0"}
        indicators.append(Indicator(id=name, names={"en": f"Column {number}"}, **settings))
        columns[name, 2019] = pd.Series(values, index=UNITS)
    places = {unit: (unit,) for unit in UNITS}
    return IndicatorTable(
        indicators=tuple(indicators),
        cells=cells_of(columns),
        places=places,
        division=2019,
        source=SOURCE,
    )
