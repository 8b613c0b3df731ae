"""Logs of web servers and applications: a line is a row, its decoded parameters are columns."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import lines_in, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD

_SAMPLED = 200
_SHARE = 0.6
_MOST_KEYS = 60
_LONGEST = 200_000
_DEPTH = 4

_CLIENT = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{3,39})[\s,]")
_DATED = re.compile(
    r"\s*[\[(]?(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}/[A-Z][a-z]{2}/\d{4}|[A-Z][a-z]{2} +\d{1,2})"
    r"[ T:]\d{1,2}:\d{2}:\d{2}"
)
_REQUEST = re.compile(r'"?(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) \S+|https?://\S+\?\S+=')
_LEVEL = re.compile(
    r"\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|NOTICE)\b|\[(?:info|error|debug)\]"
)
_PAIR = re.compile(r"(?<![\w%.\-])([A-Za-z_][\w.\-\[\]]{0,40})=([^\s&\"'<>;,(){}\[\]]*)")
_ESCAPED = re.compile(r"\\x([0-9A-Fa-f]{2})")


def matches(sample: str) -> bool:
    """Whether most lines begin with a client or a time, and hold a request or a level."""
    lines = lines_in(sample)[:_SAMPLED]
    good = sum(map(_is_logged, lines))
    return good >= 2 and good >= _SHARE * len(lines)


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The log as one table: a column for each parameter, and one for what is left of the line."""
    with opening(material) as file:
        head = file.read(HEAD)[encoding.mark :].decode(encoding.name, errors="replace")
    counts: Counter[str] = Counter()
    for line in lines_in(head):
        counts.update(list(dict.fromkeys(name for name, _value in parameters_of(line)[0])))
    keys = [key for key, _number in counts.most_common(_MOST_KEYS)]
    table = DocumentTable(None, _records(material, encoding, keys), (*keys, "text"))
    return Document("log", [table], {"encoding": encoding.name})


def _is_logged(line: str) -> bool:
    begins = _CLIENT.match(line) or _DATED.match(line)
    return bool(begins and (_REQUEST.search(line) or _LEVEL.search(line[:200])))


def _records(material: Material, encoding: TextEncoding, keys: list[str]) -> Iterator[Record]:
    places = {key: i for i, key in enumerate(keys)}
    for line, refusal in lines_of(material, encoding):
        pairs, rest = parameters_of(line[:_LONGEST])
        cells: list[list[str]] = [[] for _key in keys]
        left = [rest + line[_LONGEST:]]
        for key, value in pairs:
            if key in places:
                cells[places[key]].append(value)
            elif value:
                left.append(f"{key}={value}")
        typed = [*(" / ".join(filter(None, cell)) for cell in cells), " ".join(left)]
        yield Record(typed, refusal)


def parameters_of(line: str) -> tuple[list[tuple[str, str]], str]:
    """The parameters of a line, decoded, and what is left of it.

    Those are read of a query (``phone=138…&name=%E5%BC%A0``), of a form that was posted, and of
    a JSON object in the line, also where its quotes are escaped.
    """
    pairs: list[tuple[str, str]] = []
    text = line
    if "{" in text:
        text = _without_json(_unescaped(text), pairs)
    for match in _PAIR.finditer(text):
        pairs.append((match[1], _decoded(match[2])))
    return pairs, _decoded(_PAIR.sub(r"\1=", text))


def _unescaped(text: str) -> str:
    if "\\x" in text:
        # nginx writes every byte that is not plain so.
        raw = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
        text = raw.encode("latin-1", "ignore").decode("utf-8", "replace") if _is_bytes(raw) else raw
    if '{\\"' in text:
        text = text.replace('\\\\"', "'").replace('\\"', '"')
    return text


def _is_bytes(text: str) -> bool:
    return all(ord(character) < 256 for character in text)


def _decoded(text: str) -> str:
    """``text`` without percent signs, in UTF-8 or else in GBK, also where it was encoded twice."""
    for _time in range(2):
        if "%" not in text:
            break
        fresh = unquote_plus(text, errors="replace")
        text = (
            unquote_plus(text, encoding="gb18030", errors="replace") if "\ufffd" in fresh else fresh
        )
    return text


def _without_json(text: str, pairs: list[tuple[str, str]]) -> str:
    """``text`` without the JSON objects in it, whose values are added to ``pairs``."""
    decoder = json.JSONDecoder()
    kept: list[str] = []
    place = 0
    for _object in range(20):
        start = text.find("{", place)
        if start < 0:
            break
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            kept.append(text[place : start + 1])
            place = start + 1
            continue
        kept.append(text[place:start])
        place = end
        _flatten(value, "", pairs, 0)
    return "".join(kept) + text[place:]


def _flatten(value: Any, name: str, pairs: list[tuple[str, str]], depth: int) -> None:
    if isinstance(value, dict) and depth < _DEPTH:
        for key, inner in value.items():
            _flatten(inner, str(key), pairs, depth + 1)
    elif isinstance(value, list) and depth < _DEPTH:
        for inner in value:
            _flatten(inner, name, pairs, depth + 1)
    elif value is not None and not isinstance(value, bool):
        pairs.append(
            (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        )
