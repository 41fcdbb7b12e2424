"""Whether what a file says may become an entry: the content type's own rules, and addresses."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from masthead.content.addresses import is_reserved
from masthead.content.blocks import BlockValues
from masthead.content.reading import Reading
from masthead.content.report import Problem
from masthead.content.values import EntryName, FileUrl, Mention
from masthead.kernel import Place
from masthead.model import ContentModel, ContentType, FieldProblem, Validator

_SOME_ID = str(UUID(int=0))


class Judge:
    """Judges the readings of one publication."""

    def __init__(self, model: ContentModel) -> None:
        self._model = model
        self._validator = lru_cache(maxsize=None)(lambda name: Validator(model[name], model))

    def judged(self, reading: Reading) -> Reading:
        """The reading with what its content type and its address object to."""
        if reading.problems:
            return reading
        problems = [*self._invalid(reading), *self._reserved(reading)]
        return replace(reading, problems=tuple(problems)) if problems else reading

    def _invalid(self, reading: Reading) -> Iterable[Problem]:
        content_type = self._model[reading.facts.type_name]
        values = {name: _without_tokens(value) for name, value in reading.values.items()}
        for fault in self._validator(content_type.name).problems(values):
            if not fault.is_missing or not reading.facts.is_draft:
                yield _problem(reading, content_type, fault)

    def _reserved(self, reading: Reading) -> Iterable[Problem]:
        address = reading.facts.address
        content_type = self._model[reading.facts.type_name]
        if address is not None and is_reserved(address, content_type, self._model):
            yield Problem(
                "address-reserved",
                f"The address {address} is not free: the site itself answers it.",
                "Give the file another slug: `slug: …` in its front matter.",
                reading.places.get("slug", Place(reading.file.path, 1, 1)),
            )


def _without_tokens(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_tokens(each) for each in value]
    if isinstance(value, BlockValues):
        return {name: _without_tokens(each) for name, each in value.items()}
    return _SOME_ID if isinstance(value, Mention | FileUrl | EntryName) else value


def _problem(reading: Reading, content_type: ContentType, fault: FieldProblem) -> Problem:
    name, _, inner = fault.path.partition(".")
    place = reading.places.get(name, Place(reading.file.path, 1, 1))
    if fault.is_missing and inner:
        block, _, field = fault.path.rpartition(".")
        return Problem(
            "field-missing",
            f'"{block}" of this {content_type.name} needs "{field}".',
            f"Add `{field}: …` to it, or `draft: true` to the front matter.",
            place,
        )
    if fault.is_missing:
        return Problem(
            "field-missing",
            f'A {content_type.name} needs "{name}", and this file does not say it.',
            f"Add `{name}: …` to its front matter, or `draft: true`.",
            place,
        )
    return Problem(
        "field-invalid",
        f'"{fault.path}" of this {content_type.name}: {fault.message}.',
        "Correct the value.",
        place,
    )
