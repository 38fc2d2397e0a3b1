"""Every notebook runs from top to bottom, with no network and no outputs kept in the file."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
LIMIT = 300

# A process of its own: the client opens an event loop and sockets whose warnings are not ours.
RUN = """
import sys
import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient import NotebookClient
from jupyter_client.manager import AsyncKernelManager

class ThisPython(KernelSpecManager):
    def get_kernel_spec(self, kernel_name):
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python", language="python")

notebook = nbformat.read(sys.argv[1], as_version=4)
manager = AsyncKernelManager(kernel_spec_manager=ThisPython(), kernel_name="python3")
NotebookClient(notebook, km=manager, timeout=float(sys.argv[2])).execute(cwd=sys.argv[3])
nbformat.write(notebook, sys.argv[4])
"""

NO_NETWORK = "http://127.0.0.1:9"


def test_there_is_a_tour_and_it_is_what_the_launch_file_opens():
    tour = NOTEBOOKS[0].parent / "tour.ipynb"
    assert tour in NOTEBOOKS
    launch = json.loads((tour.parent / "zones.jupyterlab-workspace").read_text())
    assert launch["data"]["notebook:notebooks/tour.ipynb"]["data"]["factory"] == "Notebook"
    opened = launch["data"]["layout-restorer:data"]["main"]["current"].removeprefix("notebook:")
    assert tour.parents[1] / opened == tour


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, tmp_path):
    done = tmp_path / "done.ipynb"
    shutil.copytree(path.parent / "data", tmp_path / "data")
    proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    environment = os.environ | dict.fromkeys(proxies, NO_NETWORK)
    environment |= {
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "MPLBACKEND": "agg",
    }
    environment.pop("PYTHONWARNINGS", None)
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(LIMIT), str(tmp_path), str(done)],
        capture_output=True,
        text=True,
        timeout=2 * LIMIT,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    notebook = nbformat.read(done, as_version=4)
    outputs = [out for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs]
    assert not [out for out in outputs if out.output_type == "error"]
    shown = "".join(str(out.get("data", {}).get("text/html", "")) for out in outputs)
    assert "<table" in shown, "tables show themselves"
    if path.stem == "tour":
        assert "<iframe" in shown, "a map shows itself"
