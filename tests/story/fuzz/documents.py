"""GraphQL documents: good ones with a few tokens changed, and shapes that grow in one direction."""

import random
import re
from collections.abc import Callable

from tests.store.query.test_fuzz import GOOD, TOKEN, TOKENS
from tests.story.fuzz.oddities import text

SIZES = [1, 2, 19, 20, 21, 50, 51, 400, 3000, 20_000]
"""On both sides of the limits, and far beyond."""


def documents(chance: random.Random) -> str:
    """One document, mostly nearly right."""
    if chance.random() < 0.25:
        return chance.choice(SHAPES)(chance.choice(SIZES))
    tokens = TOKEN.findall(chance.choice(GOOD))
    for _ in range(chance.choice([0, 1, 1, 2, 4])):
        place = chance.randrange(len(tokens))
        tokens[place : place + 1] = chance.choice([
            [_alike(chance, tokens[place])],
            [_alike(chance, tokens[place])],
            [chance.choice(TOKENS), tokens[place]],
            [tokens[place]] * 2,
            [_string(chance)],
            [],
        ])  # fmt: skip
        tokens = tokens or ["{"]
    return " ".join(tokens)


def _alike(chance: random.Random, token: str) -> str:
    is_name = token.isidentifier()
    alike = [each for each in TOKENS if each.isidentifier() == is_name and (is_name or each[0] == token[0])]
    return chance.choice(alike or TOKENS)


def _string(chance: random.Random) -> str:
    """As a string, a block string, or with every character escaped."""
    given = text(chance)
    escaped = "".join(f"\\u{ord(each) & 0xFFFF:04x}" for each in given)
    plain = re.sub(r'["\\\n\r]', "", given)
    return chance.choice([f'"{escaped}"', f'"{plain}"', f'"""{plain}"""', f'"\\u{{{len(given):x}}}"'])


def _nested(size: int, opening: str, closing: str, inside: str = "") -> str:
    return opening * size + inside + closing * size


def _numbered(size: int, text: str) -> str:
    """`text` for each number, which it has as `#`, and the next one as `+`."""
    return " ".join(text.replace("#", str(each)).replace("+", str(each + 1)) for each in range(size))


SHAPES: list[Callable[[int], str]] = [
    lambda size: "{ " * size,
    lambda size: _nested(size, "{ a ", "}"),
    lambda size: f"{{ posts {{ {_nested(size, 'nodes { authors { posts { ', '} } } ', 'totalCount ')} }} }}",
    lambda size: f"{{ posts {{ {_nested(size % 9, 'nodes { tags { posts { ', '} } } ', 'totalCount ')} }} }}",
    lambda size: f"{{ {_numbered(size, 'a#: __typename')} }}",
    lambda size: "{" + " __typename" * size + "}",
    lambda size: "{" + " posts { nodes { title } }" * size + "}",
    lambda size: f"{{ {_numbered(size, 'a#: posts { totalCount nodes { title } }')} }}",
    lambda size: (
        f"{{ posts(first: 1) {{ nodes {{ {_numbered(size, '...F#')} }} }} }} "
        + _numbered(size, "fragment F# on Post { title authors { name } }")
    ),
    lambda size: (
        "{ posts { nodes { ...F0 } } } "
        + _numbered(size % 400, "fragment F# on Post { ...F+ ...F+ }")
        + f" fragment F{size % 400} on Post {{ id }}"
    ),
    lambda size: f"{{ ...F0 }} {_numbered(size, 'fragment F# on Query { ...F+ ...F0 }')}",
    lambda size: f"{{ posts(where: {_nested(size, '{ not: ', ' }', '{}')}) {{ totalCount }} }}",
    lambda size: "{ posts(where: { or: [" + '{ title: { contains: "a%_" } }' * size + "] }) { totalCount } }",
    lambda size: (
        f"{{ posts(where: {_nested(size, '{ tags: { some: { posts: { some: ', ' } } } }', '{}')}) "
        "{ totalCount } }"
    ),
    lambda size: "{ posts(where: { slug: { in: [" + '"a",' * size + "] } }) { totalCount } }",
    lambda size: "{ posts(orderBy: [" + "{ title: ASC }" * size + "]) { totalCount } }",
    lambda size: "{ nodes(ids: [" + '"00000000-0000-0000-0000-000000000000" ' * size + "]) { id } }",
    lambda size: '{ search(query: "' + "a b -c or " * size + '") { totalCount } }',
    lambda size: '{ posts(search: "' + '\\"a ' * size + '") { totalCount edges { snippet } } }',
    lambda size: "{ __typename" + " @skip(if: false)" * size + "}",
    lambda size: f"query ({_numbered(size, '$v#: Int')}) {{ __typename }}",
    lambda size: f"query ($v: {_nested(size, '[', ']', 'Int')}) {{ __typename }}",
    lambda size: "#" * size + "\n{ __typename }",
    lambda size: "," * size + "{ __typename }",
    lambda size: "query A { __typename } " * size,
    lambda size: (
        f"{{ __schema {{ types {{ {_nested(size % 12, 'fields { type { ', '} } ', 'name ')} }} }} }}"
    ),
    lambda size: f'{{ __type(name: "Post") {{ {_nested(size % 25, "ofType { ", "} ", "name ")} }} }}',
    lambda size: '{ __type(name: "' + "A" * size + '") { name } }',
    lambda size: f"{{ posts(first: {'9' * size}) {{ totalCount }} }}",
    lambda size: '{ post(slug: """' + "\n " * size + '""") { id } }',
    lambda size: "{ posts(first: 500) { groups(by: [" + "{ date: DAY }" * size + "]) { count } } }",
]
"""What grows: depth, width, aliases, fragments that double or go round, filters, orders, literals, noise."""
