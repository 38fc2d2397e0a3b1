"""How the documentation is built: `sphinx-build -W docs out/docs`, with no network."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import zones  # noqa: E402
from tools.site.pages import no_empty_heads, write_pages  # noqa: E402
from tools.site.pictures import SavedPictures  # noqa: E402

project = "development-zones"
author = "the development-zones authors"
project_copyright = author
release = version = zones.__version__
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "sphinx_design",
    "sphinx_gallery.gen_gallery",
    "tools.site.formulas",
]
exclude_patterns = ["_templates", "made/notebooks/data", "gallery/*.rst", "made/gallery/*.ipynb"]
suppress_warnings = ["mystnb.unknown_mime_type", "config.cache"]

autosummary_generate = True
autosummary_ignore_module_all = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_merge_streams = True

sphinx_gallery_conf = {
    "examples_dirs": "gallery",
    "gallery_dirs": "made/gallery",
    "filename_pattern": r"\.py$",
    "within_subsection_order": "FileNameSortKey",
    "image_scrapers": ("matplotlib", SavedPictures()),
    "reset_modules": ("matplotlib",),
    "abort_on_example_error": True,
    "remove_config_comments": True,
    "thumbnail_size": (480, 360),
    "show_memory": False,
    "show_signature": False,
    "write_computation_times": False,
    "min_reported_time": 3600,
    "copyfile_regex": r"",
}

html_theme = "pydata_sphinx_theme"
html_title = "development-zones"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_extra_path = ["extra"]
html_math_renderer = "mathml"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {"text": "development-zones"},
    "navbar_align": "left",
    "navigation_depth": 2,
    "collapse_navigation": True,
    "header_links_before_dropdown": 10,
    "show_toc_level": 2,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": False,
}

write_pages(HERE / "made", HERE / "extra")


def setup(app: object) -> None:
    """Connect what mends pages after they are rendered."""
    app.connect("html-page-context", no_empty_heads)  # type: ignore[attr-defined]
