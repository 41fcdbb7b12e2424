"""`masthead explain`: what an operation becomes, and what it costs."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from masthead.kernel.settings import Settings

if TYPE_CHECKING:
    from masthead.access import Policies
    from masthead.query import Explanation, Plan


def explain(
    file: Annotated[Path, Parameter(name="FILE")],
    folder: Annotated[Path, Parameter(name="DIR", negative=())] = Path(),
    /,
    *,
    variables: str = "{}",
    operation: str | None = None,
    analyze: bool = False,
    data: Path | None = None,
) -> None:
    """Show the one statement of a GraphQL operation, and PostgreSQL's plan for it.

    The plan needs the publication's database; without one only the statement is shown.
    Exit status: 0 done, 1 refused or failed, 2 the file or the variables cannot be read.

    Parameters
    ----------
    file
        The document, such as latest.graphql.
    folder
        The publication.
    variables
        Their values as JSON, or @ and the name of a file with it.
    operation
        Which operation, where the document has several.
    analyze
        Execute it, and show rows and milliseconds by part of the answer.
    data
        Where the embedded PostgreSQL lies (MASTHEAD_DATA, .masthead inside DIR).
    """
    from masthead.kernel import InputError
    from masthead.kernel.settings import read_settings

    try:
        document, values = _read(file, "the document"), _read_variables(variables)
    except InputError as error:
        print(f"masthead: {error}", file=sys.stderr)
        sys.exit(2)
    asyncio.run(_run(folder, read_settings(data=data), (document, values, operation), is_executed=analyze))


async def _run(
    folder: Path, settings: Settings, asked: tuple[str, dict[str, Any], str | None], *, is_executed: bool
) -> None:
    from masthead.access import Policies, compile_policies
    from masthead.cli.opening import open_publication
    from masthead.content import require_folder
    from masthead.model import load_model
    from masthead.store import read_applied_model, read_applied_policies

    require_folder(folder)
    async with open_publication(folder, settings, leaves_no_trace=True) as opened:
        model = await read_applied_model(opened.database)
        if model is None:
            loaded = load_model(folder)
            policies = compile_policies(loaded.model, loaded.declarations)
        else:
            policies = Policies.from_json(model, await read_applied_policies(opened.database))
        plan, arguments = _plan(model or loaded.model, asked, policies)
        _print_statement(plan, arguments)
        if model is None:
            print("\nNothing was imported yet, so PostgreSQL has no plan for it: `masthead import` does.")
        elif plan.sql:
            await opened.database.open_public(size=1, longest=settings.statement_timeout)
            _print_explanation(await _explained(opened.database.public, plan, arguments, is_executed))


def _plan(
    model: Any, asked: tuple[str, dict[str, Any], str | None], policies: "Policies"
) -> tuple["Plan", list[Any]]:
    from masthead.graphql import plan_operation

    plan, values = plan_operation(model, *asked, policies)
    return plan, plan.arguments(values)


async def _explained(reader: Any, plan: "Plan", arguments: list[Any], is_executed: bool) -> "Explanation":
    import json

    from masthead.query import explain as explanation_of

    options = "ANALYZE, BUFFERS, FORMAT JSON" if is_executed else "FORMAT JSON"
    ((found,),) = await reader.fetch_rows(f"EXPLAIN ({options}) {plan.sql}", arguments)
    return explanation_of(json.loads(found)[0], plan.places)


def _print_statement(plan: "Plan", arguments: list[Any]) -> None:
    from masthead.query import lay_out

    print(lay_out(plan.sql) if plan.sql else "No statement: the answer is known without any row.")
    if arguments:
        print()
    for number, value in enumerate(arguments, start=1):
        print(f"${number} = {value!r}")


def _print_explanation(explanation: "Explanation") -> None:
    has_times = explanation.execution is not None
    print(f"\n{'part of the answer':40} {'rows':>10} {'ms' if has_times else '':>9}  reads")
    for part in explanation.parts:
        time = "" if part.milliseconds is None else f"{part.milliseconds:.3f}"
        reads = "; ".join(part.reads)
        print(f"{part.path or '(the whole)':40} {part.rows:>10,.0f} {time:>9}  {reads}".rstrip())
    if has_times:
        print(f"\nPlanned in {explanation.planning:.3f} ms, executed in {explanation.execution:.3f} ms.")
    else:
        print("\nRows are what PostgreSQL expects; --analyze counts them, and measures.")


def _read(path: Path, what: str) -> str:
    from masthead.kernel import InputError

    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "file-unreadable", f"{path} cannot be read: {error}.", f"Name a file with {what} in UTF-8."
        ) from error


def _read_variables(text: str) -> dict[str, Any]:
    import json

    from masthead.kernel import InputError

    spelled = _read(Path(text[1:]), "variables") if text.startswith("@") else text
    try:
        values = json.loads(spelled)
    except ValueError as error:
        raise InputError(
            "variables-invalid", f"The variables are not JSON: {error}.", """Write them as '{"slug": "a"}'."""
        ) from error
    if not isinstance(values, dict):
        raise InputError(
            "variables-invalid", "The variables are not a JSON object.", """Write them as '{"slug": "a"}'."""
        )
    return values
