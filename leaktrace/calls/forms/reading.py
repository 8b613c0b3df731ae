"""Which form a file of calls has, by what stands in it, and its rows."""

from __future__ import annotations

from pathlib import Path

from leaktrace.calls.forms import android, bills, cdr
from leaktrace.calls.forms.rows import CallRows
from leaktrace.case.tables import CALLS
from leaktrace.errors import InputRefused
from leaktrace.intake.refusals import opening, refused
from leaktrace.intake.signatures import HEAD
from leaktrace.intake.tables import Table, TableSpec, read_table
from leaktrace.messages import _

_NO_HEADER = "header"


def read_calls_file(path: Path) -> CallRows:
    """The calls in ``path``, whatever wrote it; to be called in a worker.

    Raises
    ------
    InputRefused
        As the intake's tables do; ``"no-calls"`` where it is of no known form.
    """
    with opening(path) as file:
        head = file.read(HEAD)
    if android.matches(head):
        return android.read_backup(path, head)
    for spec in (CALLS, bills.BILL, cdr.ASTERISK, cdr.FREESWITCH):
        table = _table(path, spec)
        if table is not None:
            return _rows(table, spec)
    bare = cdr.bare_records(path) if _is_text(path, head) else None
    if bare is None:
        raise _unknown(path)
    return bare


def _table(path: Path, spec: TableSpec) -> Table | None:
    try:
        return read_table(path, spec)
    except InputRefused as error:
        if error.code != _NO_HEADER:
            raise
        return None


def _rows(table: Table, spec: TableSpec) -> CallRows:
    if spec is CALLS:
        return CallRows("calls", table.rows)
    if spec is bills.BILL:
        return bills.calls_of(table.rows)
    return cdr.calls_of(table.rows, spec.name.lower())


def _is_text(path: Path, head: bytes) -> bool:
    from leaktrace.intake.forms import form_of
    from leaktrace.intake.material import Material

    return form_of(Material(path), head) == "text"


def _unknown(path: Path) -> InputRefused:
    message = _(
        "{file} holds no calls in a form that is known: a CALLS table (callee, caller, "
        "started_at), a carrier's bill (起始时间, 对方号码, 呼叫类型), a backup of SMS Backup & "
        "Restore, or call records of Asterisk or FreeSWITCH."
    )
    return refused(path, "no-calls", message)
