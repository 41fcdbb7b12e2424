"""What `masthead webhooks` does and prints: real processes over a real database."""

import os
import subprocess
import sys
from pathlib import Path

from tests.store.content.folders import bring_in, write
from tests.store.events.running import while_running
from tests.store.webhooks.consumed import Consumed
from tests.store.webhooks.post import ORIGIN, until

from masthead.events import Relay, head_position
from masthead.store import Database
from masthead.webhooks import Endpoints, Wanted


def webhooks(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The verb."""
    return subprocess.run(
        [sys.executable, "-m", "masthead.cli", "webhooks", *arguments],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_a_webhook_from_beginning_to_end(database: Database, database_url: str, tmp_path: Path) -> None:
    """Its secret is shown when it is made and when it is rotated, and at no other time."""
    folder = str(write(tmp_path / "blog", {"a.md": "---\ntitle: A\n---\nText.\n"}))
    await bring_in(database, Path(folder))
    ask = ["https://example.org/in", folder, "--type", "content.entry.*", "--condition", '{"type": "post"}']
    made = webhooks(database_url, "add", *ask)
    key, secret = made.stdout.split()
    assert secret.startswith("whsec_")
    listed = webhooks(database_url, "list", folder).stdout
    assert listed.splitlines() == [
        f"{key}  relaxed  https://example.org/in  content.entry.*",
        '    where {"type": "post"}',
    ]
    rotated = webhooks(database_url, "rotate", key, folder).stdout.strip()
    assert rotated.startswith("whsec_")
    assert rotated != secret
    changed = webhooks(database_url, "change", key, folder, "--ordered", "--no-enabled").stdout
    assert "ordered  https://example.org/in" in changed
    assert "disabled: Somebody has disabled it." in changed
    refused = webhooks(database_url, "replay", key, "1", "9", folder)
    assert refused.returncode == 2
    assert "[webhook-disabled]" in refused.stderr
    assert webhooks(database_url, "remove", key, folder).returncode == 0
    assert webhooks(database_url, "list", folder).stdout == "There are no webhooks.\n"
    rows = await database.drafts.fetch(
        "SELECT action, detail::text FROM masthead.audit WHERE action LIKE 'webhook.%' ORDER BY at"
    )
    assert [row["action"] for row in rows] == [
        f"webhook.{each}" for each in ("create", "rotate", "change", "delete")
    ]
    assert not any("whsec_" in row["detail"] for row in rows)


async def test_a_replay_is_listed_shown_and_sent_again(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """What the import told is sent to whoever came later."""
    folder = str(write(tmp_path / "blog", {"a.md": "---\ntitle: A\n---\nText.\n"}))
    await bring_in(database, Path(folder))

    async def are_in_order() -> bool:
        return await head_position(database.drafts) >= 2

    await while_running(Relay(database).run(), until=lambda: until(are_in_order))
    key = webhooks(database_url, "add", "https://example.org/in", folder).stdout.split()[0]
    assert webhooks(database_url, "replay", key, "1", "2", folder).stdout == "2 deliveries are sent.\n"
    first = webhooks(database_url, "deliveries", folder).stdout.splitlines()[0]
    assert "pending" in first
    delivery = first.split()[0]
    assert delivery in webhooks(database_url, "show", delivery, folder).stdout
    assert webhooks(database_url, "resend", delivery, folder).stdout.endswith("is sent.\n")
    assert len(webhooks(database_url, "deliveries", folder).stdout.splitlines()) == 3
    assert webhooks(database_url, "redrive", key, folder).stdout == "0 deliveries are sent.\n"
    assert len(await Endpoints(database).all()) == 1


async def test_what_was_missed_is_told_and_recovered(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Enabling prints the positions and the moment that `recover` takes."""
    folder = str(write(tmp_path / "blog", {"a.md": "---\ntitle: A\n---\nText.\n"}))
    await bring_in(database, Path(folder))
    post = Consumed(database)
    await post.write(0)
    head = await head_position(database.drafts)
    endpoint = await post.endpoint()
    await Endpoints(database).change(endpoint.id, Wanted(is_enabled=False), ORIGIN)
    await post.tell(2)
    lines = webhooks(database_url, "change", str(endpoint.id), folder, "--enabled").stdout.splitlines()
    told, _, since = lines[1].rpartition(" ")
    assert told == f"    not told: positions {head + 1} to {head + 2}; once enabled, recover --since"
    recovered = webhooks(database_url, "recover", str(endpoint.id), folder, "--since", since)
    assert recovered.stdout == "2 deliveries are sent.\n"
    refused = webhooks(database_url, "recover", str(endpoint.id), folder, "--since", "soon")
    assert (refused.returncode, "[moment-invalid]" in refused.stderr) == (2, True)
