"""A folder is read once, then every rule looks at every file."""

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from masthead.access import compile_policies
from masthead.content.check.block_texts import block_texts
from masthead.content.check.finding import CheckReport, Fault, Finding, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.rules import RULES
from masthead.content.check.subject import Subject
from masthead.content.check.switches import Switches, read_switches
from masthead.content.choose_type import choose_type
from masthead.content.folder import FoundFile, scan_folder
from masthead.content.front_keys import FrontKeys
from masthead.content.publication import Publication, read_publication
from masthead.content.report import Problem
from masthead.content.slugs import addressable, read_position
from masthead.kernel import InputError, Place
from masthead.markdown import Document, parse_document
from masthead.model import ContentModel, ContentType, load_model

_UNREADABLE = "front-matter-syntax"


def check_folder(
    root: Path,
    publication: Publication | None = None,
    *,
    data: Path | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> CheckReport:
    """Every finding in the Markdown files of `root`.

    `publication` is what its masthead.toml says, read if not given; `data` is Masthead's own folder,
    which is not content; `advance` is told how many files are done. Raises InputError for a folder that
    is not there and for settings or content types that are wrong: nothing was checked then.
    """
    publication = publication or read_publication(root)
    folder = scan_folder(root, publication.imports, {}, data)
    switches = read_switches(publication.check, root)
    loaded = load_model(root)
    model = loaded.model
    compile_policies(model, loaded.declarations)
    subjects = [_subject(file, model, publication) for file in folder.markdown]
    index = FolderIndex.of(subjects, folder.others, publication.imports.static, _names(model))
    findings = [_unreadable(problem) for problem in folder.problems]
    for number, subject in enumerate(subjects, start=1):
        findings.extend(_check(subject, index, switches))
        advance(number)
    return CheckReport(tuple(sorted(findings, key=_order)), len(folder.markdown))


def check_subject(subject: Subject, index: FolderIndex, rule: Rule) -> Iterator[Finding]:
    """What one rule finds in one file."""
    for fault in rule.find(subject, index):
        yield _finding(rule, fault)


def _check(subject: Subject, index: FolderIndex, switches: Switches) -> Iterator[Finding]:
    for rule in RULES:
        # Of a file that cannot be read, nothing else can be said.
        if switches.applies(rule.id, subject.path) and (subject.fault is None or rule.id == _UNREADABLE):
            yield from check_subject(subject, index, rule)


def _finding(rule: Rule, fault: Fault) -> Finding:
    return Finding(rule.id, rule.severity, fault.place, fault.message, fault.remedy or rule.remedy)


def _subject(file: FoundFile, model: ContentModel, publication: Publication) -> Subject:
    mapping = publication.imports.fields
    try:
        document = parse_document(file.raw or b"", file.path)
    except InputError as fault:
        return Subject(file.path, Document({}, None, "", 1, file.path), None, "", mapping, fault)
    position = read_position(file.path)
    keys = FrontKeys(document.front, mapping)
    try:
        content_type: ContentType | None = choose_type(file.path, keys, position, model, publication.imports)
    except InputError:
        content_type = None
    blocks = tuple(block_texts(document, content_type, model, mapping)) if content_type else ()
    return Subject(file.path, document, content_type, _slug(keys, position.slug), mapping, block_texts=blocks)


def _slug(keys: FrontKeys, natural: str) -> str:
    """The slug that the front matter states, else the one of the file's place."""
    for name in ("slug", "permalink", "path"):
        for _, value in keys.peek(name):
            if isinstance(value, str) and addressable(value):
                return addressable(value)
    return natural


def _names(model: ContentModel) -> frozenset[str]:
    """First segments of the content types' addresses: /posts/{slug} is "posts"."""
    paths = (PurePosixPath(each.path).parts for each in model if each.path)
    return frozenset(parts[1] for parts in paths if len(parts) > 2 and "{" not in parts[1])


def _unreadable(problem: Problem) -> Finding:
    place = Place(problem.place.file if problem.place else None, 1, 1)
    return Finding(_UNREADABLE, "error", place, problem.message, problem.remedy)


def _order(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.place
    return (place.file or "", place.line or 0, place.column or 0, finding.rule)
