"""The names of members: their bytes decoded, litter told apart, equal ones made different."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from leaktrace.intake.refusals import shown

_SYSTEM = {
    ".ds_store",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".localized",
    ".spotlight-v100",
    ".trashes",
    ".fseventsd",
}
_FOLDERS = {"__macosx", "$recycle.bin", "system volume information", ".spotlight-v100", ".trashes"}
_LOCK_FILE = re.compile(r"~\$.+|\._.+|\.~lock\..*#|\.~.+\.(et|wps|dps)", re.IGNORECASE)


def decoded_name(raw: bytes, encoding: str = "gb18030") -> str:
    """The name that ``raw`` is: UTF-8 where it is that, else ``encoding``."""
    for candidate in ("utf-8", encoding, "gb18030", "big5hkscs"):
        try:
            return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def encoding_of_names(names: list[bytes]) -> str:
    """The national encoding of an archive's names, from all of them together: one is too short
    to tell GB18030 from Big5 by."""
    from leaktrace.intake.encodings import plausible_big5, plausible_gb18030

    beyond = [name for name in names if not name.isascii() and not _is_utf8(name)]
    sample = b"\n".join(beyond[:2000])
    if not sample:
        return "gb18030"
    chinese, traditional = plausible_gb18030(sample), plausible_big5(sample)
    return "big5hkscs" if chinese < 0.85 and traditional > max(chinese, 0.85) else "gb18030"


def is_litter(name: str) -> bool:
    """Whether systems and programs leave such a file beside others."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    if any(part in _FOLDERS for part in path.parts):
        return True
    return path.name in _SYSTEM or _LOCK_FILE.fullmatch(path.name) is not None


class Names:
    """Makes the names of one archive's members different as they are shown, masked."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def unique(self, name: str) -> str:
        """``name``, or ``name~2`` and so on where one before it looks the same."""
        seen = shown(name)
        count = self._taken[seen]
        self._taken[seen] += 1
        if not count:
            return name
        while self._taken[shown(f"{name}~{count + 1}")]:
            count += 1
        self._taken[shown(f"{name}~{count + 1}")] += 1
        return f"{name}~{count + 1}"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
