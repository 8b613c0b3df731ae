"""The running text of a printed document: read as a text file of the same lines would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from leaktrace.intake.documents.document import DocumentTable
from leaktrace.intake.documents.splitting import Name, plain_table
from leaktrace.intake.material import InMemory, Material
from leaktrace.intake.signatures import HEAD

_MOST = 8 << 20
_FORMS = frozenset({"boxed", "chat", "cards", "prose", "stanzas", "turned", "wall", "weblog"})


def text_table(material: Material, name: Name, lines: Iterable[str]) -> DocumentTable:
    """A table of what stands in ``lines``: cards, messages, sentences; or a line a row.

    Lines are held in memory, up to 8 MB of them; of more each is a row.
    """
    rest = iter(lines)
    held = list(_limited(rest))
    following = next(rest, None)
    if following is not None:
        return plain_table(name, ([line] for line in chain(held, [following], rest)))
    return _understood(material, name, held) or plain_table(name, [[line] for line in held])


def _limited(lines: Iterator[str]) -> Iterator[str]:
    size = 0
    for line in lines:
        yield line
        size += len(line)
        if size > _MOST:
            return


def _understood(material: Material, name: Name, lines: list[str]) -> DocumentTable | None:
    from leaktrace.intake.forms import text_document

    data = "\n".join(lines).encode("utf-8", "replace")
    text = Material(material.path, material.chain, InMemory(data))
    document = text_document(text, data[:HEAD]) if data.strip() else None
    if document is None or document.form not in _FORMS:
        return None
    tables = list(document.tables)
    return replace(tables[0], name=name) if len(tables) == 1 else None
