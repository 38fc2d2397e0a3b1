"""Shape: pieces, holes, borders and compactness of the dissolved extent."""

import math

import geopandas as gpd
import pandas as pd
import shapely

from geodata.units import M2_PER_KM2
from zones.extents.area import Area
from zones.measures.figure import exact, figure, without_boundaries
from zones.measures.graphs.undecided import border_graphs
from zones.measures.parts import Graphs
from zones.measures.surfaces import surfaces
from zones.model.figures import Measure
from zones.texts import Text

__all__ = ["SHAPE", "dissolved", "shape"]

SHAPE = ("pieces", "components", "holes", "perimeter", "inner_border", "compactness")


def dissolved(area: Area, country: str) -> shapely.MultiPolygon:
    """Return the union of the members of one country, in EPSG:3067.

    Examples
    --------
    >>> import zones
    >>> dissolved(zones.area("viitoskaytava"), "FI").geom_type
    'MultiPolygon'
    """
    members = area.units.loc[area.members(country)].geometry
    union = shapely.coverage_union_all(members.to_numpy())
    if not shapely.is_valid(union):
        # GEOS before 3.14 leaves a hole that touches the outer border in that border's ring.
        union = shapely.make_valid(union, method="structure", keep_collapsed=False)
    return shapely.MultiPolygon(list(shapely.get_parts(union)))


def shape(area: Area, *, graphs: Graphs | None = None) -> list[Measure]:
    r"""Compute the shape of the dissolved extent.

    Compactness is that of Polsby and Popper (1991), :math:`4 \pi A / P^2`, with area and outer
    border of both countries added up.

    Parameters
    ----------
    area
        An extent in a year.
    graphs
        Its border graphs, where others need them too.

    Examples
    --------
    >>> import zones
    >>> rows = {row.name: row for row in shape(zones.area("peramerenkaari"))}
    >>> rows["holes"].items
    ('FI_241',)
    """
    if not area.has_boundaries:
        return [without_boundaries(area, name) for name in SHAPE]
    ground = surfaces(area, {"all": area.units.index})["all"]
    total_area, pieces, holes = 0.0, 0, 0
    enclosed: set[str] = set()
    for country in area.countries:
        members = area.members(country)
        union = dissolved(area, country)
        total_area += union.area / M2_PER_KM2
        pieces += len(union.geoms)
        rings = [shapely.Polygon(ring) for part in union.geoms for ring in part.interiors]
        holes += len(rings)
        enclosed |= _enclosed(area.municipalities[country], members, rings)
    compactness = 4 * math.pi * total_area / ground.outer_km**2
    tied = graphs() if graphs else border_graphs(area)
    no_bounds = (Text.of("measures.note.no_bounds_length"),)
    return [
        exact(area, "pieces", pieces),
        tied.count("components", lambda graph: len(graph.components())),
        exact(area, "holes", holes, items=enclosed),
        figure(area, "perimeter", ground.outer_km, notes=no_bounds),
        figure(area, "inner_border", ground.inner_km, notes=no_bounds),
        figure(area, "compactness", compactness, notes=no_bounds),
    ]


def _enclosed(frame: gpd.GeoDataFrame, members: pd.Index, rings: list[shapely.Polygon]) -> set[str]:
    """Return the non-members inside the rings."""
    outside = frame.loc[~frame.index.isin(members)]
    tree = shapely.STRtree(outside.geometry.representative_point().to_numpy())
    return {str(unit) for ring in rings for unit in outside.index[tree.query(ring, "contains")]}
