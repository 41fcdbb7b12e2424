"""A deprecated field or type works as before; the model says why it should not be used."""

from dataclasses import replace
from typing import Annotated

import pytest

from masthead import model as mh
from masthead.kernel import ModelError


class Old(mh.Entry, deprecated="Use Post."):
    """Something that was replaced."""

    summary: str
    teaser: Annotated[str | None, mh.Doc("Short."), mh.Deprecated("Use `summary`.")] = None


MODEL = mh.compile_model([Old], mh.ContentLock())[0]


def test_the_model_says_what_is_deprecated() -> None:
    """With its reason, beside the description."""
    assert MODEL["Old"].deprecation == "Use Post."
    assert MODEL["Old"]["teaser"].deprecation == "Use `summary`."
    assert MODEL["Old"]["teaser"].description == "Short."
    assert MODEL["Old"]["summary"].deprecation is None
    assert mh.ContentModel.from_json(MODEL.to_json()) == MODEL


def test_deprecating_is_no_difference() -> None:
    """Neither an addition nor a refusal: no table changes."""
    fields = tuple(replace(each, deprecation=None) for each in MODEL["Old"].fields)
    old = replace(MODEL, types=(replace(MODEL["Old"], fields=fields, deprecation=None), *MODEL.types[1:]))
    for one, other in ((old, MODEL), (MODEL, old)):
        assert mh.compare_models(one, other) == mh.Difference((), ())


def test_a_deprecation_needs_a_reason() -> None:
    """Nobody is told not to use a thing without what to use instead."""
    with pytest.raises(ModelError, match="says what to use instead"):
        mh.compile_model([_entry(Annotated[str, mh.Deprecated(" ")])], mh.ContentLock())
    with pytest.raises(ModelError, match="Odd is deprecated, and nobody says why"):
        mh.compile_model([_entry(str, deprecated="")], mh.ContentLock())


def _entry(annotation: object, **options: str) -> type[mh.Entry]:
    body: dict[str, object] = {"__annotations__": {"name": annotation}, "__module__": __name__}
    return type("Odd", (mh.Entry,), body, **options)
