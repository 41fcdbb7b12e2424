"""Content types become the frozen ContentModel that everything else is derived from."""

from masthead.model import kinds
from masthead.model.block_types import union_name
from masthead.model.collecting import declare
from masthead.model.compile import compile_model
from masthead.model.computing import ComputedFunction, Functions, computing_functions
from masthead.model.content_model import BlockType, ComputedField, ContentModel, ContentType, Field
from masthead.model.declaration import (
    Block,
    Deprecated,
    Doc,
    Entry,
    Ge,
    Int32,
    Json,
    Le,
    Markdown,
    MaxLen,
    MinLen,
    Pattern,
    Ref,
    Search,
    Singleton,
    Slug,
    Url,
    slug,
)
from masthead.model.default import DEFAULT_PUBLICATION, Asset, Author, Page, Post, Site, Tag
from masthead.model.difference import Difference, compare_models
from masthead.model.field_models import FieldProblem
from masthead.model.load import (
    LOCK_FILE,
    MODEL_FILE,
    LoadedModel,
    default_lock,
    default_model,
    load_model,
)
from masthead.model.lock import MARKDOWN_SUFFIXES, ContentLock, read_lock
from masthead.model.names import TAKEN_ADDRESSES, camel_case, pascal_case, snake_case
from masthead.model.parent import Parent
from masthead.model.validation import DraftValidator, Validator, value_check

__all__ = [
    "DEFAULT_PUBLICATION",
    "LOCK_FILE",
    "MARKDOWN_SUFFIXES",
    "MODEL_FILE",
    "TAKEN_ADDRESSES",
    "Asset",
    "Author",
    "Block",
    "BlockType",
    "ComputedField",
    "ComputedFunction",
    "ContentLock",
    "ContentModel",
    "ContentType",
    "Deprecated",
    "Difference",
    "Doc",
    "DraftValidator",
    "Entry",
    "Field",
    "FieldProblem",
    "Functions",
    "Ge",
    "Int32",
    "Json",
    "Le",
    "LoadedModel",
    "Markdown",
    "MaxLen",
    "MinLen",
    "Page",
    "Parent",
    "Pattern",
    "Post",
    "Ref",
    "Search",
    "Singleton",
    "Site",
    "Slug",
    "Tag",
    "Url",
    "Validator",
    "camel_case",
    "compare_models",
    "compile_model",
    "computing_functions",
    "declare",
    "default_lock",
    "default_model",
    "kinds",
    "load_model",
    "pascal_case",
    "read_lock",
    "slug",
    "snake_case",
    "union_name",
    "value_check",
]
