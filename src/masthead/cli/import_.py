"""`masthead import`: a folder of Markdown comes into the database."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from masthead.cli.progress import shown_progress
from masthead.content import ImportOptions, ImportReport, import_folder, require_folder
from masthead.kernel.settings import Settings


def import_(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    dry_run: Annotated[bool, Parameter(negative=())] = False,
    strict: Annotated[bool, Parameter(negative=())] = False,
    prune: Annotated[bool, Parameter(negative=())] = False,
    overwrite: Annotated[bool, Parameter(negative=())] = False,
    format: Literal["text", "json"] = "text",  # noqa: A002 - the option's name
    data: Path | None = None,
) -> None:
    """Bring a folder of Markdown into the database.

    What did not change is skipped; what is wrong is reported, and the rest is imported. Exit
    status: 0 done, 1 problems, 2 the folder or its settings cannot be used.

    Parameters
    ----------
    folder
        The publication: Markdown files, and content.py and masthead.toml where there are any.
    dry_run
        Print what would happen; touch nothing.
    strict
        Import nothing if there is any problem.
    prune
        Archive the entries of files that are gone; without it they are only reported.
    overwrite
        Bring entries to what changed files say though they were edited in Masthead since; the edits
        stay in their history.
    format
        Lines for people, JSON for programs.
    data
        Where the embedded PostgreSQL and the assets lie (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel import InputError
    from masthead.kernel.settings import read_settings
    from masthead.kernel.telemetry import configure_logging

    options = ImportOptions(prune=prune, strict=strict, dry_run=dry_run, overwrite=overwrite)
    try:
        settings = read_settings(data=data)
        configure_logging("import", settings.log_format, settings.log_level)
        report = asyncio.run(_run(folder, settings, options, is_shown=format == "text"))
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
    if format == "json":
        print(json.dumps(report.to_json(), indent=2, ensure_ascii=False))
    else:
        _print_summary(report)
    sys.exit(1 if report.problems else 0)


async def _run(folder: Path, settings: Settings, options: ImportOptions, *, is_shown: bool) -> ImportReport:
    from masthead.access import compile_policies
    from masthead.cli.opening import open_publication
    from masthead.model import load_model
    from masthead.store import apply_model

    require_folder(folder)
    loaded = load_model(folder)
    async with open_publication(folder, settings, leaves_no_trace=options.dry_run) as opened:
        if not options.dry_run:
            policies = compile_policies(loaded.model, loaded.declarations)
            await apply_model(opened.database, loaded.model, policies.to_json())
            loaded.write_lock()
        with shown_progress(is_shown=is_shown) as progress:
            return await import_folder(
                opened.database, loaded.model, folder, data=opened.data, options=options, progress=progress
            )


def _print_summary(report: ImportReport) -> None:
    for old, new in report.moved:
        print(f"{new}: moved here from {old}")
    for path in report.vanished:
        print(f"{path}: is gone; its entry stays (--prune archives it)")
    for path in report.pruned:
        print(f"{path}: is gone; its entry is archived")
    for path in report.skipped:
        print(f"{path}: skipped, it is no content by convention or by [import] exclude")
    for problem in report.problems:
        print(problem)
    if report.is_refused:
        print("Nothing was imported: --strict, and there are problems.")
    counts = {
        "created": len(report.created),
        "changed": len(report.changed),
        "moved": len(report.moved),
        "unchanged": len(report.unchanged),
        "drafts": len(report.drafts),
        "vanished": len(report.vanished),
        "pruned": len(report.pruned),
        "problems": len(report.problems),
        "assets": report.assets,
    }
    would = "Would be: " if report.is_dry_run or report.is_refused else ""
    shown = ", ".join(f"{number:,} {name}" for name, number in counts.items() if number) or "no files"
    print(f"{would}{shown}. {report.seconds:.2f} s")
