"""Generated content models: a few types of a few fields, any kind, nullable or not, that refer to each
other and to themselves, to one type by one or by several fields.

Some fields have names that mean something to filters and connections: no name may decide what a key is.
"""

from hypothesis import strategies as st

from masthead.model import ContentModel, ContentType, Field, kinds

NAMES = ["eq", "contains", "some", "is_null", "has", "first", "nodes", "count", "a", "b_c", "key", "min"]
STATUS = kinds.Enumeration(name="Status", values=("draft", "in-review", "2nd"))
MOOD = kinds.Enumeration(name="Mood", values=("GOOD", "BAD"))

SCALARS: list[kinds.Scalar] = [
    kinds.Text(),
    kinds.Integer(),
    kinds.Integer(minimum=-5, maximum=5),
    kinds.Float(),
    kinds.Decimal(),
    kinds.Boolean(),
    kinds.Date(),
    kinds.DateTime(),
    kinds.Url(),
    STATUS,
    MOOD,
]
OTHERS: list[kinds.Kind] = [kinds.Json(), kinds.Markdown(), *(kinds.Scalars(item=each) for each in SCALARS)]
SORTABLE = ("text", "integer", "float", "decimal", "date", "datetime", "slug")
TYPES = ["Alpha", "Beta", "Gamma"]


@st.composite
def models(draw: st.DrawFn) -> ContentModel:
    """One to three types."""
    names = TYPES[: draw(st.integers(1, 3))]
    return ContentModel(types=tuple(draw(_content_types(name, names)) for name in names))


@st.composite
def _content_types(draw: st.DrawFn, name: str, names: list[str]) -> ContentType:
    taken = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    fields = [draw(_fields(each, name, names)) for each in taken]
    if draw(st.booleans()):
        fields.append(_field("slug", kinds.Slug(source=taken[0]), is_nullable=False))
    sortable = [each.name for each in fields if each.kind.kind in SORTABLE]
    return ContentType(
        name=name,
        plural=f"{name}s",
        identity=name,
        table=name.lower(),
        fields=tuple(fields),
        path=f"/{name}/{{slug}}" if fields[-1].name == "slug" else None,
        order=draw(st.sampled_from([None, *sortable])),
        is_descending=draw(st.booleans()),
    )


@st.composite
def _fields(draw: st.DrawFn, name: str, owner: str, names: list[str]) -> Field:
    target = draw(st.sampled_from(names))
    kind = draw(
        st.one_of(
            st.sampled_from(SCALARS),
            st.sampled_from(OTHERS),
            st.sampled_from([kinds.Reference(target=target), kinds.References(target=target)]),
        )
    )
    # What an entry must refer to is of a type that is declared before: so there can be one.
    must_be_nullable = isinstance(kind, kinds.Reference) and names.index(target) >= names.index(owner)
    is_list = isinstance(kind, kinds.References)
    return _field(name, kind, is_nullable=not is_list and (must_be_nullable or draw(st.booleans())))


def _field(name: str, kind: kinds.Kind, *, is_nullable: bool) -> Field:
    return Field(name=name, kind=kind, identity=name, column=name, is_nullable=is_nullable)
