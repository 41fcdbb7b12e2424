"""The schemas of the default publication's events are a promise to consumers: they change on purpose or not
at all. `MASTHEAD_ACCEPT=1` writes the snapshot anew."""

import json
import os
from pathlib import Path

import pytest

from masthead.cli.schema import schema
from masthead.events import event_schemas, incompatible
from masthead.kernel import InputError, ModelError
from masthead.model import default_model

SNAPSHOT = Path(__file__).parents[2] / "docs/reference/events.json"


def test_the_schemas_are_the_committed_ones(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    schema(tmp_path, events=True)
    printed = capsys.readouterr().out
    if os.environ.get("MASTHEAD_ACCEPT") == "1":
        assert incompatible(json.loads(SNAPSHOT.read_text()), json.loads(printed)) == []
        SNAPSHOT.write_text(printed)
    assert SNAPSHOT.read_text() == printed


def test_what_consumers_understand_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    schema(tmp_path, against=SNAPSHOT)
    assert "understand those of today" in capsys.readouterr().out


def test_what_consumers_would_miss_is_refused(tmp_path: Path) -> None:
    earlier = event_schemas(default_model()) | {"content.entry.moved.v1": {"properties": {}}}
    file = tmp_path / "events.json"
    file.write_text(json.dumps(earlier))
    with pytest.raises(ModelError, match=r"content\.entry\.moved\.v1 is not there any more"):
        schema(tmp_path, against=file)


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 1}'])
def test_what_is_no_file_of_schemas_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "events.json"
    file.write_text(content)
    with pytest.raises(InputError, match=r"events\.json"):
        schema(tmp_path, against=file)
