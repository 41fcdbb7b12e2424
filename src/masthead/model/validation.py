"""Whether an entry's values may be saved and published: validators derived from the ContentModel."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from pydantic import (
    AwareDatetime,
    ConfigDict,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import to_json

from masthead.model import content_model, kinds
from masthead.model.field_models import (
    BUILT,
    BlockModels,
    FieldProblem,
    annotation_of,
    definition,
    field_model,
)


class Validator:
    """Checks the values of one content type; built once, used for every entry."""

    def __init__(self, content_type: content_model.ContentType, model: content_model.ContentModel) -> None:
        self._blocks = BlockModels(model)
        fields = {field.name: definition(field, self._blocks) for field in content_type.fields}
        self._model = field_model(content_type.name, fields)

    def problems(self, values: Mapping[str, Any]) -> tuple[FieldProblem, ...]:
        """Everything wrong with `values` (JSON values by field name), all at once; empty when valid."""
        try:
            self._model.model_validate(values)
        except ValidationError as error:
            return tuple(self._blocks.problems(error))
        return ()


class DraftValidator:
    """Reads the values of drafts of one content type. Nothing is required, and text may be of any length
    and shape: an editor saves what is half written. What cannot be stored as its field's kind is refused,
    without conversions: "1" is no number."""

    def __init__(self, content_type: content_model.ContentType, model: content_model.ContentModel) -> None:
        self._blocks = BlockModels(model, is_draft=True)
        fields = {field.name: definition(field, self._blocks) for field in content_type.fields}
        self._model = field_model(content_type.name, fields, is_strict=True)

    def read(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
        """The values as they are stored (moments in UTC, decimals as text, nothing for null in a block), and
        what is wrong with the others. `values` must be what JSON can hold."""
        try:
            # As JSON: strict, and yet a text may be a date or an id.
            found = self._model.model_validate_json(to_json(values))
        except ValidationError as error:
            problems = tuple(self._blocks.problems(error))
            wrong = {str(each["loc"][0]) for each in error.errors(include_url=False) if each["loc"]}
            sound, _ = self.read({name: each for name, each in values.items() if name not in wrong})
            return sound, problems
        return found.model_dump(mode="json", exclude_unset=True), ()


def value_check(kind: kinds.Computed, *, is_nullable: bool) -> Callable[[Any], Any]:
    """A function that gives back a Python value of `kind` as it is, without conversions; a member of an
    enum becomes its value. It raises ValueError for anything else."""
    annotation = _computed_annotation(kind)
    config = ConfigDict(strict=True, allow_inf_nan=False)
    adapter: TypeAdapter[Any] = TypeAdapter(annotation | None if is_nullable else annotation, config=config)
    if isinstance(kind.item if isinstance(kind, kinds.Scalars) else kind, kinds.Enumeration):
        return lambda value: adapter.validate_python(_plain(value))
    return adapter.validate_python


def _computed_annotation(kind: kinds.Computed) -> Any:
    """Like a stored field's, but any date will do: what is not stored need not fit the driver."""
    listed, _ = BUILT
    match kind:
        case kinds.Date():
            return date
        case kinds.DateTime():
            return AwareDatetime
        case kinds.Scalars(item=item):
            return listed[_computed_annotation(item)]
        case _:
            return annotation_of(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
