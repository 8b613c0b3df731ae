"""Bring the catalogues up to date with the texts in the code, and compile them.

After adding or changing a text in the code:

    python tests/messages/update_catalogues.py

It prints the texts that have no Chinese yet. Fill them in (`msgstr` in
leaktrace/messages/locale/zh_CN/LC_MESSAGES/leaktrace.po; the glossary stands at the head of that
file), then run the same command again and commit the .po and .mo files. Translations are kept;
those of texts that are no longer in the code are dropped. The same texts give the same bytes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[2] / "leaktrace"
LOCALE = PACKAGE / "messages" / "locale"
LANGUAGES = ("en", "zh_CN")
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
# Catalogues carry no time of making, so that the same texts give the same bytes.
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
GLOSSARY = """\
# Words that people read in leaktrace.
#
# Glossary (one thing, one name):
#   canary            诱饵身份
#   control (canary)  对照诱饵
#   planting          投放
#   batch             批次
#   list              名单；trade: 料子
#   source            来源
#   reference list    参考名单
#   seized list       涉案名单
#   fingerprint       指纹；sketch: 指纹（.sketch 文件）
#   key               密钥
#   case              案卷
#   posterior         后验概率；in tables: 概率
#   prior             先验概率
#   likelihood ratio  似然比
#   share             占比
#   support           支持力度
#   verdict           结论
#   undetermined      无法判断
#   made up           编造
#   twin              孪生来源
#   lineage, parent   转手关系、上游批次
#   containment       包含率
#   Jaccard           Jaccard 系数
#   identifier        标识（手机号、身份证号等）
#   refused           未收录
#   evidence          证据"""


def texts() -> Catalog:
    """Every text for people in the package, without translations."""
    found = Catalog(creation_date=WHEN)
    for name, _line, message, comments, context in sorted(_extracted(), key=lambda item: item[:2]):
        where = [(f"leaktrace/{name}", 1)]
        found.add(message, None, where, auto_comments=comments, context=context)
    return found


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    found = extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS, comment_tags=("translators:",))
    for item in found:
        name, line, message, comments, context = item
        yield name.replace("\\", "/"), line, message, comments, context


def po_file(language: str) -> Path:
    """The catalogue of ``language`` in the form that people edit."""
    return LOCALE / language / "LC_MESSAGES" / "leaktrace.po"


def read(language: str) -> Catalog:
    """The catalogue of ``language`` as it stands."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of ``language`` with the texts of the code and the translations it had."""
    catalogue = Catalog(
        locale=language,
        domain="leaktrace",
        project="leaktrace",
        version="",
        msgid_bugs_address="-",
        header_comment=GLOSSARY,
        creation_date=WHEN,
        revision_date=WHEN,
        last_translator="leaktrace",
        language_team="leaktrace",
        fuzzy=False,
    )
    known = read(language) if po_file(language).exists() else Catalog(locale=language)
    for message in texts():
        if message.id:
            catalogue.add(
                message.id, _translation(language, message, known), message.locations,
                auto_comments=message.auto_comments, context=message.context,
            )  # fmt: skip
    return catalogue


def _translation(language: str, message: Message, known: Catalog) -> str | tuple[str, ...]:
    if language == "en":
        return message.id
    before = known.get(message.id, message.context)
    if before is None or not before.string:
        return ("",) if message.pluralizable else ""
    # A text may have got a plural since, or lost it.
    said = _strings(before)
    return said if message.pluralizable else said[0]


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that ``catalogue`` has no translation for."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not all(_strings(message))
    ]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else message.string or ("",)


def main() -> int:
    """Update and compile all catalogues; 1 where a text waits for its translation."""
    waiting: list[str] = []
    for language in LANGUAGES:
        catalogue = updated(language)
        po_file(language).parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: the translations stand nowhere else.
        text = io.BytesIO()
        write_po(text, catalogue, width=98, include_lineno=False, sort_by_file=True)
        po_file(language).write_bytes(text.getvalue())
        with po_file(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        waiting += [f"{language}: {text}" for text in untranslated(catalogue)]
    print("\n".join(waiting or ["all texts are translated"]))
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
