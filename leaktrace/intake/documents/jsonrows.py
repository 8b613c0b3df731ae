"""Which rows a JSON value holds: objects in arrays, objects by key, arrays side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.documents.splitting import Event, Field
from leaktrace.intake.headers import header_kind

Path = tuple[str, ...]

# Keys under which a program's answer holds its rows.
_LISTS = frozenset({"data", "rows", "records", "list", "items", "result", "results", "messages"})
_TEXTS = frozenset({"text", "message", "content", "msg", "body"})
_TITLES = ("columns", "fields", "header", "headers")
# An object's array of more objects than this is a table, not a property of a person.
_MANY = 20
_DEEPEST = 40
_BETWEEN = "; "


def name_of(path: Path) -> str | None:
    """A table's name: the way to it."""
    return ".".join(path) or None


def text_of(value: Any) -> str:
    """A value that is no object and no array, as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def element_rows(value: Any, path: Path) -> Iterator[Event]:
    """The rows of an element of the array ``path``."""
    if isinstance(value, dict):
        yield from _record(value, path)
    elif isinstance(value, list):
        if any(isinstance(v, dict) for v in value):
            for v in value:
                yield from element_rows(v, path)
        else:
            yield name_of(path), [_joined(v) for v in value]
    else:
        key: Field = (path[-1], 0) if path else 0
        yield name_of(path), {key: text_of(value)}


def value_rows(value: Any, path: Path = ()) -> Iterator[Event]:
    """The rows of a value that is no element of an array."""
    if isinstance(value, list):
        for element in value:
            yield from element_rows(element, path)
    elif isinstance(value, dict):
        yield from _wrapper_rows(value, path)
    else:
        yield from element_rows(value, path)


def _wrapper_rows(value: Mapping[str, Any], path: Path) -> Iterator[Event]:
    by_key = _by_key(value)
    if by_key is not None:
        for row in by_key:
            yield from _record(row, path)
        return
    own: dict[Field, str] = {}
    rows = False
    for event in wrapper_fields(value, path, own):
        rows = True
        yield event
    if own and (not rows or has_identifier(own)):
        yield name_of(path), own


def wrapper_fields(
    value: Mapping[str, Any], path: Path, own: dict[Field, str], prefix: str = ""
) -> Iterator[Event]:
    """The rows inside an object that holds others; its own properties are written to ``own``."""
    for key, inner in value.items():
        if isinstance(inner, list) and (_has_objects(inner) or len(inner) > _MANY):
            yield from _titles(value, inner, (*path, key))
            yield from value_rows(inner, (*path, key))
        elif isinstance(inner, dict) and len(path) < _DEEPEST:
            if _by_key(inner) is None:
                yield from wrapper_fields(inner, (*path, key), own, f"{prefix}{key}.")
            else:
                yield from _wrapper_rows(inner, (*path, key))
        elif not (key in _TITLES and _has_rows(value)):
            own[prefix + key, 0] = _joined(inner)


def has_identifier(own: Mapping[Field, str]) -> bool:
    """Whether an identifier stands among these properties."""
    return any(recognise_cell(text) for text in own.values())


def _has_objects(values: Sequence[Any]) -> bool:
    return any(isinstance(v, dict | list) for v in values)


def _has_rows(value: Mapping[str, Any]) -> bool:
    """Whether rows by position stand beside their titles."""
    return any(isinstance(v, list) and v and isinstance(v[0], list) for v in value.values())


def _titles(value: Mapping[str, Any], rows: Sequence[Any], path: Path) -> Iterator[Event]:
    """The titles that stand beside rows by position."""
    if not (rows and isinstance(rows[0], list)):
        return
    for key in _TITLES:
        titles = value.get(key)
        if isinstance(titles, list) and titles:
            yield name_of(path), [_title(t) for t in titles]
            return


def _title(title: Any) -> str:
    if isinstance(title, dict):
        return text_of(next((title[k] for k in ("title", "name", "label") if k in title), ""))
    return _joined(title)


def _by_key(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The records of an object whose keys are no names of properties; None where they are."""
    inner = list(value.values())
    if len(inner) < 2:
        return None
    if all(isinstance(v, dict) and v for v in inner):
        return _transposed(value) or _keyed_records(value)
    if all(isinstance(v, list) for v in inner):
        lengths = {len(v) for v in inner}
        if len(lengths) == 1 and lengths != {0} and not any(map(_has_objects, inner)):
            return [dict(zip(value, row, strict=True)) for row in zip(*inner, strict=True)]
    if not _has_objects(inner) and any(recognise_cell(key) for key in list(value)[:_MANY]):
        return [{"key": key, "value": v} for key, v in value.items()]
    return None


