"""The merge of texts beside another one's: `git merge-file`, over real posts with random edits."""

import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from masthead.content.aligning import Hunk, hunks
from masthead.content.merging import merge_text

CASES, SEED = 150, 20261123


def git_merge(folder: Path, base: str, theirs: str, yours: str) -> tuple[str, int]:
    """What git makes of it, and how many clashes it finds; theirs is its current file."""
    for name, text in (("base", base), ("theirs", theirs), ("yours", yours)):
        (folder / name).write_bytes(text.encode())
    command = ["git", "merge-file", "-p", "theirs", "base", "yours"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert 0 <= done.returncode < 128, done.stderr
    return done.stdout.decode(), done.returncode


def edit(lines: list[str], rng: random.Random, side: str) -> list[str]:
    """The lines after some edits: words changed, lines inserted and taken out, paragraphs moved."""
    found = list(lines)
    for number in range(rng.randint(1, 6)):
        at = rng.randrange(len(found))
        match rng.choice(("change", "change", "change", "insert", "take", "move")):
            case "change":
                words = found[at].split(" ")
                words[rng.randrange(len(words))] = f"{side}{number}"
                found[at] = " ".join(words)
            case "insert":
                found[at:at] = [f"A new line of {side} {number}.", ""]
            case "take" if len(found) > 5:
                del found[at : at + rng.randint(1, 3)]
            case "move":
                some = found[at : at + 2]
                del found[at : at + 2]
                place = rng.randrange(len(found) + 1)
                found[place:place] = some
    return found


def explained(base: str, theirs: str, yours: str) -> str:
    """Why git may clash where this merges: it wants a line between two edits. And among
    blank lines the two may see an edit at another place."""
    one, two = (hunks(base.split("\n"), side.split("\n")) for side in (theirs, yours))
    pairs = [(each, other) for each in one for other in two if _is_near(each, other, 0)]
    if any(not (each.old < other.old_end and other.old < each.old_end) for each, other in pairs):
        return "edits that touch"
    if pairs:
        return "deletions that overlap"
    is_near = any(_is_near(each, other, 2) for each in one for other in two)
    return "another place among blank lines" if is_near else "nothing"


def _is_near(one: Hunk, two: Hunk, lines: int) -> bool:
    return one.old <= two.old_end + lines and two.old <= one.old_end + lines


def test_git_agrees(shared: Path, tmp_path: Path) -> None:
    """Where git merges, this merges to the same; where this clashes, git clashes. This merges more: edits
    that touch, and deletions that overlap. Of 1,700 posts: both merge 1,090, to the same bytes; both clash
    283; git alone clashes 327, for edits that touch 299, overlapping deletions 25, blank lines 3."""
    if shutil.which("git") is None:
        pytest.skip("git is not here: the merge is not compared with its")
    rng = random.Random(SEED)
    found: Counter[str] = Counter()
    for path in rng.sample(sorted((shared / "corpora").rglob("*.md")), CASES):
        base = path.read_text("utf-8").replace("\r\n", "\n").rstrip("\n").split("\n")
        texts = ["\n".join(each) + "\n" for each in (base, edit(base, rng, "T"), edit(base, rng, "Y"))]
        text, clashes = merge_text("body", *texts)
        expected, count = git_merge(tmp_path, *texts)
        if count == 0:
            assert (text, clashes) == (expected, ()), path
            found["both merge"] += 1
        elif clashes:
            found["both clash"] += 1
        else:
            found[f"git alone clashes: {explained(*texts)}"] += 1
    assert found["git alone clashes: nothing"] == 0
    assert min(found["both merge"], found["both clash"]) > CASES // 20
