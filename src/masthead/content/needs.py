"""Entries that cannot be public without others: a required reference, to what is there and public; and any
reference to what people have taken out of what is public, which no import puts back.

Either the entry that needs is refused, when it is what has changed; or what it needs may not go.
"""

from collections.abc import Iterable, Mapping

from masthead.content.blocks import walk
from masthead.content.facts import Facts
from masthead.content.lookup import Lookup
from masthead.content.reading import Reading
from masthead.content.report import Problem
from masthead.content.slugs import slugify
from masthead.content.values import EntryName, FileUrl, Mention, is_derivable
from masthead.kernel import Place
from masthead.model import ContentModel, kinds


def broken_needs(
    model: ContentModel,
    facts: Mapping[str, Facts],
    readings: Mapping[str, Reading],
    gone: Mapping[str, Facts],
    lookup: Lookup,
) -> Iterable[tuple[str, Problem]]:
    """Files to be refused, and why: readings that need what is not public, and the drafts and the
    archived (`gone`) that entries without a change need."""
    for path, reading in readings.items():
        if not reading.facts.is_draft:
            yield from _withheld(model, path, reading, lookup)
            yield from _missing(model, path, reading, lookup)
    for path, each in facts.items():
        if not each.is_draft and path not in readings:
            for need in each.needs:
                yield from _needed(model, path, need, facts, gone, lookup)


def _withheld(
    model: ContentModel, path: str, reading: Reading, lookup: Lookup
) -> Iterable[tuple[str, Problem]]:
    """As a command would refuse to publish it: the entry stays as its last good file made it."""
    for name, field, value in walk(model, model[reading.facts.type_name], reading.values):
        if not isinstance(field.kind, kinds.Reference | kinds.References):
            continue
        for token in value if isinstance(value, list) else [value]:
            if (entry := lookup.withheld(token, path)) is not None:
                place = reading.places.get(name.partition(".")[0], Place(path, 1, 1))
                message = (
                    f'"{name}" refers to {field.kind.target} {_called(token)} (entry {entry}), '
                    "which is not public in Masthead. The file is not imported."
                )
                remedy = "Publish that entry and import again, or take it out of the file."
                yield path, Problem("reference-not-public", message, remedy, place)
                return


def _called(token: object) -> str:
    match token:
        case Mention(name=text) | EntryName(text=text) | FileUrl(url=text):
            return f'"{text}"'
        case _:
            raise AssertionError(f"{token} names nothing")


def _missing(
    model: ContentModel, path: str, reading: Reading, lookup: Lookup
) -> Iterable[tuple[str, Problem]]:
    for name, field, token in walk(model, model[reading.facts.type_name], reading.values):
        if not isinstance(field.kind, kinds.Reference) or field.is_nullable or token is None:
            continue
        if not lookup.finds(token, path):
            place = reading.places.get(name.partition(".")[0], Place(path, 1, 1))
            message = f'"{name}" refers to what is not there or not public.'
            yield path, Problem("reference-unknown", message, "Import that file too.", place)


def _needed(
    model: ContentModel,
    path: str,
    need: EntryName,
    facts: Mapping[str, Facts],
    gone: Mapping[str, Facts],
    lookup: Lookup,
) -> Iterable[tuple[str, Problem]]:
    target = lookup.path_of(need, path)
    if target is not None and facts[target].is_draft:
        yield target, _needed_problem(target, path, "would be public no longer")
    elif target is None and not is_derivable(model[need.type_name]):
        for each, before in gone.items():
            if before.type_name == need.type_name and _is_meant(need.text, before):
                yield each, _needed_problem(each, path, "is gone")


def _is_meant(text: str, facts: Facts) -> bool:
    names = {facts.slug, slugify(facts.name), *(key.strip("/") for level in facts.keys for key in level)}
    return text.strip("/") in names or slugify(text) in names


def _needed_problem(target: str, owner: str, what: str) -> Problem:
    return Problem(
        "reference-needed",
        f"This entry {what}, and {owner} cannot be public without it.",
        "Change that file first, or with it.",
        Place(target, 1, 1),
    )
