"""Planting in bulk: the sheet as it comes back from whoever planted, and the controls of a plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from leaktrace.canary.personas.words import ROAD_TAILS
from leaktrace.canary.planning.planfile import read_plan
from leaktrace.canary.planning.spreadsheet import harmless
from leaktrace.canary.planting import ALWAYS, Planter, ToPlant, planting
from leaktrace.canary.proving.leaves import Circumstances
from leaktrace.case.case import Case
from leaktrace.case.lines import (
    LineRefused,
    checked_id,
    counted,
    moment_in,
    refusal_of_line,
    sound,
    table_lines,
)
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.case.workers import a_worker
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.tables import TableColumn, TableRow, TableSpec
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress

SHEET = TableSpec(
    "SHEET",
    (
        TableColumn("number_id", ("号码编号 number_id", "号码编号"), required=True),
        TableColumn("source_id", ("来源编号 source_id", "来源编号"), required=True),
        TableColumn("planted_at", ("投放时间 Planted at", "投放时间"), required=True),
        TableColumn("channel", ("渠道 Channel", "渠道"), required=False),
        TableColumn("registrant", ("登记人 Registrant", "登记人"), required=False),
        TableColumn("name", ("姓名 Name", "姓名"), required=False),
        TableColumn("address", ("地址 Address", "地址"), required=False),
        TableColumn("employer", ("单位 Employer", "单位"), required=False),
        TableColumn("layout", ("户型 Flat", "户型"), required=False),
        TableColumn("loan", ("贷款金额 Loan", "贷款金额"), required=False),
        TableColumn("email", ("邮箱 Mailbox", "邮箱"), required=False),
        TableColumn("id_number", ("证件号 ID number", "证件号"), required=False),
        TableColumn("by", ("投放人 Planted by", "投放人"), required=False),
        TableColumn("authorised_by", ("批准人 Authorised by", "批准人"), required=False),
        TableColumn("place", ("地点 Where", "地点", "网点"), required=False),
        TableColumn("note", ("备注 Note", "备注"), required=False),
    ),
)

_CHANNEL_WORDS = (
    ("annual-report", ("年报", "annual")),
    ("400-call", ("400",)),
    ("sms-reply", ("短信", "text message", "sms")),
    ("counter", ("现场", "营业厅", "柜", "counter")),
    ("form", ("表单", "form")),
    ("app", ("应用", "app")),
)
_TRUE = ("真实", "true")
_EMPTY = ("留空", "leave empty", "如实", "his or her true data")
_ROAD = re.compile(rf"(..(?:{'|'.join(ROAD_TAILS)}))[0-9]")
_UNISSUED = re.compile(r"(99[0-9]{15}[0-9Xx])\b.*")


@dataclass(frozen=True, slots=True)
class PlantOutcome(ImportOutcome):
    """What became of a sheet; ``waiting`` counts the lines without a date: not planted yet."""

    waiting: int = 0


def plant_sheet(
    case: Case,
    path: Path,
    *,
    by: str = "",
    authorised_by: str = "",
    progress: Progress = SILENT,
    worker: Worker | None = None,
) -> PlantOutcome:
    """Record the lines of a planting sheet that have a date; a refused one does not stop the rest.

    ``by`` and ``authorised_by`` stand for those of lines that leave them empty. A number that the
    sheet gives to several sources is shared by them.
    """
    try:
        with a_worker(worker) as reader:
            table = table_lines(path, SHEET, reader)
    except InputRefused as error:
        return PlantOutcome(refused=(Refusal.of(error),))
    sources = Counter(row.values["number_id"] for row in table.rows)
    refused: list[Refusal] = []
    statuses: list[str] = []
    waiting = 0
    progress.begin(_("Recording plantings"), len(table.rows))
    with planting(case, file=legible(path)) as planter:
        for row in table.rows:
            if not row.values["planted_at"]:
                waiting += 1
                continue
            try:
                one = _told(_plain(sound(row)), by, authorised_by)
                shared = sources[row.values["number_id"]] > 1
                statuses.append(planter.take(replace(one, shared=shared)))
            except LineRefused as error:
                refused.append(refusal_of_line(shown(path), row, error))
            progress.advance()
    progress.end()
    return _outcome(statuses, refused, planter, waiting)


def plant_controls(
    case: Case, path: Path, *, progress: Progress = SILENT, worker: Worker | None = None
) -> PlantOutcome:
    """Record the controls of the plan at ``path``: drawn at random, and never planted."""
    try:
        lines, unread = read_plan(path, worker=worker)
    except InputRefused as error:
        return PlantOutcome(refused=(Refusal.of(error),))
    controls = [one.number for one in lines if one.source is None]
    refused: list[Refusal] = list(unread)
    statuses: list[str] = []
    progress.begin(_("Recording controls"), len(controls))
    with planting(case, file=legible(path)) as planter:
        for number in controls:
            try:
                statuses.append(planter.take(ToPlant(number, None, ALWAYS)))
            except LineRefused as error:
                refused.append(Refusal(shown(path), error.code, error.reason))
            progress.advance()
    progress.end()
    return _outcome(statuses, refused, planter, 0)


def _outcome(
    statuses: Iterable[str], refused: Iterable[Refusal], planter: Planter, waiting: int
) -> PlantOutcome:
    return PlantOutcome(
        **counted(statuses), refused=tuple(refused), warnings=planter.warnings, waiting=waiting
    )


def _told(row: TableRow, by: str, authorised_by: str) -> ToPlant:
    number, source = checked_id(row, "number_id"), checked_id(row, "source_id")
    planted = moment_in(row, "planted_at")
    assert planted is not None
    true = any(word in row.values["registrant"] for word in _TRUE)
    # What a true registrant is called, and where he lives, is nobody's business here.
    said = {} if true else {name: _cell(row, name) for name in _MARKS}
    address = said.get("address", "")
    if found := _ROAD.search(address):
        said["road"] = found[1]
    unissued = _UNISSUED.fullmatch(said.get("id_number", ""))
    if unissued:
        # It matches nothing in a list, and is a mark all the same.
        said["id_number"] = ""
        said["unissued_id"] = unissued[1]
    return ToPlant(
        number,
        source,
        planted,
        Circumstances(
            channel=channel_code(row.values["channel"]),
            place=row.values["place"],
            by=row.values["by"] or by,
            authorised_by=row.values["authorised_by"] or authorised_by,
            marks={name: text for name, text in said.items() if name not in _IDENTITY},
            true_registrant=true,
            note=row.values["note"],
        ),
        {name: said[name] for name in _IDENTITY if said.get(name)},
    )


_IDENTITY = ("name", "address", "email", "id_number")
_MARKS = (*_IDENTITY, "employer", "layout", "loan")


def _plain(row: TableRow) -> TableRow:
    """``row`` without the marks that keep a spreadsheet program from computing cells."""
    values = {
        name: text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text
        for name, text in row.values.items()
    }
    return replace(row, values=values)


def _cell(row: TableRow, name: str) -> str:
    text = row.values[name]
    return "" if any(word in text for word in _EMPTY) else text


def channel_code(text: str) -> str:
    """The channel that ``text`` names, by its code or in words; ``other`` where it is another."""
    plain = text.strip().casefold()
    for code, words in _CHANNEL_WORDS:
        if plain == code or any(word in plain for word in words):
            return code
    return "other" if plain else ""
