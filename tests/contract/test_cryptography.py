"""Cryptography is what four libraries do: hashlib, hmac, secrets and argon2-cffi. Ours only calls them.

Hashes are SHA-256; BLAKE2b makes an `ETag` and tells whether an answer is
another, which protects nothing. Signatures are HMAC-SHA-256. Whatever
is not to be guessed comes from `secrets`: nothing imports `random`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "masthead"

OTHERS = {
    *("random", "crypt", "ssl", "numpy", "zipfile", "_hashlib", "_random"),
    *("cryptography", "Crypto", "Cryptodome", "nacl", "OpenSSL", "rsa", "ecdsa", "pyaes"),
    *("bcrypt", "passlib", "pwdlib", "scrypt", "jwt", "jose", "joserfc", "authlib", "itsdangerous"),
}
"""Where a cipher, a hash, a random number or a signed token would come from instead."""

HASHES = {"sha256", "blake2b", "file_digest"}
TAGGED = {SOURCES / "graphql" / "endpoint.py", SOURCES / "graphql" / "live" / "live_query.py"}
"""The files that may use BLAKE2b."""

SIGNING = {"new", "digest"}


def faults(code: str, *, may_tag: bool = False) -> list[str]:
    """What in a source is another cryptography, or a weaker one."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Import(names=names):
                found += [each.name for each in names if each.name.partition(".")[0] in OTHERS]
            case ast.ImportFrom(module="hashlib", names=names):
                found += [each.name for each in names if not _is_hash(each.name, may_tag=may_tag)]
            case ast.ImportFrom(module=("hmac" | "secrets" | "uuid") as module, names=names):
                found += [f"{module}.{each.name}" for each in names if each.name not in {"UUID", "uuid5"}]
            case ast.ImportFrom(module=str(module), level=0) if module.partition(".")[0] in OTHERS:
                found.append(module)
            case ast.Attribute(value=ast.Name(id="hashlib"), attr=name):
                found += [] if _is_hash(name, may_tag=may_tag) else [name]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="hmac"), attr=name)) if name in SIGNING:
                found += [] if _is_sha256(node) else [f"hmac.{name}"]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="hashlib"), attr="file_digest")):
                found += [] if _is_sha256(node) else ["file_digest"]
            case ast.Constant(value=str(text)) if re.search(r"\b(?:md5|sha1|random|crypt)\(", text):
                found.append(text)
            case _:
                pass
    return found


def test_our_python_has_no_cryptography_of_its_own() -> None:
    """Nor another library's, nor a hash that is too weak, nor random numbers that can be guessed."""
    found = {
        str(path): wrong
        for path in sorted(SOURCES.rglob("*.py"))
        if (wrong := faults(path.read_text("utf-8"), may_tag=path in TAGGED))
    }
    assert found == {}


def test_our_scripts_hash_with_sha256_only_and_have_no_dice() -> None:
    """The site makes no secret: it hashes scripts for its content policy, and fonts for their names."""
    hashes, dice = [], []
    for path in scripts():
        text = path.read_text("utf-8")
        hashes += re.findall(r"createH(?:ash|mac)\(([^),]*)", text)
        dice += re.findall(r"Math\.random|randomBytes|randomUUID|getRandomValues|createCipher\w*", text)
    assert {*hashes} == {'"sha256"'}
    assert dice == []


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "from random import choice",
        "from cryptography.fernet import Fernet",
        "hashlib.md5(text)",
        "hashlib.new(name)",
        "hashlib.blake2b(text)",
        "from hashlib import sha1",
        "hmac.new(key, text, 'md5')",
        "hmac.new(key, text, hashlib.sha512)",
        "hmac.digest(key, text, name)",
        "from hmac import digest",
        "from uuid import uuid4",
        "hashlib.file_digest(stream, 'sha3_256')",
        "'SELECT md5(title)'",
        "'ORDER BY random()'",
    ],
)
def test_another_one_is_found(code: str) -> None:
    """The test of the sources can fail."""
    assert faults(code) != []


def test_what_is_used_is_no_fault() -> None:
    """And does not fail for what is right."""
    assert not faults("hmac.digest(key, text, 'sha256')\nhmac.new(key, text, hashlib.sha256)")
    assert not faults("from hashlib import sha256\nhashlib.file_digest(stream, 'sha256')")
    assert not faults("from hashlib import blake2b", may_tag=True)


def scripts() -> Iterator[Path]:
    """The TypeScript of the site and of the packages that it is made of."""
    for folder in (ROOT / "web" / "apps" / "site", ROOT / "web" / "packages"):
        for path in sorted((*folder.rglob("*.ts"), *folder.rglob("*.tsx"))):
            if not {"node_modules", ".next", "dist", "tests"} & {*path.parts}:
                yield path


def _is_hash(name: str, *, may_tag: bool) -> bool:
    return name in HASHES and (may_tag or name != "blake2b")


def _is_sha256(call: ast.Call) -> bool:
    """Whether the algorithm, which comes last, is spelled out and is this one."""
    match call.args[-1]:
        case ast.Constant(value="sha256"):
            return True
        case ast.Attribute(value=ast.Name(id="hashlib"), attr="sha256"):
            return True
        case _:
            return False
