"""Standard output and error that survive any console, and JSON as UTF-8 bytes on any of them."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import Any

from leaktrace.messages import plain

PLAIN = "leaktrace-plain"
_PLAINER = {
    "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2026": "...",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u00d7": "x",
    "\u2192": "->", "\u2264": "<=", "\u2265": ">=", "\u2022": "*", "\u00b7": ".", "\u2248": "~",
    "\u00b1": "+/-",
}  # fmt: skip


def _plainer(error: UnicodeError) -> tuple[str | bytes, int]:
    """What a console without these characters gets: a plain likeness, else the escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    piece = error.object[error.start : error.end]
    if all(character in _PLAINER for character in piece):
        return "".join(_PLAINER[character] for character in piece), error.end
    return codecs.backslashreplace_errors(error)


def prepare_streams() -> None:
    """Let no character end the process: a GBK, cp1252 or ASCII console shows a likeness."""
    codecs.register_error(PLAIN, _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)


def write_json(document: Any) -> None:
    """Write one JSON document, canonical and in UTF-8 whatever the console, to standard output."""
    import msgspec

    try:
        data = msgspec.json.encode(document, order="sorted", enc_hook=plain)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_legible(document), order="sorted", enc_hook=plain)
    write_bytes(data)


def _legible(value: Any) -> Any:
    """``value`` with every file name in it that UTF-8 cannot say, said."""
    from leaktrace.intake.refusals import legible

    if isinstance(value, dict):
        return {_legible(key): _legible(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_legible(one) for one in value]
    return legible(value) if isinstance(value, str) else value


def write_bytes(document: bytes) -> None:
    """Write bytes to standard output, ended by one line feed."""
    sys.stdout.flush()
    sys.stdout.buffer.write(document.rstrip(b"\n") + b"\n")
    sys.stdout.buffer.flush()


def close_quietly() -> None:
    """Let the interpreter's last flush not complain about a reader that has gone."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
