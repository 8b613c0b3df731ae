"""The sources that a plan is made for: from the case, or from a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leaktrace.canary.planning.lawful import lawful_reason
from leaktrace.case.lines import LineRefused, checked_id, refusal_of_line, sound, table_lines
from leaktrace.case.outcomes import Refusal
from leaktrace.case.records import Source
from leaktrace.case.sourcekinds import kind_code
from leaktrace.case.sources import population_in
from leaktrace.case.workers import a_worker
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import shown
from leaktrace.intake.tables import TableColumn, TableRow, TableSpec
from leaktrace.intake.worker import Worker
from leaktrace.messages import _

PLAN_SOURCES = TableSpec(
    "PLAN_SOURCES",
    (
        TableColumn("id", ("编号", "来源编号", "来源ID", "来源代码"), required=True),
        TableColumn("name", ("名称", "来源名称", "单位名称", "来源"), required=False),
        TableColumn("kind", ("类别", "类型", "来源类别", "来源类型"), required=False),
        TableColumn("population", ("人数", "注册人数", "登记人数", "总人数"), required=True),
        TableColumn("passes", ("通过率", "过滤通过率", "保留比例"), required=False),
    ),
)


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """A source to plan for.

    Attributes
    ----------
    population : int or None
        How many people are registered there; None where unknown.
    passes : float
        The probability that a canary survives the filters of those who sell its people on.
    lawful : str
        Why only true statements may be made there (:func:`lawful_reason`), or empty.
    """

    id: str
    name: str = ""
    kind: str = "other"
    population: int | None = None
    passes: float = 1.0
    lawful: str = ""


def planned_sources(sources: Iterable[Source], passes: float = 1.0) -> tuple[PlannedSource, ...]:
    """The sources of a case, in the order of their ids."""
    made = (
        PlannedSource(one.id, one.name, one.kind, one.population, passes, lawful_reason(one))
        for one in sources
    )
    return tuple(sorted(made, key=lambda one: one.id))


def read_planned_sources(
    path: Path, passes: float = 1.0, *, worker: Worker | None = None
) -> tuple[tuple[PlannedSource, ...], tuple[Refusal, ...]]:
    """The sources in a table (``id,population`` and optionally ``name,kind,passes``), and the lines
    that could not be taken. ``passes`` is for lines that do not say it.

    Raises
    ------
    InputRefused
        If the file cannot be read as this table.
    """
    with a_worker(worker) as reader:
        table = table_lines(path, PLAN_SOURCES, reader)
    found: dict[str, PlannedSource] = {}
    refused = []
    for row in table.rows:
        try:
            source = _source_in(sound(row), passes)
            if source.id in found:
                raise LineRefused("duplicate-id", _("this id stands in the file twice"))
        except LineRefused as error:
            refused.append(refusal_of_line(shown(path), row, error))
            continue
        found[source.id] = source
    if not found and not refused:
        raise InputRefused(
            _("{file}: no source in it; give it one a line").format(file=shown(path)),
            code="empty",
            file=shown(path),
        )
    return tuple(found[key] for key in sorted(found)), tuple(refused)


def _source_in(row: TableRow, passes: float) -> PlannedSource:
    written = row.values["kind"]
    kind = kind_code(written) or "other"
    identity, population = checked_id(row, "id"), population_in(row)
    source = Source(identity, row.values["name"], kind, population, kind_as_written=written)
    return PlannedSource(
        identity,
        source.name,
        kind,
        population,
        _share(row, passes),
        lawful_reason(source),
    )


def _share(row: TableRow, otherwise: float) -> float:
    text = row.values["passes"].replace("％", "%").strip()
    if not text:
        return otherwise
    try:
        share = float(text.rstrip("%")) / (100.0 if text.endswith("%") else 1.0)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise LineRefused(
            "share",
            _("{column} is no share; write it as 0.4 or 40%").format(column=row.title("passes")),
        )
    return share
