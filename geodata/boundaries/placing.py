"""Whether polygons lie where their municipalities are, and what is wrong where they do not.

Every municipality has a known centre, so a CRS need not be believed: in the right one, polygons
lie at the centres of their own municipalities.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.countries import cached_by_countries, countries, plane_of
from geodata.countries.record import PLANE
from geodata.errors import FileFormatError
from geodata.messages import listed
from geodata.register.names import label_of
from geodata.systems import fitting, usual_systems
from geodata.units import M_PER_KM

__all__ = ["place"]

# Three town centres lie outside their own polygon at 1:4.5 million, by less than 10 km.
_STRAY_M = 30_000.0
# From the middle of a polygon's box to the centre of its municipality; Inari's is 60 km.
_MIDDLE_M = 60_000.0
_NOWHERE = 1e12
_SAMPLE = 40


def place(frame: gpd.GeoDataFrame, *, crs: object, source: str) -> gpd.GeoDataFrame:
    """Bring polygons to the plane of their countries, and check that they lie where they should.

    A ``crs`` that the user gives goes before the label of the frame. Raises `FileFormatError` for
    no CRS, a wrong label, swapped axes, or single polygons elsewhere, with what was found.
    """
    if crs is not None:
        try:
            frame = frame.set_crs(crs, allow_override=True)
        except pyproj.exceptions.CRSError as fault:
            raise FileFormatError(f"{source}: crs={crs!r} is not a CRS ({fault})") from fault
    if frame.crs is None:
        raise FileFormatError(
            f"{source}: has no CRS (coordinates {_ranges(frame)}); {_advice(frame)}"
        )
    placed = frame.to_crs(plane_of(frame.index))
    off_m = _strays(placed)
    if off_m.empty:
        return placed
    known = int(frame.index.isin(_known_centres().index).sum())
    if len(off_m) > known / 2:
        raise FileFormatError(
            f"{source}: labelled {_label(frame)}, but then {len(off_m)} of {known} municipalities "
            f"lie elsewhere (coordinates {_ranges(frame)}); {_advice(frame)}"
        )
    strays = listed((_stray(frame, str(unit), off) for unit, off in off_m.items()), mark="; ")
    raise FileFormatError(
        f"{source}: {len(off_m)} {'polygon is' if len(off_m) == 1 else 'polygons are'} not where "
        f"{'its' if len(off_m) == 1 else 'their'} municipality is: {strays}. "
        "Correct the codes or the coordinates"
    )


@cached_by_countries
def _known_centres() -> gpd.GeoSeries:
    """Centres of all municipalities, and of the former ones whose centre is known, in `PLANE`."""
    return pd.concat([record.seats().geometry.to_crs(PLANE) for record in countries()])


def _strays(placed: gpd.GeoDataFrame) -> pd.Series:
    """Return how far polygons are from their centres, for those too far, farthest first."""
    points = _known_centres()
    shared = placed.index.intersection(points.index)
    points = points.loc[shared].to_crs(placed.crs)
    with np.errstate(invalid="ignore", over="ignore"):
        metres = shapely.distance(placed.geometry.loc[shared].to_numpy(), points.to_numpy())
    # Coordinates that are impossible in the label's CRS come out as infinite, their distance as
    # not a number.
    far = pd.Series(metres, index=shared).fillna(np.inf)
    return far[far > _STRAY_M].sort_values(ascending=False, kind="stable")


def _stray(frame: gpd.GeoDataFrame, unit: str, metres: float) -> str:
    """Say where a polygon is in the file, and whether its axes are swapped."""
    x, y = _middles(frame.geometry.loc[[unit]])[0]
    target = _known_centres().loc[unit]
    east, north = pyproj.Transformer.from_crs(frame.crs, PLANE, always_xy=True).transform(y, x)
    swapped = np.hypot(east - target.x, north - target.y) < _MIDDLE_M
    return (
        f"{label_of(unit)} at ({x:.10g}, {y:.10g})"
        + (f", {metres / M_PER_KM:,.0f} km from its centre" if np.isfinite(metres) else "")
        + (", with x and y swapped" if swapped else "")
    )


def _advice(frame: gpd.GeoDataFrame) -> str:
    """Say which CRS the coordinates fit, and what to do about it."""
    points = _known_centres()
    shared = frame.index.intersection(points.index)[:_SAMPLE]
    if shared.empty:
        return "give crs= the one that they are in"
    middles = _middles(frame.geometry.loc[shared])
    targets = shapely.get_coordinates(points.loc[shared].to_numpy())
    best: tuple[float, str] = (_MIDDLE_M, "")
    for epsg, name in usual_systems().items():
        change = pyproj.Transformer.from_crs(epsg, PLANE, always_xy=True)
        for swapped in (False, True):
            x, y = middles.T[::-1] if swapped else middles.T
            east, north = change.transform(x, y)
            apart = np.hypot(np.subtract(east, targets[:, 0]), np.subtract(north, targets[:, 1]))
            middle = float(np.median(np.nan_to_num(apart, nan=_NOWHERE, posinf=_NOWHERE)))
            if middle < best[0]:
                best = (middle, _fix(epsg, name, swapped=swapped))
    places = " or ".join(record.names["en"] for record in countries())
    return best[1] or (
        f"they fit no CRS that is usual in {places}: find out which it is and give crs=; "
        "or the codes are not those of the polygons: look at a few on a map"
    )


def _fix(epsg: int, name: str, *, swapped: bool) -> str:
    if swapped:
        return (
            f"they are in EPSG:{epsg} ({name}) with x and y swapped: swap them, for instance with "
            "frame.geometry = shapely.transform(frame.geometry, lambda xy: xy[:, ::-1]), and label "
            "the result"
        )
    return fitting(epsg)


def _middles(geometry: gpd.GeoSeries) -> NDArray[np.float64]:
    bounds = geometry.bounds.to_numpy()
    middles: NDArray[np.float64] = (bounds[:, :2] + bounds[:, 2:]) / 2
    return middles


def _ranges(frame: gpd.GeoDataFrame) -> str:
    west, south, east, north = frame.total_bounds
    return f"x {west:.6g} to {east:.6g}, y {south:.6g} to {north:.6g}"


def _label(frame: gpd.GeoDataFrame) -> str:
    epsg = frame.crs.to_epsg()
    return f"EPSG:{epsg} ({frame.crs.name})" if epsg else str(frame.crs.name)
