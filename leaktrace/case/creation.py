"""Making a new case."""

from __future__ import annotations

import csv
import io
import secrets
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill

from leaktrace import __version__
from leaktrace.case.chain import CHAINED, Chain
from leaktrace.case.heads import keep_head
from leaktrace.case.keyring import keep_key
from leaktrace.case.layout import LEDGER, LISTS, README, TEMPLATES, is_case
from leaktrace.case.ledger import create_ledger
from leaktrace.case.outcomes import CreatedCase
from leaktrace.case.records import SOURCE_KINDS
from leaktrace.case.sealing import Sealer
from leaktrace.case.sourcekinds import chinese_kinds
from leaktrace.case.tables import CHINESE_FILE_NAMES, TABLES
from leaktrace.errors import LeaktraceError
from leaktrace.fingerprint.keys import Key
from leaktrace.intake.refusals import on_disk
from leaktrace.intake.tables import TableSpec
from leaktrace.messages import _

# Both languages at once, whatever the process speaks: the folder may go to somebody else.
_README = """\
本文件夹是 leaktrace 的一个案卷。
- leaktrace.sqlite：台账（来源、诱饵、批次、每次操作的记录）。
  其中的姓名、号码、文件名和备注均已加密。
- lists：每份名单的指纹，由案卷密钥计算，不含任何原始号码。
- originals：要求保留的原始文件（--keep-originals），均已加密。
- templates：空白表格，填写后用 leaktrace source import 等命令导入。
  来源表的“类别”一列填下列之一（中文或括号中的代码均可）：
  {chinese_kinds}。
密钥不在本文件夹内，而在使用者自己的密钥文件夹中；没有密钥就无法读取本案卷，
请用 leaktrace key export 妥善备份。
谁持有密钥，谁就能列出指纹里的全部手机号：密钥和本文件夹不要一起交给他人。
请勿手工修改本文件夹，也不要放在网络共享盘上使用。

This folder is a case of leaktrace.
- leaktrace.sqlite: the ledger (sources, canaries, batches, a record of every command). Names,
  numbers, file names and notes in it are encrypted.
- lists: the fingerprint of each list, made under the case's key, without any number as written.
- originals: the files themselves where that was asked for (--keep-originals), encrypted.
- templates: empty tables to fill in and take in with leaktrace source import and so on. The kind
  of a source is one of:
  {kinds}.
The key is not in this folder but in the user's own key folder. Without it the case cannot be read:
keep a copy with leaktrace key export. Whoever holds the key can list every mobile in the
fingerprints: never hand on the key together with this folder.
Do not edit anything in here by hand, and do not work on it on a network share.
"""


def create_case(folder: Path, key: Key | None = None) -> CreatedCase:
    """Make ``folder`` (new, or existing and empty) a case under ``key``, or under a fresh one.

    The key goes to the user's key folder first: a case without its key could never be read.

    Raises
    ------
    LeaktraceError
        ``exists`` where the folder is a case already or holds anything, ``write`` where it cannot
        be written.
    """
    _check_room(folder)
    key = key or Key.new()
    key_file = keep_key(key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Who is planted where is nobody else's business; on Windows a user's folders are his own.
        folder.chmod(0o700)
        (folder / LISTS).mkdir()
        _write_templates(folder / TEMPLATES)
        (folder / README).write_text(_readme(), encoding="utf-8-sig", newline="\r\n")
        _write_ledger(folder, key)
    except OSError as error:
        raise LeaktraceError(
            _(
                "a case cannot be made in {folder} ({problem}); name a folder that can be written"
            ).format(folder=folder, problem=error.strerror),
            code="write",
        ) from error
    return CreatedCase(folder, key.fingerprint, key_file)


def _readme() -> str:
    return _README.format(
        chinese_kinds=_folded(chinese_kinds().replace("、", "、 "), 60).replace("、 ", "、"),
        kinds=_folded(", ".join(SOURCE_KINDS), 94),
    )


def _folded(text: str, width: int) -> str:
    return fill(text, width, subsequent_indent="  ", break_on_hyphens=False)


def _check_room(folder: Path) -> None:
    if is_case(folder):
        raise LeaktraceError(
            _("{folder} is a case already; use it as it is, or name another folder").format(
                folder=folder
            ),
            code="exists",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LeaktraceError(
            _("{folder} exists and is not an empty folder; name a new or an empty one").format(
                folder=folder
            ),
            code="exists",
        )


def _write_ledger(folder: Path, key: Key) -> None:
    # Under its final name last of all: a folder without it is no case.
    unfinished = folder / f"{LEDGER}.new"
    facts = {
        "case": secrets.token_hex(8),
        "key_fingerprint": key.fingerprint,
        "seal_check": Sealer(key).seal(CHAINED, "facts.seal_check").hex(),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "created_by": __version__,
    }
    with closing(create_ledger(unfinished)) as connection:
        chain = Chain(connection, key)
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())
        chain.close_link()
        connection.execute("COMMIT")
        keep_head(folder, connection, key)
    unfinished.rename(folder / LEDGER)


def _write_templates(folder: Path) -> None:
    folder.mkdir()
    for spec in TABLES:
        english = [column.name for column in spec.columns]
        chinese = [column.headers[0] for column in spec.columns]
        _write_header(folder / f"{spec.name}.csv", english)
        _write_header(folder / on_disk(f"{_chinese_name(spec)}.csv"), chinese)


def _chinese_name(spec: TableSpec) -> str:
    return CHINESE_FILE_NAMES[spec.name]


def _write_header(path: Path, names: list[str]) -> None:
    line = io.StringIO()
    csv.writer(line).writerow(names)
    # With a byte order mark, or Excel takes UTF-8 for the local encoding.
    path.write_bytes(line.getvalue().encode("utf-8-sig"))
