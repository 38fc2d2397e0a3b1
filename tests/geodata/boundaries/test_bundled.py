"""Municipality polygons by year: which are there, what they hold, and that borders stay shared."""

import functools
import subprocess
import sys
from dataclasses import replace

import geopandas as gpd
import networkx as nx
import pytest
import shapely

from geodata import countries, municipalities
from geodata.boundaries import bundled
from geodata.countries import bundled as tables
from geodata.errors import NoGeometryError, SnapshotError, YearError
from geodata.register.divisions import municipality_register
from tools.snapshot import build

# Units of each division, as the register's yearly tables count them.
UNITS = {2021: 309, 2022: 309, 2023: 309, 2024: 309, 2025: 308, 2026: 308}


@pytest.fixture(scope="module")
def raw():
    """The polygons as they were delivered, read with nothing of ours."""
    if not build.SOURCE.is_dir():
        pytest.skip("the raw inputs are in the source distribution only")
    frame = gpd.read_file(build.SOURCE / "municipality_boundaries_2021_4500k.gpkg")
    return frame.set_index("FI_" + frame["code"]).geometry


@pytest.mark.parametrize(("year", "units"), UNITS.items())
def test_a_year_has_its_units_and_register(year, units):
    frame = municipalities(year)
    assert type(frame) is gpd.GeoDataFrame
    assert len(frame) == units
    assert frame.index.name == "lau_id"
    assert frame.index.is_unique
    assert frame.index.is_monotonic_increasing
    assert frame.crs.to_epsg() == 3067
    assert set(frame.geom_type) == {"MultiPolygon"}
    assert frame.is_valid.all()
    assert frame.geometry.is_valid_coverage()
    register = municipality_register(year)
    assert frame.drop(columns="geometry").equals(register)
    assert list(frame.columns) == [*register.columns, "geometry"]


def test_polygons_are_those_delivered_bit_for_bit(raw):
    frame = municipalities(2021)
    assert shapely.equals_identical(
        frame.geometry.to_numpy(), raw.loc[frame.index].to_numpy()
    ).all()


def test_pertunmaa_goes_into_mantyharju(raw):
    frame = municipalities(2026)
    assert "FI_588" not in frame.index
    both = raw.loc[["FI_507", "FI_588"]]
    merged = frame.geometry["FI_507"]
    assert merged.equals(both.union_all())
    assert merged.area == pytest.approx(both.area.sum(), rel=1e-12)
    # No new vertex: the border that is left is made of the delivered points.
    delivered = set(map(tuple, shapely.get_coordinates(both.to_numpy())))
    assert set(map(tuple, shapely.get_coordinates(merged))) <= delivered
    others = frame.index.drop("FI_507")
    assert shapely.equals_identical(
        frame.geometry[others].to_numpy(), raw.loc[others].to_numpy()
    ).all()


def test_total_area_is_that_of_the_layer():
    """337,964 km2 by the layer's description; a division more or less does not change it."""
    for year in (2021, 2026):
        assert municipalities(year).area.sum() / 1e6 == pytest.approx(337_964, abs=0.5)


def test_neighbours_of_2026_by_plain_shapely():
    """773 pairs share a line and they hang together in 13 pieces, as counted elsewhere."""
    shapes = municipalities(2026).geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    shared = shapely.length(shapely.intersection(shapes[left], shapes[right])) > 0
    graph = nx.Graph(list(zip(left[shared], right[shared], strict=True)))
    graph.add_nodes_from(range(len(shapes)))
    assert graph.number_of_edges() == 773
    assert nx.number_connected_components(graph) == 13


def test_region_is_that_of_the_year():
    assert municipalities(2021).loc["FI_171", "region_fi"] == "Pohjois-Savo"
    assert municipality_register(2020).loc["FI_171", "region_fi"] == "Etelä-Savo"


@pytest.mark.parametrize("year", [2013, 2021, 2026])
def test_sweden_is_a_coverage_of_its_own(year):
    frame = municipalities(year, country="SE")
    assert len(frame) == 29
    assert set(frame["region"]) == {"24", "25"}
    assert frame.crs.to_epsg() == 3067
    assert frame.is_valid.all()
    assert frame.geometry.is_valid_coverage()


def test_sweden_is_the_same_in_every_year():
    first, last = (municipalities(y, country="SE").geometry for y in (2021, 2026))
    assert shapely.equals_identical(first.to_numpy(), last.to_numpy()).all()


def test_countries_do_not_share_a_vertex():
    finland = set(map(tuple, municipalities().get_coordinates().to_numpy()))
    sweden = set(map(tuple, municipalities(country="SE").get_coordinates().to_numpy()))
    assert not finland & sweden


def test_a_frame_is_a_copy():
    frame = municipalities(2026)
    frame.loc["FI_091", "name_fi"] = "other"
    frame.geometry = frame.buffer(1.0)
    again = municipalities(2026)
    assert again.loc["FI_091", "name_fi"] == "Helsinki"
    assert again.geometry.is_valid_coverage()


@pytest.mark.parametrize("year", [2013, 2020])
def test_earlier_year_says_why_and_what_to_do(year):
    with pytest.raises(
        NoGeometryError, match=rf"{year}.*cannot be split.*boundary file.*municipality_register"
    ):
        municipalities(year)


@pytest.mark.parametrize("year", [2012, 2027, True, "2012", 2022.5, None])
def test_year_out_of_range_names_the_range(year):
    with pytest.raises(YearError, match="2021-2026"):
        municipalities(year)


@pytest.mark.parametrize("country", ["NO", "fi"])
def test_unknown_country_names_those_there_are(country):
    with pytest.raises(NoGeometryError, match="expected 'FI' or 'SE'"):
        municipalities(country=country)


def test_a_damaged_file_says_reinstall(monkeypatch):
    def damaged(name):
        raise SnapshotError(f"bundled file {name} is damaged; reinstall")

    monkeypatch.setattr("geodata.snapshot.read_bytes", damaged)
    polygons = functools.partial(tables.polygons.__wrapped__, "boundaries_fi_2021.npz", "FI")
    unread = countries.using(replace(countries.country("FI"), polygons=polygons))
    with unread, pytest.raises(SnapshotError, match=r"boundaries_fi_2021\.npz.*reinstall"):
        municipalities(2026)


def test_carrying_dissolves_chains_and_keeps_the_rest():
    cells = {f"FI_00{i}": shapely.box(i, 0, i + 1, 1) for i in range(1, 6)}
    carried = bundled.carry_boundaries(
        gpd.GeoSeries(cells, crs=3067), {"FI_003": "FI_002", "FI_004": "FI_002"}
    )
    assert carried.index.tolist() == ["FI_001", "FI_002", "FI_005"]
    assert carried.area.tolist() == [1.0, 3.0, 1.0]
    assert carried.crs.to_epsg() == 3067
    assert set(carried.geom_type) == {"MultiPolygon"}


def test_carrying_nothing_changes_nothing():
    layer = municipalities(2021).geometry
    carried = bundled.carry_boundaries(layer, {})
    assert shapely.equals_identical(carried.to_numpy(), layer.to_numpy()).all()


def test_importing_loads_no_heavy_package():
    heavy = "{'pandas', 'geopandas', 'shapely', 'numpy', 'pyproj'}"
    code = f"import sys, geodata; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
