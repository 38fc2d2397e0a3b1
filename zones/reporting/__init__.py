"""Reports: what stands on the page, its plots, the GeoPackage and the plain-text version."""
