"""Front matter that cannot be read, and values of a type that their field cannot hold."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from masthead.content.check.finding import Fault, Rule
from masthead.content.check.folder_index import FolderIndex
from masthead.content.check.subject import Subject
from masthead.content.dates import read_moment
from masthead.kernel import Place

_TEXTS = ("title", "description", "slug", "layout")
_LISTS = ("tags", "authors", "keywords", "aliases")
_DATES = ("date", "updated")


def _syntax(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    if subject.fault is not None:
        place = subject.fault.place or Place(subject.path, 1, 1)
        yield Fault(place, subject.fault.message, subject.fault.remedy)


def _types(subject: Subject, _: FolderIndex) -> Iterator[Fault]:
    seen: set[str] = set()
    for fields, judge in ((_TEXTS, _text_fault), (_LISTS, _list_fault), (_DATES, _date_fault)):
        for field in fields:
            for key, value in subject.values(field):
                fault = judge(value)
                # Jekyll's `published: false` says that it is a draft; it is no date.
                if fault and key not in seen and not (key == "published" and isinstance(value, bool)):
                    seen.add(key)
                    yield Fault(subject.key_place(key), f"{key} {fault}.")
    for key in ("draft",):
        if key in subject.document.front and not isinstance(subject.document.front[key], bool):
            yield Fault(
                subject.key_place(key), f"{key} is {_name(subject.document.front[key])}, not true or false."
            )


def _text_fault(value: object) -> str:
    # A number or a date is a title that was left without quotes: it reads as the text it is.
    return f"is {_name(value)}, not text" if isinstance(value, (list, Mapping, bool)) else ""


def _list_fault(value: object) -> str:
    if isinstance(value, (bool, int, float, datetime, date)):
        return f"is {_name(value)}, not text or a list of texts"
    items = value if isinstance(value, list) else [value]
    wrong = [item for item in items if isinstance(item, (list, bool)) or item is None]
    return f"holds {_name(wrong[0])}, not texts only" if wrong else ""


def _date_fault(value: object) -> str:
    try:
        read_moment(value)
    except ValueError as error:
        return f'("{value}") {error}'
    return ""


def _name(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case Mapping():
            return "a table"
        case datetime() | date():
            return "a date"
        case _:
            return "text"


FRONT_MATTER_SYNTAX = Rule(
    "front-matter-syntax",
    "The file can be read: UTF-8, and front matter that is closed and correct.",
    "error",
    "Correct the front matter.",
    _syntax,
)
FRONT_MATTER_TYPE = Rule(
    "front-matter-type",
    "Front matter values have the type of their field: a title is text, a date is a date.",
    "error",
    "Give it a value of the right type; put text in quotes.",
    _types,
)
