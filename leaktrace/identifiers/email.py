"""E-mail addresses, lower-cased: inside a text ASCII ones, alone in a cell also Chinese ones."""

from __future__ import annotations

import re

from leaktrace.identifiers.kinds import EMAIL
from leaktrace.identifiers.recogniser import Cell, Hit, Identifier, Recogniser

_LOCAL = r"[A-Za-z0-9_](?:[A-Za-z0-9_%+\-]|\.(?=[A-Za-z0-9_%+\-])){0,63}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_EMBEDDED = re.compile(
    rf"(?<![A-Za-z0-9_.%+@\-]){_LOCAL}@(?:{_LABEL}\.){{1,6}}(?:[A-Za-z]{{2,24}}|xn--[A-Za-z0-9]+)"
    rf"(?![A-Za-z0-9@\-]|\.[A-Za-z0-9])"
)
_FILE = re.compile(
    r"\.(?:amr|aac|wav|wma|ogg|flac|jpe?g|png|gif|bmp|webp|heic|tiff?|avi|wmv|mpe?g|mkv|flv|pdf|docx?"
    r"|xlsx?|pptx?|wps|csv|txt|rtf|log|zip|rar|tar|gz|exe|apk|html?|xml|json|js|css|php|aspx?|jsp|sql"
    r"|bak|tmp|dat|db|vcf|eml|ini|dll)$",
    re.IGNORECASE,
)
"""No top-level domains, or none that mail is sent to: 张三138…@20230902.amr names a recording."""
_IDN_LABEL = (
    r"[A-Za-z0-9\u4e00-\u9fff](?:[A-Za-z0-9\u4e00-\u9fff\-]{0,61}[A-Za-z0-9\u4e00-\u9fff])?"
)
_WHOLE = re.compile(
    rf"[ \"'=<]*((?:{_LOCAL}|[A-Za-z0-9\u4e00-\u9fff._\-]{{1,64}})@(?:{_IDN_LABEL}\.){{1,6}}"
    rf"(?:[A-Za-z]{{2,24}}|[\u4e00-\u9fff]{{2,6}}))[ \"',;>]*"
)


def normalise(text: str) -> str:
    """The address in lower case: providers in use in China treat letters alike."""
    return text.lower()


def find(cell: Cell) -> list[Hit]:
    """Every address in the cell."""
    if "@" not in cell.text:
        return []
    spans = [(match.start(), match.end(), match[0]) for match in _EMBEDDED.finditer(cell.text)]
    whole = None if spans else _WHOLE.fullmatch(cell.text)
    if whole:
        spans = [(whole.start(1), whole.end(1), whole[1])]
    return [
        Hit(a, b, Identifier(EMAIL, text=normalise(written)))
        for a, b, written in spans
        if not _FILE.search(written)
    ]


def mask(text: str) -> str:
    """The first letter and the domain."""
    local, _at, domain = text.partition("@")
    return f"{local[:1]}{'*' * (len(local) - 1)}@{domain}"


RECOGNISER = Recogniser(kind=EMAIL, find=find, hint="[@＠]", mask=mask)
