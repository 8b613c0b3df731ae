"""What is new is told once, and nothing is said where nothing is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from leaktrace.canary.pool.burning import burn
from leaktrace.case import Case
from leaktrace.case.chain import chain_faults
from leaktrace.case.layout import LEDGER
from leaktrace.case.records import Planting
from leaktrace.cli.watched import show_news
from leaktrace.times import read_moment
from leaktrace.workflows.watching import Hit, News, looking, watch
from tests.case.case_data import people, write_list
from tests.workflows.watching.logbook import NUMBERS, Logbook

LISTS = {"batches", "burnt", "calls", "campaigns", "due", "hits", "leaked", "refused"}
FIGURES = dict[str, float]


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    return Logbook(tmp_path / "log.csv")


def test_a_growing_log_is_told_call_by_call(
    news: Any, shell: Any, watched: Case, log: Logbook, figures: FIGURES
) -> None:
    told: list[str] = []
    for more in (3, 0, 1, 0, 40, 0):
        log.grow(more)
        status, found = news("--import", log.path)
        assert status == (4 if more else 0)
        assert len(found["calls"]) == found["imported"]["added"] == more
        assert found["first"] == (not told) and found["remembered"]
        told += [one["call"] for one in found["calls"]]
        before = (watched.folder / LEDGER).read_bytes()
        assert shell("--import", log.path) == (0, "", "")
        assert (watched.folder / LEDGER).read_bytes() == before
    assert len(told) == len(set(told)) == log.calls
    watched.refresh()
    assert chain_faults(watched.ledger, watched.key) == []
    assert [one.command for one in watched.runs()].count("watch") == 3


def test_the_document_is_always_whole(
    news: Any, shell: Any, log: Logbook, figures: FIGURES
) -> None:
    empty = {name: [] for name in LISTS} | {"new": False, "imported": None, "warnings": []}
    assert news() == (0, empty | {"first": True, "remembered": True})
    assert news() == (0, empty | {"first": False, "remembered": True})
    log.grow(1)
    _status, found = news("--import", log.path)
    (call,) = found["calls"]
    assert call["canaries"] == ["C1"] and call["caller"] == "170********" and found["new"]
    assert call["campaign"] is None and "transcript" not in call
    assert set(found) == {*empty, "first", "remembered"}


def test_people_are_told_by_canary_with_the_callers_masked(
    shell: Any, log: Logbook, figures: FIGURES
) -> None:
    log.grow(3)
    log.append(f"{NUMBERS[0]},95533,2025-05-01 10:00:00\n")
    status, out, err = shell(log.path)
    assert status == 4 and "first watch" in out and "4 calls and messages" in out
    assert "C1" in out and "170********" in out and "95533" in out and "calls list" in err
    assert not any(number in out + err for number in NUMBERS)


def test_lists_canaries_in_them_and_what_is_burnt_are_told_once(
    news: Any, shell: Any, watched: Case, tmp_path: Path, figures: FIGURES
) -> None:
    from leaktrace.cli.main import run

    rows = [*people(20, 1), ("甲", NUMBERS[0], ""), ("乙", NUMBERS[3], ""), ("丙", NUMBERS[5], "")]
    path = write_list(tmp_path / "leak.csv", rows)
    assert run(["-C", str(watched.folder), "ingest", str(path), "--seen-at", "2025-06-01"]) == 0
    watched.refresh()
    (batch,) = watched.batches()
    burn(watched, ["C2"], "named to 13912345678")
    status, found = news()
    assert status == 4
    assert [one["batch"] for one in found["batches"]] == [batch.id]
    assert [(one["canary"], one["batch"], one["seen_at"]) for one in found["hits"]] == [
        (canary, batch.id, "2025-06-01") for canary in ("C1", "C4", "CC")
    ]
    assert [[it["source"] for it in one["planted"]] for one in found["hits"]] == [
        ["S01"], ["S02"], [],
    ]  # fmt: skip
    (burnt,) = found["burnt"]
    assert burnt["canary"] == "C2" and burnt["why"] == "named to 139********"
    assert shell() == (0, "", "")
    again = ["--seen-at", "2025-07-01"]
    other = write_list(tmp_path / "later.csv", rows[:21])
    assert run(["-C", str(watched.folder), "ingest", str(other), *again]) == 0
    status, out, _err = shell()
    assert status == 4 and "later" in out and "C1" in out and "C4" not in out
    assert "2025-06-01" not in out and "C2" not in out


def test_a_canary_that_was_planted_later_points_at_nobody(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen = read_moment("2025-06-01")
    planted = [Planting(source, read_moment(day)) for source, day in
               (("S01", "2025-06-01"), ("S02", "2025-06-02"))]  # fmt: skip
    hits = [
        Hit("C1", "B1", seen, tuple(planted)),
        Hit("C2", "B1", seen, (planted[1],)),
        Hit("CC", "B1", seen, ()),
    ]
    show_news(News(hits=tuple(hits)), None)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("B1")[0].split(maxsplit=1)[1].strip() for line in lines[3:6]] == [
        "S01", "planted later", "control",
    ]  # fmt: skip


def test_what_is_due_is_told_when_it_becomes_so(
    news: Any, watched: Case, tmp_path: Path, figures: FIGURES
) -> None:
    from leaktrace.cli.main import run

    soon = time.strftime("%Y-%m-%d", time.localtime(time.time() + 40 * 86_400))
    table = tmp_path / "N.csv"
    table.write_text(
        f"number_id,value,topup_due,custodian,acquired_at\nN1,13761234200,{soon},Li,2025-01-01\n",
        encoding="utf-8",
    )
    pool = ["-C", str(watched.folder), "canary", "pool", "import", str(table)]
    assert run(pool) == 0
    status, found = news()
    assert status == 4 and [one["what"] for one in found["due"]] == ["heartbeat"]
    assert news()[0] == 0
    status, found = news("--within", "60")
    assert status == 4 and [one["what"] for one in found["due"]] == ["topup"]
    assert news("--within", "60")[0] == 0


def test_sources_are_weighed_only_where_the_case_has_changed(
    watched: Case, log: Logbook, monkeypatch: pytest.MonkeyPatch, news: Any
) -> None:
    weighed: list[int] = []
    monkeypatch.setattr(looking, "leaked_figures", lambda *_: weighed.append(1) or {"S01": 0.97})
    status, found = news()
    assert status == 4 and found["leaked"] == [
        {"source": "S01", "leaked": 0.97, "before": None, "marks": [0.95]}
    ]
    assert news()[0] == 0 and news("--mark", "0.99")[0] == 0
    # A mark that was never asked for is passed by the figure that is known.
    assert news("--mark", "0.5")[1]["leaked"][0]["marks"] == [0.5]
    assert news("--mark", "0.5", "--mark", "0.95")[0] == 0 and len(weighed) == 1
    log.grow(1)
    assert news(log.path)[1]["leaked"] == [] and len(weighed) == 2


def test_the_figures_are_those_of_the_trace(watched: Case, log: Logbook) -> None:
    from leaktrace.attribution import trace_case
    from leaktrace.calls import import_calls

    log.grow(6)
    import_calls(watched, log.path)
    told: list[News] = []
    watch(watched, told.append, marks=(0.001,))
    said = {one.source: one.leaked for one in told[0].rises}
    assert said == {one.source: one.leaked for one in trace_case(watched).sources}


def test_a_refused_line_is_told_once_and_a_missing_file_always(
    shell: Any, news: Any, log: Logbook, tmp_path: Path, figures: FIGURES
) -> None:
    log.grow(1)
    log.append("13900000001,95533,2025-04-02\n13900000002,95533,2025-04-02\n")
    status, out, err = shell(log.path)
    assert status == 4 and err.count("no canary of this case") == 1 and "and 1 more" in err
    assert "13900000001" not in out + err
    assert shell(log.path) == (0, "", "")
    log.append("13900000003,95533,2025-04-02\n")
    status, found = news(log.path)
    assert status == 3 and [one["row"] for one in found["refused"]] == [5]
    assert shell(log.path) == (0, "", "")
    for _time in range(2):
        status, out, err = shell(tmp_path / "none.csv")
        assert status == 1 and out == "" and "no such file" in err


def test_a_folder_stands_for_its_files(shell: Any, news: Any, tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    assert shell("--import", folder) == (0, "", "")
    Logbook(folder / "a.csv").grow(2)
    (folder / "readme.txt").write_text("what stands here\n", encoding="utf-8")
    status, found = news("--import", folder)
    assert status == 4 and len(found["calls"]) == 2
    assert [one["code"] for one in found["refused"]] == ["no-calls"]
    assert shell("--import", folder) == (0, "", "")


def test_half_a_line_is_left_until_it_is_whole(news: Any, log: Logbook, figures: FIGURES) -> None:
    log.grow(1)
    log.append(f"{NUMBERS[1]},95533,2025-05-01")  # which alone is a whole day
    status, found = news(log.path)
    assert len(found["calls"]) == 1 and [one["code"] for one in found["warnings"]] == ["unfinished"]
    log.append(" 10:00:00\n")
    status, found = news(log.path)
    assert status == 4 and [one["at"] for one in found["calls"]] == ["2025-05-01T10:00:00+08:00"]
    log.append(f"{NUMBERS[2]},95533,2025-05-02 10:00:00")
    assert news(log.path)[0] == 0
    long_ago = time.time() - 2 * 3600
    os.utime(log.path, (long_ago, long_ago))
    status, found = news(log.path)
    assert status == 4 and found["calls"][0]["canaries"] == ["C3"] and found["warnings"] == []


def test_half_a_character_refuses_no_file(
    shell: Any, news: Any, tmp_path: Path, figures: FIGURES
) -> None:
    path = tmp_path / "log.csv"
    text = f"callee,caller,started_at,transcript\n{NUMBERS[0]},95533,2025-05-01 10:00:00,您好\n"
    path.write_bytes(text.encode()[:-2])
    assert shell(path) == (0, "", "")
    path.write_bytes(text.encode())
    status, found = news(path)
    assert status == 4 and len(found["calls"]) == 1


def test_a_peek_remembers_nothing(
    news: Any, shell: Any, watched: Case, log: Logbook, figures: FIGURES
) -> None:
    log.grow(2)
    from leaktrace.calls import import_calls

    import_calls(watched, log.path)
    before = (watched.folder / LEDGER).read_bytes()
    for name in ("--peek", "--dry-run"):
        status, found = news(name)
        assert status == 4 and len(found["calls"]) == 2 and not found["remembered"]
    assert (watched.folder / LEDGER).read_bytes() == before
    assert shell("--peek", "--import", log.path)[0] == 2
    assert len(news()[1]["calls"]) == 2 and news()[0] == 0


def test_what_could_not_be_written_is_told_again(
    watched: Case, log: Logbook, figures: FIGURES
) -> None:
    from leaktrace.calls import import_calls

    def broken(_news: News) -> None:
        raise BrokenPipeError

    log.grow(2)
    import_calls(watched, log.path)
    with pytest.raises(BrokenPipeError):
        watch(watched, broken)
    told: list[News] = []
    watch(watched, told.append)
    watch(watched, told.append)
    assert [len(one.calls) for one in told] == [2, 0]


def test_two_watches_at_once_tell_each_thing_once(
    watched: Case, log: Logbook, figures: FIGURES, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leaktrace.calls import import_calls
    from leaktrace.case import open_case

    log.grow(3)
    import_calls(watched, log.path)
    told: list[News] = []
    whole = looking.look

    def overtaken(*arguments: Any) -> Any:
        found = whole(*arguments)
        monkeypatch.setattr("leaktrace.workflows.watching.telling.look", whole)
        with open_case(watched.folder) as other:
            watch(other, told.append)
        return found

    monkeypatch.setattr("leaktrace.workflows.watching.telling.look", overtaken)
    watch(watched, told.append)
    assert [len(one.calls) for one in told] == [3, 0]


@pytest.mark.parametrize("mark", ["0", "1", "-0.5", "0.99999", "nan"])
def test_a_mark_is_a_probability_that_can_be_reached(shell: Any, mark: str) -> None:
    assert shell("--mark", mark)[0] == 2
