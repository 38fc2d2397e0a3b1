"""
Who holds a zone together
=========================

Land borders between the members. Without a **cut member** (orange), what is left falls apart.
"""

import matplotlib.pyplot as plt

import geodata
import zones

area = zones.area("viitoskaytava")
graph = zones.border_graph(area)
centres = geodata.centres().geometry

figure, axes = plt.subplots(figsize=(6, 7.5), layout="constrained")
area.units.plot(ax=axes, color="#dbe7e5", edgecolor="white")
for a, b in zip(graph.ties["left"], graph.ties["right"], strict=True):
    axes.plot(
        [centres[a].x, centres[b].x], [centres[a].y, centres[b].y], color="#0b6e6e", linewidth=1
    )
cut = graph.articulation_points()
centres[area.units.index].plot(ax=axes, color="#0b6e6e", markersize=14, zorder=3)
centres[list(cut)].plot(ax=axes, color="#d9622b", markersize=60, zorder=4)
for unit in cut:
    name = area.units.loc[unit, "name_fi"]
    axes.annotate(name, centres[unit].coords[0], (7, 3), textcoords="offset points")
_ = axes.set_axis_off()
