"""Coordinates and polygons of users' boundaries.

Every fault is constructed in the bundled polygons.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

import geodata
from geodata.boundaries.checking import check_boundaries
from geodata.boundaries.given import as_boundaries
from geodata.errors import CoverageError, FileFormatError, IdentifierError
from tests.geodata.boundaries.changed import ALAJARVI, swapped, with_shape

# -- coordinates -------------------------------------------------------------------------------


def test_no_crs(statfi, bundled):
    bare = statfi.set_crs(None, allow_override=True)
    with pytest.raises(FileFormatError, match=r"has no CRS.*EPSG:3067.*give crs=3067"):
        as_boundaries(bare)
    assert_geodataframe_equal(as_boundaries(bare, crs=3067), bundled)


@pytest.mark.parametrize("label", [4326, 3006, 25834, 3857])
def test_a_wrong_label(statfi, bundled, label):
    labelled = statfi.set_crs(label, allow_override=True)
    with pytest.raises(FileFormatError, match=rf"labelled EPSG:{label}.*give crs=3067"):
        as_boundaries(labelled)
    assert_geodataframe_equal(as_boundaries(labelled, crs="EPSG:3067"), bundled)


@pytest.mark.parametrize("truth", [4326, 3006, 2393, 25834, 3035, 3879])
def test_coordinates_of_another_crs_under_the_usual_label(statfi, truth):
    labelled = statfi.to_crs(truth).set_crs(3067, allow_override=True)
    with pytest.raises(FileFormatError, match=rf"labelled EPSG:3067.*give crs={truth}"):
        as_boundaries(labelled)


@pytest.mark.parametrize("epsg", [3067, 4326])
def test_swapped_axes(statfi, epsg):
    frame = statfi.to_crs(epsg)
    frame.geometry = swapped(frame.geometry)
    with pytest.raises(FileFormatError, match=rf"EPSG:{epsg} .*x and y swapped: swap them"):
        as_boundaries(frame)


@pytest.mark.parametrize("epsg", [3067, 4326])
def test_swapped_coordinates_of_one_municipality(statfi, epsg):
    frame = statfi.to_crs(epsg)
    shape = swapped(frame.geometry.iloc[ALAJARVI])
    with pytest.raises(FileFormatError, match=r"1 polygon is.*005 Alajärvi at .*x and y swapped"):
        as_boundaries(with_shape(frame, ALAJARVI, shape))


def test_codes_that_have_slipped(statfi):
    a, b = statfi.geometry.iloc[ALAJARVI], statfi.geometry.iloc[200]
    frame = with_shape(with_shape(statfi, ALAJARVI, b), 200, a)
    with pytest.raises(FileFormatError, match=r"2 polygons.*005 Alajärvi at .* km from its centre"):
        as_boundaries(frame)


def test_coordinates_of_nowhere(statfi):
    frame = statfi.assign(geometry=shapely.transform(statfi.geometry, lambda xy: xy / 7 + 3e7))
    with pytest.raises(FileFormatError, match="fit no CRS that is usual"):
        as_boundaries(frame)


def test_a_former_municipality_whose_centre_is_not_known():
    frame = gpd.GeoDataFrame({"kunta": ["413"]}, geometry=[shapely.box(3e5, 6.8e6, 3.1e5, 6.9e6)])
    with pytest.raises(FileFormatError, match=r"has no CRS .*give crs= the one"):
        as_boundaries(frame, year=2014, partial=True)
    placed = as_boundaries(frame, year=2014, partial=True, crs=3067)
    assert placed["name_fi"].tolist() == ["Lavia"]


def test_a_crs_that_is_none(statfi):
    with pytest.raises(FileFormatError, match="crs='Finland' is not a CRS"):
        as_boundaries(statfi, crs="Finland")


# -- polygons ----------------------------------------------------------------------------------


def largest(shape):
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def test_a_municipality_without_a_polygon(statfi):
    with pytest.raises(FileFormatError, match="005 Alajärvi has no polygon"):
        as_boundaries(with_shape(statfi, ALAJARVI, None))
    with pytest.raises(FileFormatError, match="005 Alajärvi is a Point"):
        as_boundaries(with_shape(statfi, ALAJARVI, shapely.Point(300_000, 7_000_000)))


def test_ground_that_is_left_out(statfi, bundled):
    square = shapely.box(540_000, 6_990_000, 590_000, 7_040_000)
    cut = statfi.set_geometry(statfi.geometry.difference(square))
    with pytest.raises(CoverageError, match=r"FI_297.*: 2,500 km² of their .* \(565000\.0, 7015"):
        as_boundaries(cut)
    # At the coast and the national border it is no hole, and a part of the country has it too.
    border = shapely.box(100_000, 7_600_000, 900_000, 8_000_000)
    north = statfi[statfi["kunta"].isin(["047", "148"])]
    cut = north.set_geometry(north.geometry.difference(border))
    faults = check_boundaries(as_boundaries(cut, partial=True, check=False)).of("left_out")
    lost = north.geometry.intersection(border)
    assert sum(fault.size for fault in faults) == pytest.approx(lost.area.sum(), rel=0.02)
    assert check_boundaries(as_boundaries(north, partial=True)).valid


def test_a_unit_whose_area_is_not_its_own(bundled):
    # A ring of 4 km is lost, which no circle of 5 km fits into.
    shrunk = bundled.copy()
    shrunk.loc["FI_018", "geometry"] = shrunk.geometry["FI_018"].buffer(-4_000)
    [fault] = check_boundaries(shrunk).of("area_differs")
    lost = bundled.geometry["FI_018"].area - shrunk.geometry["FI_018"].area
    assert (fault.units, fault.fatal) == (("FI_018",), True)
    assert fault.size == pytest.approx(lost)
    # By the sea a municipality may hold much of it.
    wet = bundled.copy()
    sea = shapely.box(-100_000, 7_000_000, -10_000, 7_100_000)
    wet.loc["FI_564", "geometry"] = wet.geometry["FI_564"].union(sea)
    assert not check_boundaries(wet).of("area_differs")
    # Vihti has neighbours all around.
    wet.loc["FI_927", "geometry"] = wet.geometry["FI_927"].union(sea.buffer(-1_000))
    assert [fault.units for fault in check_boundaries(wet).of("area_differs")] == [("FI_927",)]


def test_each_country_is_checked_by_itself(bundled, swedish):
    both = pd.concat([bundled, swedish])
    report = check_boundaries(both)
    assert report.valid
    assert report.units == len(both)
    assert {fault.kind for fault in report.faults} == {"pieces", "hole"}


def test_collections_of_polygons_alone_are_polygons(statfi, bundled):
    parts = list(shapely.get_parts(statfi.geometry.iloc[ALAJARVI]))
    collection = shapely.GeometryCollection([shapely.GeometryCollection(parts)])
    assert_geodataframe_equal(as_boundaries(with_shape(statfi, ALAJARVI, collection)), bundled)
    mixed = shapely.GeometryCollection([*parts, shapely.Point(300_000, 7_000_000)])
    with pytest.raises(FileFormatError, match="005 Alajärvi is a GeometryCollection"):
        as_boundaries(with_shape(statfi, ALAJARVI, mixed))


def test_more_rows_at_fault_than_are_listed(statfi):
    statfi.loc[::10, "kunta"] = None
    with pytest.raises(
        IdentifierError, match=r"row index 0, 10, 20 and 28 more: (nan|None) is missing"
    ):
        as_boundaries(statfi)


def test_a_ring_that_crosses_itself(statfi):
    shape = largest(statfi.geometry.iloc[ALAJARVI])
    x, y = shape.centroid.coords[0]
    ring = np.array(shape.exterior.coords)
    crossing = np.vstack([ring[:-1], [(x, y), (x + 9e4, y), (x + 9e4, y + 10), ring[0]]])
    with pytest.raises(CoverageError, match=r"FI_005: invalid polygon at \(\d+\.\d, \d+\.\d\): "):
        as_boundaries(with_shape(statfi, ALAJARVI, shapely.Polygon(crossing)))


def test_a_ring_that_touches_itself(statfi):
    shape = largest(statfi.geometry.iloc[ALAJARVI])
    ring = np.array(shape.exterior.coords)
    x, y = shape.representative_point().coords[0]
    # A loop inside that hangs on the ring's first vertex by going there and back.
    loop = [(x, y), (x + 10, y), (x, y + 10), (x, y)]
    touching = shapely.Polygon(np.vstack([ring, loop, ring[:1]]))
    with pytest.raises(CoverageError, match=r"FI_005: invalid polygon at .*elf-intersection"):
        as_boundaries(with_shape(statfi, ALAJARVI, touching))


def test_a_gap_of_a_metre(statfi):
    # Every vertex that Alajärvi shares with Alavus is drawn back by a metre, on one side only.
    here, there = (statfi.geometry.iloc[statfi["kunta"].eq(c).argmax()] for c in ("005", "010"))
    common = shapely.intersection(here.boundary, there.boundary)
    shared = {tuple(xy) for xy in shapely.get_coordinates(common)}
    middle = np.array(there.centroid.coords[0]) - np.array(here.centroid.coords[0])
    step = middle / np.hypot(*middle)
    moved = shapely.transform(
        here, lambda xy: np.array([p - step if tuple(p) in shared else p for p in xy])
    )
    with pytest.raises(CoverageError, match=r"FI_005, FI_010: gap of .* at \(\d+"):
        as_boundaries(with_shape(statfi, ALAJARVI, moved))


def test_an_overlap_and_the_way_past_it(statfi):
    fat = statfi.geometry.iloc[ALAJARVI].buffer(50)
    frame = with_shape(statfi, ALAJARVI, fat)
    with pytest.raises(CoverageError, match=r"overlap of .*check=False"):
        as_boundaries(frame)
    read = as_boundaries(frame, check=False)
    assert not geodata.check_coverage(read).valid


def test_the_two_countries_are_no_coverage_of_each_other(gisco):
    # At Tornio and Haparanda the two layers overlap by some km2: that is no fault of the file.
    frame = as_boundaries(gisco)
    assert not geodata.check_coverage(frame).valid


def test_heights_are_left_out(statfi, bundled):
    statfi.geometry = shapely.force_3d(statfi.geometry, 12.0)
    assert_geodataframe_equal(as_boundaries(statfi), bundled)
