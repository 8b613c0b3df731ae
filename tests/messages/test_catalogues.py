"""Every text for people is translated, keeps its placeholders, and is compiled as it is written."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message


def _load() -> ModuleType:
    path = Path(__file__).with_name("update_catalogues.py")
    spec = importlib.util.spec_from_file_location("update_catalogues", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalogues = _load()
SOURCES = sorted(catalogues.PACKAGE.rglob("*.py"))


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return catalogues.texts()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_text_has_a_translation(language: str, texts: Catalog) -> None:
    known = catalogues.read(language)
    missing = [
        message.id
        for message in texts
        if message.id
        and (known.get(message.id) is None or not all(_strings(known.get(message.id))))
    ]
    assert not missing, "run tests/messages/update_catalogues.py and translate"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_translation_outlives_its_text(language: str, texts: Catalog) -> None:
    known = catalogues.read(language)
    assert not [message.id for message in known if message.id and texts.get(message.id) is None]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_translations_keep_their_placeholders(language: str) -> None:
    for message in catalogues.read(language):
        wanted = _placeholders(message.id if isinstance(message.id, str) else message.id[-1])
        for text in _strings(message):
            if message.id and text:
                assert _placeholders(text) == wanted, message.id


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_compiled_catalogue_says_what_the_text_says(language: str) -> None:
    path = catalogues.po_file(language)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogues.read(language):
        if isinstance(message.id, str):
            assert not message.id or compiled.gettext(message.id) == message.string
        else:
            assert compiled.ngettext(*message.id, 1) == message.string[0]
            assert compiled.ngettext(*message.id, 2) == message.string[-1]


def test_chinese_is_chinese() -> None:
    """A translation without one Chinese character is a word that both languages share."""
    shared = {"Jaccard", "{count} bytes"}
    for message in catalogues.read("zh_CN"):
        words = string.Formatter().parse("".join(_strings(message)))
        plain = "".join(literal for literal, *_ in words)
        if message.id and any(character.isalpha() for character in plain):
            assert message.id in shared or any("\u4e00" <= c <= "\u9fff" for c in plain), message.id


def test_placeholders_are_named(texts: Catalog) -> None:
    for message in texts:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        for text in ids:
            assert all(name and name.isidentifier() for name in _placeholders(text)), text


def test_texts_are_literal() -> None:
    """An f-string or a variable inside ``_()`` is never found by the extraction."""
    for path, call in _calls("_", "ngettext"):
        if path.parent.name == "messages":
            continue
        texts = call.args[:1] if _name(call) == "_" else call.args[:2]
        for text in texts:
            assert isinstance(text, ast.Constant), _where(path, call)


def test_help_and_errors_are_translated() -> None:
    """Literal English in ``help=``, or as the message of an error, would stay English."""
    for path, call in _calls("Option", "Argument", "Typer", "one_command", "command_group"):
        for keyword in call.keywords:
            if keyword.arg == "help":
                assert not _literal(keyword.value), _where(path, call)
    for path, call in _calls("LeaktraceError", "UsageError", "InputRefused"):
        assert not call.args or not _literal(call.args[0]), _where(path, call)


def _calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in names:
                yield path, node


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(node.value)
    )


def _where(path: Path, call: ast.Call) -> str:
    return f"{path.name}:{call.lineno}"


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
