"""Every exception becomes one line and a status, and what it holds is not shown."""

from __future__ import annotations

import io
import sys

import pytest

from leaktrace.cli.failures import status_of
from leaktrace.cli.streams import prepare_streams
from leaktrace.errors import InputRefused, LeaktraceError, UsageError

NUMBER = "13912345678"


def _raised(error: BaseException) -> BaseException:
    try:
        secret = NUMBER
        raise error from ValueError(secret)
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (LeaktraceError("the case is gone"), 1, "leaktrace: the case is gone"),
        (UsageError("say which"), 2, "leaktrace: say which"),
        (InputRefused("no rows", code="empty", file="a.csv"), 1, "leaktrace: a.csv: no rows"),
        (InputRefused("a.csv: bad", code="empty", file="a.csv"), 1, "leaktrace: a.csv: bad"),
        (InputRefused("two\nlines", code="x", file=""), 1, "leaktrace: two lines"),
        (KeyboardInterrupt(), 130, "leaktrace: interrupted"),
        (MemoryError(), 1, "leaktrace: not enough memory"),
        (PermissionError(13, "Permission denied", f"{NUMBER}.csv"), 1, "Permission denied"),
        (TypeError(NUMBER), 1, "internal error (TypeError in "),
    ],
)
def test_one_line(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(_raised(error)) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert NUMBER not in shown.err


def test_debugging_shows_the_road_but_no_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAKTRACE_DEBUG", "1")
    status_of(_raised(TypeError(NUMBER)))
    shown = capsys.readouterr().err
    assert "test_failures.py" in shown and "ValueError" in shown
    assert NUMBER not in shown


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
def test_no_character_ends_the_process(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    prepare_streams()
    print("– “quoted” … ≥ 10 \U00020bb7 é", flush=True)
    shown = raw.getvalue().decode(encoding)
    assert "10" in shown and "\\U00020bb7" in shown
    if encoding == "ascii":
        assert shown.startswith('- "quoted" ... >= 10')
