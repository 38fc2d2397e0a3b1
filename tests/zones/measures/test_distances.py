"""Distances over shapes made up, whose figures are seen at a glance."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, box

import zones
from zones.errors import MeasureError
from zones.measures.reach.distances import (
    Target,
    checked_km,
    checked_minutes,
    given_target,
    key_of,
    member_target,
    point_bands,
    share_within,
    target,
    total,
    unit_bands,
)

KM = 1000.0


def around(**units):
    """Municipalities by name: polygon in km, centre in km, and whether it is a member."""
    scale = {"xfact": KM, "yfact": KM, "origin": (0, 0)}
    shapes, places, member = zip(*units.values(), strict=True)
    index = list(units)
    polygons = gpd.GeoSeries(list(shapes), index=index).scale(**scale)
    frame = gpd.GeoDataFrame({"member": list(member)}, index=index, geometry=polygons)
    points = gpd.GeoSeries([Point(*place) for place in places], index=index).scale(**scale)
    return frame, gpd.GeoDataFrame(geometry=points)


# The zone is 10 km square; a borders on it, b is 5 km off, c 40 km off and 60 km long.
FRAME, CENTRES = around(
    zone=(box(0, 0, 10, 10), (5, 5), True),
    a=(box(10, 0, 14, 10), (12, 5), False),
    b=(box(15, 0, 25, 10), (21, 5), False),
    c=(box(50, 0, 110, 10), (60, 5), False),
)
ZONE = Target("zone", (box(0, 0, 10 * KM, 10 * KM),))


def counted(bands):
    """Return the names wholly within, by centre and touching, for each distance."""
    kinds = (bands.wholly, bands.by_centre, bands.touching)
    columns = range(bands.wholly.shape[1])
    return [tuple("".join(FRAME.index[kind[:, at]]) for kind in kinds) for at in columns]


def test_at_no_distance_there_is_the_zone_alone():
    # The neighbour that touches it is beyond.
    assert counted(unit_bands(ZONE, FRAME, CENTRES, [0])) == [("zone", "zone", "zone")]


def test_whole_by_centre_and_at_all():
    bands = unit_bands(ZONE, FRAME, CENTRES, [0, 1, 2, 5, 11, 16, 40, 50, 101])
    assert counted(bands) == [
        ("zone", "zone", "zone"),
        ("zone", "zone", "zonea"),
        # A centre at just the distance is within.
        ("zone", "zonea", "zonea"),
        ("zonea", "zonea", "zoneab"),
        ("zonea", "zoneab", "zoneab"),
        ("zoneab", "zoneab", "zoneab"),
        ("zoneab", "zoneab", "zoneabc"),
        ("zoneab", "zoneabc", "zoneabc"),
        ("zoneabc", "zoneabc", "zoneabc"),
    ]
    for kind in (bands.wholly, bands.by_centre, bands.touching):
        assert (np.diff(kind.astype(int), axis=1) >= 0).all()


def test_members_are_no_more_within_of_what_is_not_the_zone():
    line = Target("spine", (LineString([(0, 5 * KM), (1 * KM, 5 * KM)]),))
    bands = unit_bands(line, FRAME, CENTRES, [0, 4, 12])
    assert counted(bands) == [("", "", "zone"), ("", "zone", "zone"), ("zone", "zonea", "zonea")]
    point = Target("given", (Point(12 * KM, 5 * KM),), "well")
    assert counted(unit_bands(point, FRAME, CENTRES, [0]))[0] == ("", "a", "a")


def test_parts_of_two_countries_are_each_measured_from():
    both = Target("zone", (box(0, 0, KM, KM), box(200 * KM, 0, 201 * KM, KM), box(0, 0, KM, KM)))
    x, y = np.array([0.5, 2.0, 199.0, 100.0]) * KM, np.full(4, 0.5 * KM)
    assert point_bands(both, x, y, [0, 1, 99]).tolist() == [
        [True, True, True],
        [False, True, True],
        [False, True, True],
        [False, False, True],
    ]
    # What both hold counts once.
    assert share_within(both, x[:1], y[:1], KM, [0]).tolist() == [[1.0]]
    assert shapely.area(both.reach(0)) == pytest.approx(2 * KM**2)


def test_a_buffer_never_reaches_too_far_and_hardly_less():
    reached = Target("given", (Point(0, 0),)).reach(10.0)
    radii = np.hypot(*shapely.get_coordinates(reached).T)
    assert radii.max() <= 10 + 1e-9
    assert shapely.area(reached) > 0.999 * np.pi * 100


def test_shares_of_cells():
    square = Target("zone", (box(0, 0, 10, 10),))
    x, y = np.array([0.0, 9.0, 10.25, 99.0]), np.full(4, 5.0)
    # The side is in metres, distances in km.
    assert share_within(square, x, y, 2, [0, 0.001]).round(3).tolist() == [
        [0.5, 1.0],
        [1.0, 1.0],
        [0.375, 0.875],
        [0.0, 0.0],
    ]
    small = Target("zone", (box(0, 0, 0.5, 0.5),))
    assert share_within(small, np.array([0.25]), np.array([0.25]), 1, [0])[0, 0] == 0.25
    line = Target("spine", (LineString([(0, 0), (10, 0)]),))
    assert share_within(line, np.array([5.0]), np.array([0.0]), 2, [0, 1]).tolist() == [[0.0, 1.0]]


def test_of_what():
    assert target(None, ZONE) is ZONE
    single = member_target(Point(1, 2))
    assert (single.of, single.parts, single.called) == ("centres", (Point(1, 2),), {})
    points = gpd.GeoDataFrame(geometry=gpd.GeoSeries({"b": Point(1, 0), "a": Point(0, 0)}))
    members = SimpleNamespace(units=pd.DataFrame(index=["a"]))
    assert target(members, "centres", points).parts == (shapely.MultiPoint([(0, 0)]),)
    for of, asked in (("coast", points), ("centres", None)):
        with pytest.raises(MeasureError) as refused:
            target(members, of, asked)
        assert str(refused.value) == f"of={of!r} is not known: give one of zone, spine, centres"
    with pytest.raises(MeasureError) as refused:
        given_target("coast")
    assert str(refused.value) == (
        "of='coast' is not known: give one of zone, spine, centres, or the path of a file of "
        "points or lines"
    )
    given = given_target(gpd.GeoSeries([Point(300_000, 7_000_000)], crs=3067))
    assert given.of == "given"
    assert given.called["name"].render("en")


def test_each_countrys_polygons_apart():
    area = zones.area(["Tornio", "Haparanda"])
    found = target(area, "zone")
    assert found.of == "zone"
    expected = [area.units.geometry.loc[[unit]].union_all() for unit in ("FI_851", "SE_2583")]
    for part, whole in zip(found.parts, expected, strict=True):
        assert shapely.area(shapely.symmetric_difference(part, whole)) < 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (-1, "-1"),
        ([10, -5], "-5"),
        ([float("nan"), float("inf")], "nan, inf"),
        ("25", "'25'"),
        (True, "True"),
        ([None], "None"),
        ([], "an empty list"),
    ],
)
def test_distances_and_minutes_are_numbers(given, shown):
    for check, name, what in (
        (checked_km, "within_km", "distances in km"),
        (checked_minutes, "minutes", "minutes"),
    ):
        with pytest.raises(MeasureError) as refused:
            check(given)
        assert str(refused.value) == (
            f"{name}= has {shown}: give {what}, 0 or more, such as [0, 10, 50]"
        )


def test_distances_in_order_each_once():
    assert checked_km([50, 0, np.int64(10), 10.0]) == (0.0, 10.0, 50.0)
    assert checked_km(2.5) == (2.5,)
    assert checked_km(None) == ()
    assert checked_minutes({30, 0}) == (0.0, 30.0)
    assert checked_minutes(None) == ()
    assert (key_of(10.0), key_of(2.5), key_of(1000.0)) == ("10", "2.5", "1000")


def test_the_sum_of_the_chosen():
    people = pd.Series([1.0, 2.0, np.nan])
    assert total(people, np.array([True, True, False])) == 3
    assert isinstance(total(people, np.array([True, True, False])), int)
    assert total(people, np.array([True, False, True])) is None
    assert total(people, np.array([False, False, False])) == 0
