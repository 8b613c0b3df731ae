"""How the statements of a dump begin, and the names in them."""

from __future__ import annotations

import re

_NAME = r"(?:`[^`\n]*`|\"[^\"\n]*\"|\[[^\]\n]*\]|[\w$#@]+)"
_TABLE = rf"(?P<table>{_NAME}(?:\s*\.\s*{_NAME}){{0,3}})"
_COLUMNS = r"(?:\s*\((?P<columns>[^()]*)\))?"
INSERT = re.compile(
    r"\b(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OVERWRITE|"
    r"OR\s+\w+)\s+)*(?:INTO\s+)?(?:TABLE\s+)?"
    rf"{_TABLE}{_COLUMNS}\s*(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
COPY = re.compile(
    rf"^COPY\s+{_TABLE}{_COLUMNS}\s+FROM\s+stdin\b[^;\n]*;", re.IGNORECASE | re.MULTILINE
)
CREATE = re.compile(
    rf"\bCREATE\s+(?:GLOBAL\s+|TEMPORARY\s+|TEMP\s+|UNLOGGED\s+)*TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    rf"{_TABLE}(?P<columns>\s*)(?=\()",
    re.IGNORECASE,
)
_NO_COLUMN = re.compile(
    r"\s*(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|SPATIAL|CHECK|EXCLUDE|PERIOD|LIKE)\b",
    re.IGNORECASE,
)


def table_name(written: str) -> str:
    """A table's name without quotes and without what is before the last dot."""
    parts = re.findall(r"`[^`]*`|\"[^\"]*\"|\[[^\]]*\]|[\w$#@]+", written)
    return _unquoted(parts[-1]) if parts else written


def column_names(written: str | None) -> tuple[str, ...]:
    """The names in a list of columns."""
    return tuple(_unquoted(part) for part in written.split(",")) if written else ()


def _unquoted(name: str) -> str:
    return name.strip().strip('`"[]').strip()


def declared_names(text: str) -> tuple[str, ...]:
    """The names of the columns that ``CREATE TABLE`` declares; ``text`` begins with its bracket."""
    names, depth, start, quote = [], 0, 1, ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
            continue
        if sign in "'\"`":
            quote = sign
            continue
        depth += (sign == "(") - (sign == ")")
        if (sign == "," and depth == 1) or not depth:
            part = text[start:place].strip()
            start = place + 1
            found = re.match(_NAME, part)
            if found and not _NO_COLUMN.match(part):
                names.append(_unquoted(found[0]))
        if not depth:
            break
    return tuple(names)
