"""Pasted cards, INI sections and ``key=value`` lines: a card of several lines is one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from leaktrace.intake.documents.cardfields import RULE, SECTION, common_labels, fields_of
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.textlines import lines_in, lines_of
from leaktrace.intake.encodings import TextEncoding
from leaktrace.intake.headers import header_kind, normal, without_number
from leaktrace.intake.material import Material
from leaktrace.intake.records import Record
from leaktrace.intake.refusals import opening
from leaktrace.intake.signatures import HEAD

_SAMPLED = 400
_MOST_LABELS = 200
_LABELLED = 0.5
_SPACED = 0.8
_TELLING = frozenset(
    {"mobile", "landline", "id_number", "uscc", "email", "plate", "name", "name_last4"}
)


def matches(sample: str) -> bool:
    """Whether most lines of a text begin with a label and its colon, and the labels come again."""
    lines = lines_in(sample)[:_SAMPLED]
    written = [line for line in lines if not RULE.fullmatch(line) and not SECTION.fullmatch(line)]
    fields = [fields_of(line) for line in written]
    labels = [without_number(label) for line in fields for label, _value in line]
    telling = {label for label in labels if header_kind(label) in _TELLING}
    several = len(set(labels)) > 1 and bool(telling)
    if not several or sum(map(bool, fields)) < _LABELLED * len(written):
        return False
    # A single card is one, too; a log or a form letter has such lines now and then.
    return len(written) < 4 * len(set(labels)) or len(labels) >= 2 * len(set(labels))


def read_text(material: Material, encoding: TextEncoding) -> Document:
    """The cards as one table: a column for each label, and one for the lines without any."""
    with opening(material) as file:
        head = file.read(HEAD)[encoding.mark :].decode(encoding.name, errors="replace")
    lines = lines_in(head)
    labels = common_labels(lines)
    columns: dict[str, str] = {}
    for line in lines:
        for label, _value in fields_of(line, labels):
            if len(columns) < _MOST_LABELS:
                columns.setdefault(normal(label), label)
    names = list(columns)
    rows = _Cards(names, labels, _is_spaced(head, lines)).records(lines_of(material, encoding))
    table = DocumentTable(None, rows, (*columns.values(), "text"))
    return Document("cards", [table], {"encoding": encoding.name})


def _is_spaced(head: str, lines: list[str]) -> bool:
    """Whether a blank line stands after every line, so that blank ones separate nothing."""
    blank = sum(not line.strip() for line in head.splitlines())
    return blank >= _SPACED * len(lines)


@dataclass(slots=True)
class _Card:
    cells: dict[str, list[str]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    refusal: int = 0

    def __bool__(self) -> bool:
        return bool(self.cells or self.text)


@dataclass(slots=True)
class _Cards:
    """Puts lines together to cards; ``first`` is the label that begins one."""

    names: list[str]
    labels: frozenset[str]
    spaced: bool
    first: str = ""
    card: _Card = field(default_factory=_Card)
    ended: bool = False

    def records(self, lines: Iterable[tuple[str, int]]) -> Iterator[Record]:
        """A record for each card, and for each group of lines outside of cards."""
        for line, refusal in lines:
            if not line.strip():
                self.ended = self.ended or not self.spaced
                continue
            if RULE.fullmatch(line):
                self.ended = True
                continue
            fields = fields_of(line, self.labels)
            if not fields:
                yield from self._free(line, refusal)
            for label, value in fields:
                yield from self._labelled(normal(label), label, value, refusal)
        yield from self._finished()

    def _free(self, line: str, refusal: int) -> Iterator[Record]:
        """A line without a label: more of this card, or the title of the next."""
        if self.ended or SECTION.fullmatch(line) or line.strip().startswith(("【", "[")):
            yield from self._finished()
        self.card.text.append(line.strip())
        self.card.refusal = self.card.refusal or refusal

    def _labelled(self, name: str, label: str, value: str, refusal: int) -> Iterator[Record]:
        self.first = self.first or name
        begins = name == self.first and self.first in self.card.cells
        if begins or (self.ended and self.card):
            yield from self._finished()
        self.ended = False
        if name in self.names:
            self.card.cells.setdefault(name, []).append(value)
        else:
            self.card.text.append(f"{label}：{value}")
        self.card.refusal = self.card.refusal or refusal

    def _finished(self) -> Iterator[Record]:
        card, self.card, self.ended = self.card, _Card(), False
        if card:
            cells = [" / ".join(filter(None, card.cells.get(name, ()))) for name in self.names]
            yield Record([*cells, "\n".join(card.text)], card.refusal)
