"""The user's own keys: one file each, named by the fingerprint, for the owner alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.errors import InputRefused, LeaktraceError
from leaktrace.fingerprint.keys import Key, load_key
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.case.case import Case

SUFFIX = ".key"


def key_folder() -> Path:
    """``$LEAKTRACE_KEYS``, else ``leaktrace/keys`` in the platform's configuration folder."""
    named = os.environ.get("LEAKTRACE_KEYS")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("leaktrace", appauthor=False) / "keys"


def find_key(fingerprint: str) -> Key:
    """The key with this fingerprint.

    Raises
    ------
    LeaktraceError
        ``key-missing`` where it is not in the key folder, ``key-damaged`` where its file holds
        another key.
    """
    path = _file_of(fingerprint)
    if not path.is_file():
        raise LeaktraceError(
            _(
                "the key {fingerprint} of this case is not at hand (looked in {folder}); fetch it "
                "from whoever holds it and run: leaktrace key import FILE"
            ).format(fingerprint=fingerprint, folder=key_folder()),
            code="key-missing",
        )
    key = load_key(path)
    if key.fingerprint != fingerprint:
        raise LeaktraceError(
            _(
                "{path} holds another key than its name says; put back the right one with: "
                "leaktrace key import FILE"
            ).format(path=path),
            code="key-damaged",
        )
    return key


def keep_key(key: Key) -> Path:
    """The file in the key folder that holds ``key``, written if it is not there yet.

    What stands under its name and is not this key is put aside as ``….damaged``.
    """
    folder = key_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
        path = _file_of(key.fingerprint)
        if path.exists() and not _holds(path, key):
            path.replace(path.with_name(f"{path.name}.damaged"))
        if not path.exists():
            key.save(path)
    except OSError as error:
        raise LeaktraceError(
            _(
                "the key cannot be kept in {folder} ({problem}); name a folder that can be "
                "written with LEAKTRACE_KEYS"
            ).format(folder=folder, problem=error.strerror),
            code="key-folder",
        ) from error
    return path


def export_key(case: Case, path: Path) -> str:
    """Write the case's key to ``path``, owner-only; the key's fingerprint.

    Whoever holds it can list every mobile in the case's sketches.

    Raises
    ------
    LeaktraceError
        ``exists`` where the file is there already, or where it cannot be written.
    """
    case.key.save(path)
    return case.key.fingerprint


def import_key(path: Path) -> Key:
    """The key in ``path``, now also in the user's key folder."""
    key = load_key(path)
    keep_key(key)
    return key


def _holds(path: Path, key: Key) -> bool:
    try:
        return load_key(path).fingerprint == key.fingerprint
    except InputRefused as error:
        # One that cannot be read may be right.
        return error.code == "missing"


def _file_of(fingerprint: str) -> Path:
    return key_folder() / f"{fingerprint}{SUFFIX}"
