"""What decides which rows a viewer sees: a policy's predicates read rows too, also where nothing is shown."""

from collections.abc import Sequence
from typing import assert_never

from masthead.access import Predicate, lead
from masthead.access import predicate as words
from masthead.model import ContentType, kinds
from masthead.query.dependencies.reads import Columns, Reads
from masthead.query.dependencies.unknowable import UnknowableError
from masthead.query.guard import Guard
from masthead.query.sketch import View


def guard_of(views: Sequence[View]) -> Guard | None:
    """The guard among what stands between a plan and the tables. Raises UnknowableError for a preview."""
    if not views:
        return None
    if len(views) == 1 and isinstance(views[0], Guard):
        return views[0]
    raise UnknowableError


def read_guarded(reads: Reads, guard: Guard, content_type: ContentType) -> None:
    """Note what decides what is seen of a type's entries. Raises UnknowableError for what only the registry
    of entries knows."""
    for predicate in guard.predicates(content_type):
        _read(reads, content_type, predicate, reads.of(content_type.name))


def _read(reads: Reads, content_type: ContentType, predicate: Predicate, own: Columns) -> None:
    match predicate:
        case words.Always() | words.Never():
            pass
        case words.IsOwn() | words.IsIn():
            raise UnknowableError
        case words.Compare(path=path):
            owner, name, columns = _lead(reads, content_type, path, own)
            if name in owner and isinstance(owner[name].kind, kinds.Reference):
                reads.step(owner, name, columns)
            else:
                reads.compared(owner, name, columns)
        case words.Some(path=path, condition=condition):
            owner, name, columns = _lead(reads, content_type, path, own)
            target = reads.step(owner, name, columns)
            _read(reads, target, condition, reads.of(target.name))
        case words.Not(part=part):
            _read(reads, content_type, part, own)
        case words.AllOf(parts=parts) | words.AnyOf(parts=parts):
            for part in parts:
                _read(reads, content_type, part, own)
        case _:
            assert_never(predicate)


def _lead(
    reads: Reads, content_type: ContentType, path: words.Path, own: Columns
) -> tuple[ContentType, str, Columns]:
    """The type at the end of a path and the name of its field, with what is read on the way."""
    led = lead(reads.model, content_type, path)
    owner = content_type
    for step in led.steps:
        owner = reads.step(owner, step.field.name, own)
        own = reads.of(owner.name)
    return owner, led.name if led.field is None else led.field.name, own
