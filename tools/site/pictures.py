"""Pictures that an example of the gallery saves, rather than shows."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["SavedPictures"]


class SavedPictures:
    """Takes the PNG files that a block of an example has written beside itself."""

    def __repr__(self) -> str:
        """Say the same in every build, for what is kept between them."""
        return "SavedPictures"

    def __call__(
        self, _block: object, block_vars: Mapping[str, Any], gallery_conf: Mapping[str, Any]
    ) -> str:
        """Move the pictures to the gallery, and return the text that shows them."""
        from sphinx_gallery.scrapers import figure_rst  # noqa: PLC0415 - only a build has it

        paths: Iterator[str] = block_vars["image_path_iterator"]
        taken = []
        for picture in sorted(Path(block_vars["src_file"]).parent.glob("*.png")):
            taken.append(next(paths))
            shutil.move(picture, taken[-1])
        return str(figure_rst(taken, gallery_conf["src_dir"]))
