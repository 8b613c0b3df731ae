"""The electronic-data list (电子数据清单) of Chinese procedure, and the record around it.

After article 14 of the Provisions of the Supreme People's Court, the Supreme People's Procuratorate
and the Ministry of Public Security on collecting, taking and examining electronic data in criminal
cases (法发〔2016〕22号): a record of case cause, object, content, time, place, method and process,
with a list that gives category, file format and integrity check value, signed or sealed by the
investigators and the holder; where the holder cannot or will not sign, the record says so and a
witness signs. It stands in both languages at once, Chinese first, whatever the process speaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leaktrace.case.custody import CustodyRecord
from leaktrace.errors import UsageError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _
from leaktrace.report.formwords import category, form_name, remark
from leaktrace.times import clock

RECORD_FIELDS = {
    "cause": "案由 Case cause",
    "object": "对象 Object",
    "content": "内容 Content",
    "time": "收集、提取时间 Time of collection",
    "place": "地点 Place",
    "method": "方法 Method",
    "process": "过程 Process",
}
"""What the record has to say; the tool knows none of it."""

SIGNATURES = (
    "侦查人员（签名或者盖章） Investigator (signature or seal)",
    "侦查人员（签名或者盖章） Investigator (signature or seal)",
    "电子数据持有人（提供人）（签名或者盖章） Holder or provider (signature or seal)",
    "见证人（签名或者盖章） Witness (signature or seal)",
)

COLUMNS = (
    "序号 No.",
    "批次 Batch",
    "名称 Name",
    "类别 Category",
    "文件格式 File format",
    "大小（字节） Size (bytes)",
    "完整性校验值（SHA-256） Integrity check value (SHA-256)",
    "录入时间 Taken in at",
    "录入人 Taken in by",
    "工具 Tool",
    "备注 Remarks",
)

_HTML = (".html", ".htm")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class DataListRow:
    """One file: an original (``number`` ``"1"``), or a member of it (``"1.1"``)."""

    number: str
    batch: str
    name: str
    category: str
    form: str
    size: str
    sha256: str
    taken_at: str
    examiner: str
    tool: str
    remarks: str

    def cells(self) -> tuple[str, ...]:
        """In the order of :data:`COLUMNS`."""
        return (
            self.number, self.batch, self.name, self.category, self.form, self.size, self.sha256,
            self.taken_at, self.examiner, self.tool, self.remarks,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DataList:
    """The rows, what the record says (keys of :data:`RECORD_FIELDS`), and the ledger's link."""

    rows: tuple[DataListRow, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    link: str = ""


def data_list(
    records: Sequence[CustodyRecord], said: Mapping[str, str] | None = None, link: str = ""
) -> DataList:
    """The list of the current ``records`` and the files in them.

    ``said`` fills fields of the record; what is not said stays a blank line.
    """
    current = [record for record in records if record.current]
    rows = [row for number, one in enumerate(current, start=1) for row in _rows(number, one)]
    return DataList(tuple(rows), dict(said or {}), link)


def write_data_list(path: Path, made: DataList) -> None:
    """Write ``made`` as a page to print and sign (``.html``), or as a table (``.csv``).

    The same records give the same bytes. The CSV begins with a byte order mark, so that Excel
    reads its Chinese, and holds the list alone.

    Raises
    ------
    UsageError
        If ``path`` ends in neither.
    LeaktraceError
        If it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_atomically(path, _csv(made))
    elif suffix in _HTML:
        write_atomically(path, _page(made).encode("utf-8"))
    else:
        raise UsageError(
            _("{file}: the list is written as .html or .csv; end the file name with one").format(
                file=shown_text(path.name)
            )
        )


def _rows(number: int, record: CustodyRecord) -> Iterator[DataListRow]:
    members = list(record.members)
    form = next((one.form for one in members if one.member is None), _form_of(record))
    known = {
        "batch": record.subject_id,
        "taken_at": clock(record.taken_at),
        "examiner": record.examiner,
        "tool": f"leaktrace {record.version}",
    }
    yield DataListRow(
        number=str(number),
        name=record.file,
        category=category(form),
        form=form_name(form),
        size=str(record.original.size) if record.sha256 else "",
        sha256=record.sha256,
        remarks=remark(record),
        **known,
    )
    inside = [one for one in members if one.member is not None]
    for position, member in enumerate(inside, start=1):
        yield DataListRow(
            number=f"{number}.{position}",
            name=member.member or "",
            category=category(member.form),
            form=form_name(member.form),
            size=str(member.size) if member.sha256 else "",
            sha256=member.sha256,
            remarks=remark(member),
            **known,
        )


def _form_of(record: CustodyRecord) -> str:
    if record.form == "sketch":
        return "sketch"
    return "archive" if record.members else ""


def _csv(made: DataList) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row.cells()] for row in made.rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    # A file may be called so that a spreadsheet program would take its name for a formula.
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _page(made: DataList) -> str:
    from leaktrace.report.render import environment

    fields = [(label, made.said.get(name, "")) for name, label in RECORD_FIELDS.items()]
    return (
        environment()
        .get_template("datalist.html.j2")
        .render(made=made, columns=COLUMNS, fields=fields, signatures=SIGNATURES)
    )
