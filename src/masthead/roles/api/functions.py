"""The functions of computed fields: the database knows that there are some, only content.py has them."""

from collections.abc import Iterator
from pathlib import Path

from masthead.kernel import InputError, ModelError, Place
from masthead.model import MODEL_FILE, ContentModel, Functions, load_model


def publication_functions(model: ContentModel, folder: Path | None) -> Functions:
    """The functions for the computed fields of `model`, from the content.py in `folder`.

    Raises InputError without a folder, ModelError where content.py computes other fields than the model has.
    A model without computed fields needs no folder, and its content.py is not run.
    """
    wanted = ", ".join(f"{each.name}.{field.name}" for each in model for field in each.computed)
    if not wanted:
        return {}
    if folder is None:
        raise InputError(
            "functions-missing",
            f"This publication computes {wanted}, and this process does not know where its {MODEL_FILE} is.",
            f"Set MASTHEAD_PUBLICATION to the publication's folder, with {MODEL_FILE} in it.",
        )
    loaded = load_model(folder)
    differences = list(_differences(model, loaded.model))
    if differences:
        raise ModelError(
            "functions-differ",
            f"The computed fields of this {MODEL_FILE} are not those of the database: "
            + "; ".join(differences)
            + ".",
            f"Apply this {MODEL_FILE} with `masthead import`, or use the one that was applied.",
            Place(file=str(folder / MODEL_FILE)),
        )
    return loaded.functions


def _differences(applied: ContentModel, found: ContentModel) -> Iterator[str]:
    before = {(each.name, field.name): field for each in applied for field in each.computed}
    after = {(each.name, field.name): field for each in found for field in each.computed}
    for key in before | after:
        name = ".".join(key)
        if key not in after:
            yield f"{name} has no function"
        elif key not in before:
            yield f"{name} is new"
        elif (before[key].kind, before[key].needs) != (after[key].kind, after[key].needs):
            yield f"{name} gives or needs something else"
        elif before[key].is_nullable != after[key].is_nullable:
            yield f"{name} may {'now' if after[key].is_nullable else 'no longer'} be None"
