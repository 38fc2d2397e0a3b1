"""The command line in this process: status, what is printed, and what is said."""

import pytest

from zones.cli import app


@pytest.fixture
def run(capsys):
    def call(*words):
        with pytest.raises(SystemExit) as stop:
            app.main([str(word) for word in words])
        return stop.value.code, *capsys.readouterr()

    return call
