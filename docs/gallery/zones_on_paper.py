"""
The three zones on paper
========================

One A4 in EPSG:3067, with legend, years and credits; what is known of each member is told by its
fill.
"""

import zones

zones.map(lang="en", title="Finland's development zones").static("zones.png")
