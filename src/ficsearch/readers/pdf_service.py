"""Asks the process that opens PDFs; starts it when the first one comes, and anew when a file has killed it."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from importlib.util import find_spec
from typing import Any

from ficsearch.errors import MissingExtraError, ReadingError

INSTALL = "pip install 'ficsearch[formats]'"

SECONDS, SECONDS_PER_MB = 3.0, 2.0
"""CPU time that a file may take: several times what a novel needs."""

PATIENCE = 120.0
"""Seconds on the wall after which a process that uses no time at all is given up."""

_lock = threading.Lock()
_running: list[subprocess.Popen[bytes]] = []

_ERRORS = {
    "password": "the PDF is encrypted with a password",
    "damaged": "the PDF is damaged: it cannot be opened",
    "endless": "the PDF has more text than a file of its size can hold, as only a trap does",
}


def open_pdf(data: bytes) -> dict[str, Any]:
    """The pages and properties of a PDF, as ``pdf_child`` gives them.

    Raises ReadingError with the reason, also where the library is not installed.
    """
    if find_spec("pypdfium2") is None:
        raise MissingExtraError(f"a PDF file: to read it type {INSTALL}", f"Then index again. ({INSTALL})")
    with _lock:
        answer = _ask(data)
    if answer is None:
        raise ReadingError("the PDF takes more time or memory to open than any story does, or is badly damaged")
    if error := _ERRORS.get(answer.get("error", "")):
        raise ReadingError(error, "Open it in a viewer and print it to a new PDF, or save it as text.")
    return answer


def _ask(data: bytes) -> dict[str, Any] | None:
    """The answer, or None when the process has died of the question."""
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    watch = threading.Timer(PATIENCE, process.kill)
    watch.start()
    try:
        milliseconds = int(1000 * (SECONDS + SECONDS_PER_MB * len(data) / 1e6))
        process.stdin.write(len(data).to_bytes(8, "little") + milliseconds.to_bytes(8, "little") + data)
        process.stdin.flush()
        length = process.stdout.read(8)
        answer = process.stdout.read(int.from_bytes(length, "little")) if len(length) == 8 else b""
    except OSError:
        answer = b""
    finally:
        watch.cancel()
    if not answer:
        _stop()
        return None
    found: dict[str, Any] = json.loads(answer)
    return found


def _process() -> subprocess.Popen[bytes]:
    if not _running:
        # -P: a file in the folder of stories must not be imported
        command = [sys.executable, "-P", "-m", "ficsearch.readers.pdf_child"]
        _running.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        )
    return _running[0]


@atexit.register
def _stop() -> None:
    """End the process: it ends by itself when nobody can ask any more."""
    while _running:
        process = _running.pop()
        process.kill()
        process.communicate()
