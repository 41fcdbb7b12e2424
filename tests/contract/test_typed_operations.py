"""A publication of one's own gets typed operations too: gql.tada over what `masthead schema` prints."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from masthead.graphql import sdl
from masthead.model import load_model
from masthead.roles.places import node_binary

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "web" / "node_modules"

OPERATION = """
import { initGraphQLTada, type ResultOf } from "gql.tada";
import type { introspection } from "./types.d.ts";
const graphql = initGraphQLTada<{ introspection: introspection; scalars: { Decimal: string } }>();
const STUDIES = graphql(`{
  caseStudies(where: { title: { startsWith: "A" } }) {
    nodes { sections { __typename ... on Quote { speaker } ... on Comparison { label before } } }
  }
}`);
export type Section = ResultOf<typeof STUDIES>["caseStudies"]["nodes"][number]["sections"][number];
export const before: (section: Section) => string | null = (section) =>
  section.__typename === "Comparison" ? section.before : section.speaker;
"""
"""Blocks are told apart by their type's name; a decimal is text, since no client may round it."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A workspace beside the installed packages, with the types of examples/case-studies generated."""
    (ROOT / "web" / ".cache").mkdir(exist_ok=True)
    made = Path(mkdtemp(prefix="typed-operations-", dir=ROOT / "web" / ".cache"))
    (made / "schema.graphql").write_text(sdl(load_model(ROOT / "examples" / "case-studies").model), "utf-8")
    plugin = {
        "name": "gql.tada/ts-plugin",
        "schema": "./schema.graphql",
        "tadaOutputLocation": "./types.d.ts",
    }
    settings = {
        "extends": "../../tsconfig.base.json",
        "compilerOptions": {"plugins": [plugin], "incremental": False, "types": []},
        "include": ["*.ts"],
    }
    (made / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    _node(made, "gql.tada/bin/cli.js", "generate-output")
    yield made
    shutil.rmtree(made)


def test_blocks_are_typed(folder: Path) -> None:
    """The compiler takes the operation, and refuses a field that only another block has."""
    (folder / "right.ts").write_text(OPERATION, "utf-8")
    _node(folder, "typescript/bin/tsc", "-p", ".")
    (folder / "right.ts").write_text(OPERATION.replace(": section.speaker", ": section.label"), "utf-8")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        _node(folder, "typescript/bin/tsc", "-p", ".")
    assert "Property 'label' does not exist on type" in caught.value.stdout


def _node(folder: Path, program: str, *arguments: str) -> None:
    command = [node_binary(), PACKAGES / program, *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
