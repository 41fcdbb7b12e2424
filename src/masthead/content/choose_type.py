"""Which content type a file is, when nobody says so: by mapping, layout, folder, and then by its date."""

from masthead.content.folder import matches
from masthead.content.front_keys import FrontKeys, plain
from masthead.content.publication import ImportSettings
from masthead.content.slugs import Position
from masthead.kernel import InputError, Place
from masthead.model import ContentModel, ContentType, kinds

_DATES = ("date", "pubdate", "published")


def choose_type(
    path: str, keys: FrontKeys, position: Position, model: ContentModel, settings: ImportSettings
) -> ContentType:
    """The content type of the file. Raises InputError where the mapping names none that exists, or where
    the publication has no type for such a file."""
    if (named := _named(keys, "type", model)) is not None:
        keys.taken.update(key for key, _ in keys.peek("type"))
        return named
    for glob, name in settings.types.items():
        if matches(path, glob):
            return _mapped(name, glob, model)
    if (laid := _named(keys, "layout", model)) is not None:
        return laid
    if position.type_name is not None and position.type_name in model:
        return model[position.type_name]
    is_dated = position.day is not None or any(True for _ in keys.peek("date"))
    found = _by_shape(model, "Post" if is_dated else "Page", is_dated=is_dated)
    if found is None:
        raise InputError(
            "type-unknown",
            "No content type of this publication is meant for such a file.",
            'Say which one: `type: Name` in the front matter, or [import.types] "glob" = "Name".',
            Place(path, 1, 1),
        )
    return found


def _named(keys: FrontKeys, key: str, model: ContentModel) -> ContentType | None:
    """The type that a key names: `post`, `Post` or `posts`. Other generators write other things there."""
    for _, value in keys.peek(key):
        if isinstance(value, str):
            wanted = plain(value)
            for each in model:
                if wanted in (plain(each.name), plain(each.plural)) and not each.is_singleton:
                    return each
    return None


def _mapped(name: str, glob: str, model: ContentModel) -> ContentType:
    if name in model and not model[name].is_singleton:
        return model[name]
    known = ", ".join(each.name for each in model if not each.is_singleton)
    raise InputError(
        "type-unknown",
        f'[import.types] maps "{glob}" to {name}, which is no content type.',
        f"Types are: {known}.",
        Place("masthead.toml", path="import.types"),
    )


def _by_shape(model: ContentModel, usual: str, *, is_dated: bool) -> ContentType | None:
    """The type with the usual name, else the first with an address, a text and (or without) a date."""
    if usual in model:
        return model[usual]
    for each in model:
        has_text = any(isinstance(field.kind, kinds.Markdown) for field in each.fields)
        has_date = any(plain(field.name) in _DATES for field in each.fields)
        if has_text and each.path is not None and not each.is_singleton and has_date == is_dated:
            return each
    return None