def _transposed(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The records of columns that are objects by row number, as pandas writes them."""
    first = next(iter(value.values()))
    if not all(key.isdigit() for key in first):
        return None
    if any(v.keys() != first.keys() or _has_objects(list(v.values())) for v in value.values()):
        return None
    return [{name: column[row] for name, column in value.items()} for row in first]


def _keyed_records(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The records of an object whose values are objects of the same make."""
    first = set(next(iter(value.values())))
    alike = sum(len(first & set(v)) * 2 > len(first) for v in value.values())
    if alike * 10 < len(value) * 9 or any(map(header_kind, value)):
        return None
    return [{"key": key, **v} for key, v in value.items()]


def _record(value: Mapping[str, Any], path: Path) -> Iterator[Event]:
    """An object as a row, then the rows of the people in it."""
    own: dict[Field, str] = {}
    others: list[tuple[str, list[Any]]] = []
    _flatten(value, "", own, others, 0)
    yield name_of(path), own
    for key, elements in others:
        for element in elements:
            yield from element_rows(element, (*path, *key.split(".")))


def _flatten(
    value: Mapping[str, Any],
    prefix: str,
    own: dict[Field, str],
    others: list[tuple[str, list[Any]]],
    depth: int,
) -> None:
    for key, inner in value.items():
        if key == "text_entities" and "text" in value:
            continue  # Telegram's second writing of the same text
        full = prefix + key
        if type(inner) is str and (full, 0) not in own:
            own[full, 0] = inner
        elif isinstance(inner, dict) and depth < _DEEPEST:
            _flatten(inner, full + ".", own, others, depth + 1)
        elif isinstance(inner, list) and any(isinstance(v, dict) for v in inner):
            if key in _TEXTS and _is_text(inner):
                _put(own, full, "".join(map(_part, inner)))
            elif _is_table(key, inner) or depth >= _DEEPEST:
                others.append((full, inner))
            else:
                for v in inner:
                    _flatten(
                        v if isinstance(v, dict) else {"": v}, full + ".", own, others, depth + 1
                    )
        else:
            _put(own, full, _joined(inner))


def _put(own: dict[Field, str], name: str, text: str) -> None:
    number = 0
    while (name, number) in own:
        number += 1
    own[name, number] = text


def _is_text(parts: Sequence[Any]) -> bool:
    """Whether a text stands in parts, as Telegram marks numbers and links in it."""
    return all(isinstance(p, str) or (isinstance(p, dict) and "text" in p) for p in parts)


def _part(part: Any) -> str:
    return part if isinstance(part, str) else text_of(part["text"])


def _is_table(key: str, elements: Sequence[Any]) -> bool:
    """Whether the objects in an object's array are rows of their own: people, messages."""
    if len(elements) > _MANY or key.lower() in _LISTS:
        return True
    keys = {k for e in elements if isinstance(e, dict) for k in e}
    return any(k.lower() in _TEXTS or header_kind(k) == "name" for k in keys)


def _joined(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, list):
        return text_of(value)
    return _BETWEEN.join(filter(None, map(_joined, value)))
