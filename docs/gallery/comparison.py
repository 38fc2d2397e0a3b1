"""
Zones side by side
==================

How many people a zone has depends on which members count. The bar runs from the people of the
members that have evidence to those of the whole extent.
"""

import matplotlib.pyplot as plt

import zones

figure, axes = plt.subplots(figsize=(8, 3.2), layout="constrained")
for zone in ("viitoskaytava", "suomen-kasvukaytava", "peramerenkaari"):
    reach = zones.reach(zone)
    known = reach.get("population_with_evidence").value or 0
    whole = reach.get("population").value
    name = zones.get(zone).names.fi
    said = f"{whole:,}" if known == whole else f"{known:,}\nto {whole:,}"
    axes.barh(name, known / 1e6, color="#0b6e6e", height=0.6)
    axes.barh(name, (whole - known) / 1e6, left=known / 1e6, color="#a9d3cf", height=0.6)
    axes.annotate(said, (whole / 1e6, name), (6, 0), textcoords="offset points", va="center")
axes.set_xlabel("million people of members with evidence (dark), of the whole extent (light)")
axes.spines[["top", "right", "left"]].set_visible(False)
axes.tick_params(left=False)
_ = axes.set_xlim(0, 3.4)
