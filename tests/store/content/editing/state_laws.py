"""What must hold at every moment, whatever was done."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from tests.store.content.editing.anonymous import Anonymous
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.scene import Revision, Scene
from tests.store.content.editing.step import require
from tests.store.content.folders import differences

from masthead.content.field_references import field_references
from masthead.content.scheduling import Ran
from masthead.store import Database

_WORD = re.compile(r"[a-z]+\d+q")


def public_revisions(scene: Scene) -> list[Revision]:
    """What is public."""
    return [
        scene.revisions[each.published]
        for each in scene.entries.values()
        if each.published is not None and each.archived_at is None
    ]


def check_references(scene: Scene) -> None:
    """What is public refers to nothing that is not, in its fields, whether a command or an import made it so.
    (A file that names a draft of its folder waits for it; there is none in the folders of the machine.)"""
    public = {each.entry for each in public_revisions(scene)}
    for revision in public_revisions(scene):
        content_type = MODEL[scene.entries[revision.entry].type]
        for path, _, target in field_references(MODEL, content_type, revision.fields):
            require(UUID(target) in public, "no reference dangles", revision.entry, path, target)


@dataclass(slots=True)
class Memory:
    """What was so once and must not be forgotten: public addresses, what became of schedules."""

    owners: dict[str, set[UUID]] = field(default_factory=dict)
    ran: dict[UUID, Ran] = field(default_factory=dict)
    over: dict[UUID, str] = field(default_factory=dict)

    def note(self, scene: Scene) -> None:
        """Remember who has which address."""
        for path, (owner, is_own) in scene.routes.items():
            if is_own:
                self.owners.setdefault(path, set()).add(owner)

    def check_redirects(self, scene: Scene) -> None:
        """An address that was an entry's leads to it while it is public, unless it is another one's."""
        public = {owner for owner, is_own in scene.routes.values() if is_own}
        for path, owners in self.owners.items():
            if not owners & public:
                continue
            require(path in scene.routes, "redirects stay", path, owners)
            found, is_own = scene.routes[path]
            require(is_own or found in owners, "redirects lead to who was there", path, found, owners)

    def note_ran(self, ran: Iterable[Ran]) -> None:
        """What a scheduler says it has done."""
        for each in ran:
            require(each.schedule not in self.ran, "each schedule runs once", each)
            self.ran[each.schedule] = each

    def check_schedules(self, scene: Scene) -> None:
        """What is over stays so, what ran says so, and what it did is in the log once."""
        for key, state in self.over.items():
            found = scene.schedules.get(key)
            require(found is None or found.state == state, "what is over stays over", key, state, found)
        self.over |= {key: each.state for key, each in scene.schedules.items() if each.state != "pending"}
        for key, ran in self.ran.items():
            if (row := scene.schedules.get(key)) is None:
                continue
            require(row.state == ran.state, "a schedule says what became of it", row, ran)
            said = [each for each in scene.audit.values() if each.request == f"schedule:{key}"]
            of_entry = [(each.action, each.subject) for each in said]
            require(len(of_entry) == len(set(of_entry)), "each schedule is done once", of_entry)


async def check_projection(database: Database) -> None:
    """Live and draft are what the revisions give."""
    found = await differences(database, MODEL)
    require(found == [], "what is live is what was published", *found)


async def check_anonymous(anonymous: Anonymous, scene: Scene) -> None:
    """No word that is in drafts only is in any answer, and no search finds it."""
    public = {word for each in public_revisions(scene) for word in _words(each)}
    written = {word for each in scene.revisions.values() for word in _words(each)}
    secret = written - public
    answers = await anonymous.ask_everything(scene)
    leaked = secret & set(_WORD.findall(answers))
    require(not leaked, "no draft is public", sorted(leaked))
    found = await anonymous.search(sorted(secret))
    require(found == [], "no draft is found", *found)


def _words(revision: Revision) -> set[str]:
    return set(_WORD.findall("\n".join(_texts([dict(revision.fields), revision.old_addresses]))))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)
