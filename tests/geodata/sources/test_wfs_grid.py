"""The population grid from a stand-in for Statistics Finland's WFS.

Shapes of answers are documented; figures and faults are constructed.
"""

import geopandas as gpd
import pytest
import shapely

from geodata import sources
from geodata.errors import ServiceError
from tests.geodata.sources.bad_server import (
    QUICK,
    BadServer,
    wfs,
)

GRID = "vaestoruutu:vaki2025_1km"


def cells(people):
    """Cells of the 1 km grid (documented fields; the people are constructed)."""
    made = []
    for number, count in enumerate(people):
        x, y = 300_000 + 1000 * number, 6_900_000
        made.append(
            {
                "type": "Feature",
                "geometry": shapely.geometry.mapping(shapely.box(x, y, x + 1000, y + 1000)),
                "properties": {
                    "grd_id": f"1kmN6900E{x // 1000:04d}",
                    "kunta": "005",
                    "vaesto": count,
                },
            }
        )
    return made


@pytest.mark.parametrize("page", [None, 3])
def test_the_grid(tmp_path, page):
    with BadServer(wfs({GRID: cells([12, 3, 400, 7])}, page=page, key="grd_id")) as server:
        fetched = sources.fetch_population_grid(
            2025, base_url=server.url, folder=tmp_path, transport=QUICK
        )
    grid = fetched.data
    assert isinstance(grid, gpd.GeoDataFrame)
    assert grid["population"].tolist() == [12, 3, 400, 7]
    assert set(grid["lau_id"]) == {"FI_005"}
    assert grid.geometry.iloc[0].coords[0] == (300_500, 6_900_500)
    assert grid.crs.to_epsg() == 3067
    assert "vaki2025_1km" in fetched.line
    assert server.requests[-1].query["propertyName"] == "grd_id,kunta,vaesto,geom"


@pytest.mark.parametrize("people", [[1, 2.5], [1, -5], [1, "many"], [1, None]])
def test_a_grid_with_people_that_are_no_number(tmp_path, people):
    with (
        BadServer(wfs({GRID: cells(people)}, key="grd_id")) as server,
        pytest.raises(ServiceError, match="not whole numbers"),
    ):
        sources.fetch_population_grid(2025, base_url=server.url, folder=tmp_path, transport=QUICK)
    assert list(tmp_path.iterdir()) == []


def test_a_grid_of_cells_that_are_not_offered():
    with pytest.raises(ValueError, match="give one of 1km, 5km"):
        sources.fetch_population_grid(2025, cell="250m")
