"""
People per square kilometre
===========================

Density in classes, with the outlines of the zones over it; the same views are on the live map.
"""

import zones

zones.map(["peramerenkaari", "viitoskaytava"], lang="en").static("density.png", view="density")
