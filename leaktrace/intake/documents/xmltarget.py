"""XML of any kind: elements that are repeated side by side are records."""

from __future__ import annotations

from collections.abc import Mapping

from leaktrace.identifiers.cell import recognise_cell
from leaktrace.intake.documents.splitting import Event, Field

Path = tuple[str, ...]

_DEEPEST = 60
_MOST_FIELDS = 2000
_MOST_TEXT = 1 << 20
_PROPERTIES = 200


class PathCounter:
    """Counts which elements are repeated within one and the same element."""

    def __init__(self) -> None:
        self.out: list[Event] = []
        self._path: list[str] = []
        self._children: list[dict[str, int]] = []
        self._repeated: set[Path] = set()
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            return
        name = local(tag)
        if self._children:
            count = self._children[-1].get(name, 0) + 1
            self._children[-1][name] = count
            if count == 2:
                self._repeated.add((*self._path, name))
        self._path.append(name)
        self._children.append({})

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._depth <= _DEEPEST and self._path:
            self._path.pop()
            self._children.pop()
        self._depth -= 1

    def data(self, text: str) -> None:
        """Text."""

    def close(self) -> None:
        """The document ends."""

    def records(self) -> frozenset[Path]:
        """The ways to repeated elements that lie in no other repeated one."""
        return frozenset(
            path
            for path in self._repeated
            if not any(path[:n] in self._repeated for n in range(1, len(path)))
        )


class XmlTarget:
    """The records of a document, and what stands outside of them as one more."""

    def __init__(self, records: frozenset[Path]) -> None:
        self.out: list[Event] = []
        self._records = records
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._depth = 0
        self._within = 0
        self._own: dict[Field, str] = {}
        self._outside: dict[Field, str] = {}
        self._size = 0
        self._any = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            return
        self._path.append(local(tag))
        self._texts.append([])
        if not self._within and tuple(self._path) in self._records:
            self._within, self._own, self._size = len(self._path), {}, 0
        for key, text in attributes.items():
            self._put([*self._path, local(key)], text)

    def data(self, text: str) -> None:
        """Text."""
        if self._texts and self._size < _MOST_TEXT:
            self._texts[-1].append(text)
            self._size += len(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._depth >= _DEEPEST or not self._path:
            return
        self._put(self._path, "".join(self._texts.pop()).strip())
        if self._within == len(self._path):
            if self._own:
                self._any = True
                self.out.append((".".join(self._path), self._own))
            self._within = 0
        if not self._within:
            self._size = 0
        self._path.pop()

    def close(self) -> None:
        """The document ends, perhaps in the middle."""
        if self._within and self._own:
            self.out.append((".".join(self._path[: self._within]), self._own))
            self._any = True
        own = self._outside
        if own and (not self._any or any(map(recognise_cell, own.values()))):
            self.out.append((None, own))

    def _put(self, path: list[str], text: str) -> None:
        if not text:
            return
        if self._within:
            own, name = self._own, ".".join(path[self._within :] or path[-1:])
        else:
            own, name = self._outside, ".".join(path[1:] or path)
        number = 0
        while (name, number) in own:
            number += 1
        if len(own) < _MOST_FIELDS and number < _PROPERTIES:
            own[name, number] = text
        elif not self._within:
            self.out.append((None, dict(own)))
            own.clear()
            own[name, 0] = text


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2].rpartition(":")[2]
