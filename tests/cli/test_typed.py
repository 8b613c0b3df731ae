"""Numbers that users type into free texts: kept as typed, and masked on all that is handed on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leaktrace.case import custody_records, open_case
from tests.cli.lists import PEOPLE, write_list
from tests.inside import run_inside

_MOBILE, _OTHER, _ID, _MAIL = "13912345678", "13912349999", "110101199003074610", "lee@example.com"
_TYPED = re.compile(f"{_MOBILE}|{_OTHER}|{_ID}|{_MAIL}")
_COMMANDS = {
    "list": ("batch", "list"),
    "list-json": ("batch", "list", "--json"),
    "show": ("batch", "show", "A"),
    "show-json": ("batch", "show", "A", "--json"),
    "count": ("batch", "count", "--buyers", "-o", "out/count.csv"),
    "count-json": ("batch", "count", "--buyers", "--buyer", f"A=甲 {_MAIL}", "--json"),
    "custody": ("custody", "-o", "out/list.html"),
    "custody-one": ("custody", "A", "-o", "out/list.csv"),
    "custody-json": ("custody", "--json"),
    "verify": ("verify", "--json"),
    "trace": ("trace",),
    "trace-json": ("trace", "--json"),
    "report": ("report", "out/report.html"),
    "graph": ("graph", "export", "out/graph.graphml"),
    "graph-json": ("graph", "export", "out/graph.json"),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("typed")
    write_list(folder / "A.csv", PEOPLE[:40])
    write_list(folder / "B.csv", PEOPLE[30:50])
    (folder / "BATCHES.csv").write_text(
        "file,batch_id,seen_at,seller,claimed_kind,price,note,来源,buyer\n"
        f"A.csv,A,2026-03-01,微信 {_MOBILE},{_MAIL} 说是一手,0.5 {_MOBILE},{_ID} 介绍,"
        f"找 {_MAIL} 要的,{_MOBILE}\n"
        f"B.csv,B,2026-03-02,微信 {_OTHER},,,,,{_OTHER}\n",
        encoding="utf-8",
    )
    (folder / "SOURCES.csv").write_text(
        f"id,name,kind,population,note\nS1,楼盘 {_MOBILE},{_MAIL},300,问 {_ID}\n", encoding="utf-8"
    )
    (folder / "out").mkdir()
    for command in (
        ("init", "case"),
        ("-C", "case", "source", "import", "SOURCES.csv"),
        ("-C", "case", "source", "reference", "S1", "A.csv", "--examiner", f"张 {_MOBILE}"),
        ("-C", "case", "ingest", "--manifest", "BATCHES.csv", "--examiner", f"张 {_ID}"),
        ("-C", "case", "ingest", "no.csv", "--examiner", _MAIL),
    ):
        done = run_inside(*command, cwd=folder, env=_keys(folder))
        assert done.returncode == (1 if "no.csv" in command else 0), done.stderr
        assert not _TYPED.search((done.stdout + done.stderr).decode())
    return folder


def _keys(folder: Path) -> dict[str, str]:
    return {"LEAKTRACE_KEYS": str(folder / "keys"), "LEAKTRACE_LANG": "en"}


@pytest.mark.parametrize("command", _COMMANDS.values(), ids=_COMMANDS)
def test_they_are_masked(room: Path, command: tuple[str, ...]) -> None:
    done = run_inside("-C", "case", *command, cwd=room, env=_keys(room))
    assert done.returncode == 0, done.stderr
    said = [done.stdout, done.stderr]
    said += [(room / part).read_bytes() for part in command if part.startswith("out/")]
    for text in said:
        assert not _TYPED.search(text.decode("utf-8-sig"))
    if command[:2] in {("batch", "list"), ("batch", "show"), ("batch", "count")}:
        shown = "微信 139********" if "count" not in command else "139********"
        assert (shown in said[0].decode()) == (command != _COMMANDS["show"])
    if command[:2] in {("batch", "list"), ("batch", "count")} and "--buyer" not in command:
        # Two stay two.
        assert "139********~2" in said[0].decode()
    if command[0] == "custody" and "A" not in command:
        assert "张 139********" in said[0].decode() and "张 110" in said[0].decode()


def test_the_ledger_keeps_them_as_typed(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAKTRACE_KEYS", str(room / "keys"))
    with open_case(room / "case") as case:
        one = next(batch for batch in case.batches() if batch.id == "A")
        assert one.seller == f"微信 {_MOBILE}" and f"buyer: {_MOBILE}" in one.note
        assert _ID in one.note and f"来源: 找 {_MAIL} 要的" in one.note
        assert _MOBILE not in repr(one) and _MAIL not in repr(custody_records(case))
        examiners = [run.arguments["examiner"] for run in case.runs() if run.command == "ingest"]
    assert examiners == [f"张 {_ID}", _MAIL]
    for file in (room / "case").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [typed for typed in (_MOBILE, _ID, _MAIL) if typed.encode() in data]
