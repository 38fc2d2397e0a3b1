"""
How the command line ends: one line and the usual status, whatever stops it, and nothing left.

========================  ======
done                      0
could not be done         1
wrong input               2
Ctrl-C                    130
who reads has closed      141
SIGTERM                   143
========================  ======
"""

import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from zones.output import sweep, visible

__all__ = ["BAD_INPUT", "FAILED", "complain", "ended"]

FAILED, BAD_INPUT = 1, 2
_PIPE_CLOSED = 141
_STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_DISK = frozenset({errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)})


class _Stopped(BaseException):
    """A signal to stop; no library takes it for something of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


def ended(run: Callable[[], int]) -> int:
    """
    Run what returns a status, and return that, or the one of what stopped it.

    Parameters
    ----------
    run
        What is done. Whatever else it raises goes up.
    """
    with _stoppable():
        try:
            _prepare()
            status = run()
            sys.stdout.flush()
        except (_Stopped, KeyboardInterrupt) as stop:
            _give_up_output()
            status = complain("stopped", getattr(stop, "status", 128 + signal.SIGINT))
        except (OSError, SystemExit) as error:
            status = _of_stream(error)
        finally:
            sweep()
    return status


def _of_stream(error: OSError | SystemExit) -> int:
    """Return the status where nobody reads or there is no room; what else is wrong goes up."""
    # So typer ends where a pipe is closed.
    cause = error.__context__ if isinstance(error, SystemExit) else error
    if isinstance(cause, BrokenPipeError):
        _give_up_output()
        return _PIPE_CLOSED
    if isinstance(error, OSError) and error.errno in _DISK:
        _give_up_output()
        return complain(f"cannot write what was found ({error.strerror}): make room", FAILED)
    raise error


def complain(message: str, status: int) -> int:
    """Say in one line what is wrong, and return the status."""
    with suppress(OSError):  # Nobody may listen.
        sys.stderr.write(f"error: {visible(' '.join(message.split()))}\n")
        sys.stderr.flush()
    return status


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn signals into an exception, so that everything is put away; one stop is enough."""

    def stop(number: int, _: FrameType | None) -> None:
        for each in _STOPS:
            signal.signal(each, signal.SIG_IGN)
        raise _Stopped(number)

    before = {}
    try:
        for each in _STOPS:
            # What runs in the background may be told to ignore a stop; None is not Python's.
            if signal.getsignal(each) not in (signal.SIG_IGN, None):
                before[each] = signal.signal(each, stop)
    except ValueError:
        before.clear()  # Not in the main thread, which alone is told of signals.
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _prepare() -> None:
    """
    Write UTF-8 to files and pipes, and to a console what it can show.

    The locale says what a console shows, and nothing of who reads a file; an encoding that is asked
    for by name, as by PYTHONIOENCODING, is kept.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    asked = bool(os.environ.get("PYTHONIOENCODING"))
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if asked or stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors=errors)


def _give_up_output() -> None:
    """Let what is still to be written go nowhere, or Python complains of it at its end."""
    # Of a stream that is none of the system's, as in a test, there is nothing to give up.
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
