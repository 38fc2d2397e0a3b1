"""
Commuting between the members
=============================

Lines as wide as the people who commute either way, between the centres of the municipalities. The
table is synthetic.
"""

import geopandas as gpd
import matplotlib.pyplot as plt
from shapely import LineString

import geodata
import zones

area = zones.area("viitoskaytava")
ties = zones.flow_graph(area, "../../notebooks/data/commuting_2019.csv", year=2019).ties
centres = geodata.centres().geometry
lines = gpd.GeoSeries(
    [
        LineString([centres[a], centres[b]])
        for a, b in zip(ties["left"], ties["right"], strict=True)
    ],
    crs=centres.crs,
)

figure, axes = plt.subplots(figsize=(6, 7.5), layout="constrained")
area.units.plot(ax=axes, color="#dbe7e5", edgecolor="white")
lines.plot(
    ax=axes, linewidth=ties["weight"] / ties["weight"].max() * 9, color="#0b6e6e", alpha=0.75
)
axes.set_axis_off()
_ = axes.set_title("Commuting in Viitoskäytävä, 2019 (synthetic)")
