"""The planting sheet: for the person who does it, which number and persona go where."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leaktrace.canary.personas import Persona, personas
from leaktrace.canary.planning.lawful import lawful_notice
from leaktrace.canary.planning.planfile import PlannedPlanting
from leaktrace.canary.planning.spreadsheet import harmless
from leaktrace.messages import in_language

COLUMNS = (
    "序号 No.",
    "来源编号 source_id",
    "来源 Source",
    "号码编号 number_id",
    "号码或邮箱 Number or mailbox",
    "渠道 Channel",
    "登记人 Registrant",
    "姓名 Name",
    "地址 Address",
    "单位 Employer",
    "户型 Flat",
    "贷款金额（元） Loan (yuan)",
    "邮箱 Mailbox",
    "证件号 ID number",
    "须知 Must know",
    "投放时间 Planted at",
    "投放人 Planted by",
    "批准人 Authorised by",
)

_TRUE = "真实登记人 true registrant"
_MADE_UP = "虚构身份 persona"
_NO_ID = "留空 leave empty"
_UNISSUED = "不可能签发 never issued"
_OWN = "如实填写 his or her true data"
_CHANNELS = {
    "annual-report": "年报 annual report",
    "bank-sms-reply": "短信回复 reply to a text message",
    "hotline-400": "400电话 400 call",
    "loan-app": "应用 app",
    "property-viewing": "现场登记 counter",
    "property-sale": "现场登记 counter",
    "property-management": "现场登记 counter",
    "agency": "现场登记 counter",
    "dental": "现场登记 counter",
    "telecom": "营业厅 counter",
}
_FORM = "表单 form"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One planting to do; ``persona`` is None where only a true registrant is lawful."""

    number: int
    source: str
    source_name: str
    number_id: str
    value: str = field(repr=False)
    channel: str = ""
    lawful: str = ""
    persona: Persona | None = field(default=None, repr=False)

    @property
    def notice(self) -> str:
        """What must be known before, Chinese and English; empty for nothing."""
        said = lawful_notice(self.lawful)
        return " ".join(dict.fromkeys(in_language(said, one) for one in ("zh", "en")))

    def cells(self) -> tuple[str, ...]:
        """In the order of :data:`COLUMNS`."""
        head = (
            str(self.number),
            self.source,
            self.source_name,
            self.number_id,
            self.value,
            self.channel,
        )
        return (*head, *self._registrant(), self.notice, "", "", "")

    def _registrant(self) -> tuple[str, ...]:
        one = self.persona
        if one is None:
            return (_TRUE, *[_OWN] * 5, "", _OWN)
        # Where a mailbox is what is planted, the form takes that one.
        mailbox = "" if "@" in self.value else one.mailbox
        identity = f"{one.id_number} ({_UNISSUED})" if one.id_number else _NO_ID
        return (
            _MADE_UP, one.name, one.address, one.employer, one.layout, str(one.loan), mailbox,
            identity,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What the sheet says of a source."""

    name: str = ""
    kind: str = "other"
    lawful: str = ""


def sheet_rows(
    lines: Sequence[PlannedPlanting],
    *,
    seed: int | bytes = 0,
    sources: Mapping[str, SheetSource] | None = None,
    values: Mapping[str, str] | None = None,
    taken: Iterable[str] = (),
    town: str = "",
    domain: str = "",
    secret: bytes | None = None,
    unissued_ids: bool = False,
) -> tuple[SheetRow, ...]:
    """The rows of a sheet for the plan's ``lines``; controls are never planted, and are left out.

    ``values``: each number as it is dialled, by its id. What is lawful at a source is what the plan
    says or its kind in ``sources``, whichever is stricter. The rest is
    :func:`leaktrace.canary.personas.personas`'; a persona belongs to its number and source,
    whatever else the plan holds.
    """
    known = sources or {}
    planted = [one for one in lines if one.source is not None]
    said = [known.get(one.source or "") or SheetSource(one.name, one.kind) for one in planted]
    lawful = [line.lawful or source.lawful for line, source in zip(planted, said, strict=True)]
    places = [
        (line.number, line.source or "")
        for line, reason in zip(planted, lawful, strict=True)
        if not reason
    ]
    made = iter(
        personas(
            seed,
            len(places),
            taken,
            places=places,
            town=town,
            domain=domain,
            secret=secret,
            unissued_ids=unissued_ids,
        )
    )
    return tuple(
        SheetRow(
            place,
            line.source or "",
            source.name,
            line.number,
            (values or {}).get(line.number, ""),
            _CHANNELS.get(source.kind, _FORM),
            reason,
            None if reason else next(made),
        )
        for place, (line, source, reason) in enumerate(
            zip(planted, said, lawful, strict=True), start=1
        )
    )


def sheet_csv(rows: Sequence[SheetRow]) -> bytes:
    """The sheet as a table, with a byte order mark for Excel and no cell that it would compute."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row.cells()] for row in rows)
    return text.getvalue().encode("utf-8-sig")
