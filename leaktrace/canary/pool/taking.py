"""Taking in NUMBERS: what the user controls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leaktrace.canary.pool.history import NUMBER, happen
from leaktrace.canary.pool.lines import NumberLine, number_line
from leaktrace.canary.pool.links import NumberLinks, users_by_token
from leaktrace.canary.pool.reading import COLUMN, PoolEntry, read_entries
from leaktrace.canary.pool.records import (
    ADDRESS,
    EXTENDED,
    HANDED,
    PHONES,
    QUARANTINE_DAYS,
    QUARANTINED,
    RETURNED,
    TAKEN,
    TOPUP,
    later,
    now,
)
from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused, counted, refusal_of_line, table_lines
from leaktrace.case.outcomes import ImportOutcome, Refusal
from leaktrace.case.reading import moment_values
from leaktrace.case.tables import NUMBERS
from leaktrace.case.workers import a_worker
from leaktrace.case.writer import Writer
from leaktrace.errors import InputRefused
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.blocks import Warning
from leaktrace.intake.refusals import legible, shown
from leaktrace.intake.tables import TableRow
from leaktrace.intake.worker import Worker
from leaktrace.messages import _
from leaktrace.progress import SILENT, Progress


def import_numbers(
    case: Case,
    path: Path,
    progress: Progress = SILENT,
    *,
    quarantine_days: int = QUARANTINE_DAYS,
    worker: Worker | None = None,
) -> ImportOutcome:
    """Take in the lines of ``path`` (NUMBERS); a refused line does not stop the rest.

    A new phone number is in quarantine until the day that its line names, else for
    ``quarantine_days`` from the day when it was got (today, if no line says it); a mailbox or an
    address has had no other owner, so only if its line says so. A number that is in the pool gets
    the new details; a new custodian, contract end or top-up date is added to its history, in which
    nothing is changed. ``worker`` may be shared with other calls.
    """
    try:
        with a_worker(worker) as reader:
            table = table_lines(path, NUMBERS, reader)
    except InputRefused as error:
        return ImportOutcome(refused=(Refusal.of(error),))
    refused: list[Refusal] = []
    statuses: list[str] = []
    progress.begin(_("Taking in numbers"), len(table.rows))
    said = {"file": legible(path), "quarantine_days": quarantine_days}
    with case.writing("canary pool import", **said) as writer, writer.one_input():
        intake = _Intake(writer, quarantine_days)
        for row in table.rows:
            try:
                statuses.append(intake.take(row))
            except LineRefused as error:
                refused.append(refusal_of_line(shown(path), row, error))
            progress.advance()
        intake.link_canaries()
    progress.end()
    return ImportOutcome(
        **counted(statuses), refused=tuple(refused), warnings=_unknown_columns(table.rows)
    )


def _unknown_columns(rows: Sequence[TableRow]) -> tuple[Warning, ...]:
    """A mistyped header is taken for one of the user's own, and what it holds does nothing."""
    names = dict.fromkeys(name for row in rows for name, text in row.extra.items() if text)
    if not names:
        return ()
    text = _(
        "this table has no column {columns}: what stands there was kept in the note alone; where a "
        "header is mistyped, put it right and take the table in again"
    ).format(columns=_(", ").join(mask_text(" ".join(name.split())) for name in names))
    return (Warning("unknown-column", text),)


