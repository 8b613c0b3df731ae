"""What the pool knows of a canary is what ``trace`` makes of its finds."""

from __future__ import annotations

from pathlib import Path
from random import Random

from leaktrace.attribution import Trace, trace_case
from leaktrace.canary.pool import Told, tell
from leaktrace.canary.pool.burning import burn
from leaktrace.case import Case, ingest
from leaktrace.times import read_moment
from tests.canary.pool.pooldata import mobile, write

SEGMENTS = [f"13{second}05{third:02}" for second in range(5, 10) for third in range(10, 30)]


def leaked(case: Case, folder: Path, name: str, seen: str, who: str = "白晨曦") -> None:
    draw = Random(name)
    # Of many segments: a list of one looks swept.
    others = [f"{draw.choice(SEGMENTS)}{draw.randrange(10_000):04}" for _person in range(60)]
    rows = [(who, mobile(1)), *(("李四", other) for other in others)]
    path = write(folder / f"{name}.csv", *rows, header=("姓名", "手机号"))
    assert len(ingest(case, [path], seen_at=read_moment(seen)).batches) == 1


def finds(trace: Trace, batch: str) -> set[str]:
    found = next(one for one in trace.batches if one.batch == batch)
    return {one.code for one in found.evidence if one.code.startswith("canary.")}


def posterior(trace: Trace, batch: str) -> float:
    found = next(one for one in trace.batches if one.batch == batch)
    return max((one.posterior for one in found.sources if one.source == "S1"), default=0.0)


def test_a_burnt_canary_proves_nothing_from_then_on(pool: Case, tmp_path: Path) -> None:
    leaked(pool, tmp_path, "before", "2024-06-01")
    leaked(pool, tmp_path, "after", "2024-08-01")
    whole = trace_case(pool)
    assert "canary.hit" in finds(whole, "before") & finds(whole, "after")
    burn(pool, ["C1"], "named in a complaint", read_moment("2024-07-01"))
    trace = trace_case(pool)
    assert "canary.hit" in finds(trace, "before")
    assert finds(trace, "after") == {"canary.burnt"}
    assert posterior(trace, "after") < posterior(trace, "before") - 0.1


def test_a_number_given_back_is_the_canary_only_under_its_name(pool: Case, tmp_path: Path) -> None:
    tell(pool, "x", [Told("N1", "returned", read_moment("2024-07-01"))])
    leaked(pool, tmp_path, "before", "2024-06-01")
    leaked(pool, tmp_path, "other", "2024-08-01", who="张三")
    leaked(pool, tmp_path, "named", "2024-08-02")
    trace = trace_case(pool)
    hit = posterior(trace, "before"), posterior(trace, "named")
    assert posterior(trace, "other") < min(hit) - 0.1


def test_a_silent_number_is_missing_from_no_list(pool: Case, tmp_path: Path) -> None:
    """A number that does not ring stands in a list as before: neither more nor less."""
    leaked(pool, tmp_path, "list", "2024-08-01")
    heard = posterior(trace_case(pool), "list")
    tell(pool, "canary heartbeat", [Told("N1", "missed", read_moment("2024-06-15"))])
    assert posterior(trace_case(pool), "list") == heard
