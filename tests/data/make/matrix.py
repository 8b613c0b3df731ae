"""Every encoding under every delimiter, with a header and without."""

from __future__ import annotations

from collections.abc import Iterator

from tests.data.make.case import Case, Counts, read
from tests.data.make.people import people

ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-mark": ("utf-8", b"\xef\xbb\xbf"),
    "gb18030": ("gb18030", b""),
    "gbk": ("gbk", b""),
    "big5": ("big5", b""),
    "utf-16-le-mark": ("utf-16-le", b"\xff\xfe"),
    "utf-16-be-mark": ("utf-16-be", b"\xfe\xff"),
    "utf-16-le": ("utf-16-le", b""),
    "utf-16-be": ("utf-16-be", b""),
    "utf-32-le-mark": ("utf-32-le", b"\xff\xfe\x00\x00"),
}
DELIMITERS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    "dashes": "----",
    "space": " ",
    "wide-comma": "，",
}
_ROWS = 14


def cases() -> Iterator[Case]:
    """All of them."""
    for i, (encoding, (codec, mark)) in enumerate(ENCODINGS.items()):
        for j, (delimiter, written) in enumerate(DELIMITERS.items()):
            for header in (True, False):
                text = _text(1000 + 20 * i + j, written, encoding == "big5", header)
                ending = "header" if header else "bare"
                yield read(
                    "matrix",
                    f"{encoding}_{delimiter}_{ending}.txt",
                    mark + text.encode(codec),
                    Counts({"mobile": _ROWS, "id_number": _ROWS}, _ROWS, _ROWS),
                )


def _text(seed: int, delimiter: str, traditional: bool, header: bool) -> str:
    lines = [
        delimiter.join((p.name, p.mobile, p.id_number))
        for p in people(seed, _ROWS, traditional=traditional)
    ]
    if header:
        titles = ("姓名", "手機號碼", "身份證號") if traditional else ("姓名", "手机号", "身份证号")
        lines.insert(0, delimiter.join(titles))
    return "\r\n".join(lines) + "\r\n"