class _Intake:
    """Takes lines in, for one command."""

    def __init__(self, writer: Writer, quarantine_days: int) -> None:
        self._writer = writer
        self._quarantine_days = quarantine_days
        self._now = now()
        self._tokeniser = Tokeniser(writer.sealer.key)
        self._links = NumberLinks(writer)
        entries = read_entries(writer.connection, writer.sealer, tested=False)
        self._known = {one.number.id: one for one in entries}
        self._seen: set[str] = set()
        self._added: list[NumberLine] = []

    def take(self, row: TableRow) -> str:
        """Take one line in; ``"added"``, ``"updated"`` or ``"unchanged"``."""
        line = number_line(row, self._tokeniser, self._writer.sealer.key)
        if line.id in self._seen:
            raise LineRefused(
                "duplicate-id",
                _("the id {id} stands in this file twice; keep one line for each number").format(
                    id=line.id
                ),
            )
        owners = {self._links.owners.get(token, line.id) for token in line.tokens}
        if owners != {line.id}:
            if all(self._given_back(one) for one in owners - {line.id}):
                raise LineRefused(
                    "number-given-back",
                    _(
                        "this number was in the pool before, as {other}, and was given back: "
                        "whoever got it then may still have it, so that it makes no new canary; "
                        "take another number"
                    ).format(other=", ".join(sorted(owners - {line.id}))),
                )
            raise LineRefused(
                "number-taken",
                _("this number is in the pool already, as {other}; keep one id for it").format(
                    other=", ".join(sorted(owners))
                ),
            )
        known = self._known.get(line.id)
        if self._not_yet(line, "acquired_at"):
            raise LineRefused(
                "future",
                _("{column} is a day to come; take the number in when you have it").format(
                    column=row.title("acquired_at")
                ),
            )
        status = self._update(line, known) if known else self._add(line)
        self._seen.add(line.id)
        return status

    def _given_back(self, number: str) -> bool:
        entry = self._known.get(number)
        return bool(entry and entry.standing and entry.standing.state.code == RETURNED)

    def link_canaries(self) -> None:
        """Link the canaries that use the numbers that were added."""
        if not self._added:
            return
        addresses = any(line.kind == ADDRESS for line in self._added)
        users = users_by_token(self._writer, addresses=addresses)
        for line in self._added:
            for canary in sorted({one for token in line.tokens for one in users.get(token, ())}):
                self._links.write(canary, line.id)

    def _not_yet(self, line: NumberLine, name: str) -> bool:
        moment = line.moments[name]
        return moment is not None and moment.earliest > self._now.latest

    def _add(self, line: NumberLine) -> str:
        writer = self._writer
        writer.connection.execute(
            "INSERT INTO numbers VALUES (?, ?, ?, ?)",
            (line.id, line.kind, writer.sealer.seal(_details(line), COLUMN), writer.run()),
        )
        writer.connection.executemany(
            "INSERT INTO number_tokens VALUES (?, ?, ?)",
            [(line.id, kind, token.to_bytes(8, "big")) for kind, token in sorted(line.tokens)],
        )
        undated = {} if line.moments["acquired_at"] else {"undated": True}
        self._taken(line, _details(line)["told"], undated)
        self._links.owners.update(dict.fromkeys(line.tokens, line.id))
        self._added.append(line)
        return "added"

    def _update(self, line: NumberLine, known: PoolEntry) -> str:
        writer = self._writer
        row = writer.connection.execute(
            "SELECT details_sealed FROM numbers WHERE id = ?", (line.id,)
        ).fetchone()
        before = writer.sealer.open(row[0], COLUMN)
        dated = self._dated(line, known)
        after = _details(line, before)
        if after == before and not dated:
            return "unchanged"
        if dated:
            self._taken(line, before["told"], {})
        if after != before:
            writer.connection.execute(
                "UPDATE numbers SET details_sealed = ?, run = ? WHERE id = ?",
                (writer.sealer.seal(after, COLUMN), writer.run(), line.id),
            )
            writer.log_change(NUMBER, line.id, before, after)
        for what, details in _news(before["told"], after["told"], known):
            happen(writer, NUMBER, line.id, what, self._now, details)
        return "updated"

    def _taken(self, line: NumberLine, told: dict[str, Any], more: dict[str, Any]) -> None:
        """Append that the number was taken in, on the day that its line says, else now."""
        acquired = line.moments["acquired_at"] or self._now
        until = told["quarantine_until"]
        if until is None and line.kind in PHONES:
            until = moment_values(later(acquired, self._quarantine_days))
        happen(
            self._writer,
            NUMBER,
            line.id,
            TAKEN,
            acquired,
            {**told, "custodian": told["custodian"] or "", "quarantine_until": until, **more},
        )

    def _dated(self, line: NumberLine, known: PoolEntry) -> bool:
        """Whether the line says a day that was not said when the number was taken in.

        Raises
        ------
        LineRefused
            If it says another number, or another day.
        """
        self._refuse_other_number(line)
        said = line.moments["acquired_at"]
        taken = next(one for one in known.history if one.what == TAKEN)
        if said is None or said == taken.at:
            return False
        if taken.details.get("undated") and said.earliest <= taken.at.latest:
            return True
        raise LineRefused(
            "changed-history",
            _(
                "{column} is not what was said of {id} before; history is never changed: put "
                "the old date back"
            ).format(column=line.row.title("acquired_at"), id=line.id),
        )

    def _refuse_other_number(self, line: NumberLine) -> None:
        if any(self._links.owners.get(token) != line.id for token in line.tokens):
            raise LineRefused(
                "changed-number",
                _(
                    "{column} is not the number that {id} was before; a number is never changed: "
                    "give a new one a new id"
                ).format(column=line.row.title("value"), id=line.id),
            )


def _details(line: NumberLine, before: dict[str, Any] | None = None) -> dict[str, Any]:
    """What is stored: the details, and what the table last said of what the history tells too, so
    that the same file again changes nothing, whatever has happened since."""
    told = dict(before["told"]) if before else {}
    said = {name: moment_values(line.moments[name]) for name in _MOMENTS}
    for name, value in {"custodian": line.custodian, **said}.items():
        # An empty cell says nothing new.
        told[name] = value or told.get(name)
    return {**line.details, "told": told}


_MOMENTS = ("contract_end", "topup_due", "quarantine_until")


def _news(
    before: dict[str, Any], after: dict[str, Any], known: PoolEntry
) -> list[tuple[str, dict[str, Any]]]:
    """What the table says that it did not say before, and that is not so already."""
    changed = {name for name in after if after[name] != before.get(name)}
    stands = known.standing
    news: list[tuple[str, dict[str, Any]]] = []
    if "custodian" in changed and (not stands or stands.custodian != after["custodian"]):
        news.append((HANDED, {"to": after["custodian"], "from": known.number.custodian}))
    for name, what in (("contract_end", EXTENDED), ("topup_due", TOPUP)):
        current = moment_values(getattr(stands, name)) if stands else None
        if name in changed and current != after[name]:
            news.append((what, {name: after[name]}))
    if "quarantine_until" in changed and stands and stands.base == QUARANTINED:
        news.append((QUARANTINED, {"quarantine_until": after["quarantine_until"]}))
    return news
