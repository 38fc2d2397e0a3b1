"""Countries in one zone: whether their polygons claim the same ground."""

import itertools
from collections.abc import Iterable, Iterator, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import countries
from geodata.units import M2_PER_KM2, M_PER_KM
from zones.model.amounts import Amount, first_of
from zones.model.keys import country_name
from zones.texts import LANGUAGES, Named, Text

__all__ = ["claimed_twice"]

# Borders of two files stray by less than this, so that what is wider is no sliver between them.
_SLIVER_KM = 2.0
_HALF = 0.5


def claimed_twice(
    frames: Mapping[str, gpd.GeoDataFrame], members: pd.Index, own: Iterable[str]
) -> list[Text]:
    """
    Say where members of two countries overlap by more than a sliver, and so count twice.

    An overlap is a sliver where it is narrower than borders of two files may stray, and covers
    less than half of either unit.

    Parameters
    ----------
    frames
        All units of each country, in one plane.
    members
        The units of the zone.
    own
        Countries whose polygons are a user's, beside those brought in; bundled ones fit together.
    """
    given = {*own, *(country for country in frames if countries.country(country).given)}
    inside = {country: frame.loc[frame.index.isin(members)] for country, frame in frames.items()}
    return [
        note
        for one, other in itertools.combinations(inside, 2)
        if given & {one, other}
        for note in _between(one, inside[one], other, inside[other])
    ]


def _between(
    one: str, ours: gpd.GeoDataFrame, other: str, theirs: gpd.GeoDataFrame
) -> Iterator[Text]:
    left, right = ours.geometry.to_numpy(), theirs.geometry.to_numpy()
    at, of = shapely.STRtree(right).query(left, predicate="intersects")
    # Polygons that were taken unchecked may be such as GEOS cannot cut.
    both = shapely.intersection(shapely.make_valid(left[at]), shapely.make_valid(right[of]))
    km2 = shapely.area(both) / M2_PER_KM2
    smaller = np.minimum(shapely.area(left[at]), shapely.area(right[of])) / M2_PER_KM2
    wide = ~shapely.is_empty(shapely.buffer(both, -_SLIVER_KM / 2 * M_PER_KM))
    twice = np.flatnonzero((km2 > 0) & (wide | (km2 > _HALF * smaller)))
    if not len(twice):
        return
    twice = twice[np.argsort(-km2[twice], kind="stable")]
    pairs = [
        Text.of("abroad.note.pair", one=_named(ours, at[row]), other=_named(theirs, of[row]))
        for row in twice
    ]
    yield Text.of(
        "abroad.note.claimed_twice",
        one=country_name(one),
        other=country_name(other),
        area=Amount.of_unit(float(km2[twice].sum()), "km2"),
        pairs=first_of(pairs),
    )


def _named(frame: gpd.GeoDataFrame, at: int) -> Named:
    return Named.in_three(*(str(frame[f"name_{lang}"].iloc[at]) for lang in LANGUAGES))
