"""`masthead check`: find what is wrong with the content, before readers do."""

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from masthead.content.check import CheckReport


def check(
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    format: Literal["text", "json", "sarif"] = "text",  # noqa: A002 - the option's name
) -> None:
    """Check a folder of Markdown. Needs no database and changes nothing.

    Exit status: 0 nothing found, 1 findings, 2 the folder or its settings cannot be used.

    Parameters
    ----------
    folder
        The publication. Its masthead.toml says which rules are off, and where.
    format
        Lines for people, JSON for programs, SARIF 2.1.0 for code review.
    """
    from masthead.content.check import check_folder, to_json, to_sarif
    from masthead.kernel import InputError

    try:
        report = check_folder(folder)
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
    match format:
        case "json":
            sys.stdout.write(to_json(report, folder))
        case "sarif":
            sys.stdout.write(to_sarif(report, folder))
        case "text":
            _print_lines(report, folder)
    sys.exit(1 if report.findings else 0)


def _print_lines(report: CheckReport, folder: Path) -> None:
    """Coloured on a terminal; the same plain lines elsewhere."""
    from masthead.content.check import shown_place, summary, to_text

    if not sys.stdout.isatty():
        sys.stdout.write(to_text(report, folder))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    for finding in report.findings:
        colour = "red" if finding.severity == "error" else "yellow"
        place, rule = (f"{shown_place(finding, folder)}: ", "bold"), (f"{finding.rule}: ", colour)
        console.print(Text.assemble(place, rule, finding.message, " ", (finding.remedy, "dim")))
    console.print(summary(report), style="bold" if report.findings else "green")
