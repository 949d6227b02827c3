"""The commands, with their options and what they print."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ssot_action import __version__, settings
from ssot_action.cli.terminal import print_diagnostics, write_output
from ssot_action.errors import ExitCode
from ssot_action.settings import MissingBase, Setting, SourceErrors

PROGRAM = "convex-ssot"


class StatusFormat(StrEnum):
    """How `status` answers."""

    TEXT = "text"
    JSON = "json"


def _option(setting: Setting) -> Any:  # noqa: ANN401 - as typer has it
    """Return the option of a setting."""
    default = f" [default: {setting.default}]" if setting.default else ""
    return typer.Option(
        f"--{setting.name}",
        help=f"{setting.help}.{default}",
        metavar=None if setting.choices else setting.metavar,
        show_default=False,
    )


_RepoRoot = Annotated[Path, _option(settings.REPO_ROOT)]
_FunctionsDir = Annotated[str | None, _option(settings.FUNCTIONS_DIR)]
_SourceErrors = Annotated[SourceErrors, _option(settings.SOURCE_ERRORS)]


def make_app(*, is_rich: bool) -> typer.Typer:
    """Return the command line; `is_rich` draws its help for a terminal."""
    app = typer.Typer(
        name=PROGRAM,
        help="Read a Convex project without running it, and keep its committed contracts true.",
        epilog="Exit codes: 0 all is well; 1 findings; 64 usage; 65 source cannot be read;"
        " 66 base not found; 70 a bug of ours.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown" if is_rich else None,
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=False,
    )
    app.callback()(_main)
    app.command("extract")(extract)
    app.command("sync-to-context")(sync_to_context)
    app.command("sync", help="The same as sync-to-context.")(sync_to_context)
    app.command("status")(status)
    app.command("run")(run)
    return app


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer calls it
    if value:
        write_output(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


def _main(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options before the command."""


def extract(
    repo_root: _RepoRoot = Path(),
    functions_dir: _FunctionsDir = None,
    ref: Annotated[
        str | None,
        typer.Option(
            "--ref", metavar="REV", help="Git commit to read instead of the files on disk."
        ),
    ] = None,
) -> int:
    """Print both contracts as JSON; write nothing.

    The object on standard output has the keys schema, functions and diagnostics; the diagnostics
    are also printed on standard error.
    """
    from ssot_action.contract.encoding import dumps  # noqa: PLC0415 - only what a command needs
    from ssot_action.pipeline import extract as extract_tree  # noqa: PLC0415
    from ssot_action.pipeline import open_tree  # noqa: PLC0415

    extraction = extract_tree(open_tree(repo_root, ref), functions_dir)
    write_output(f"{dumps(extraction.to_json())}\n")
    print_diagnostics(extraction.diagnostics)
    return ExitCode.OK


def sync_to_context(
    repo_root: _RepoRoot = Path(),
    functions_dir: _FunctionsDir = None,
    source_errors: _SourceErrors = SourceErrors.FAIL,
) -> int:
    """Write both contracts below docs/context, or nothing.

    A contract in which nothing changed keeps its file and its date.
    """
    from ssot_action.sync import render_sync, sync  # noqa: PLC0415 - only what a command needs

    result = sync(repo_root, functions_dir, source_errors=source_errors, tell=print_diagnostics)
    write_output(render_sync(result))
    return ExitCode.OK


def status(
    repo_root: _RepoRoot = Path(),
    functions_dir: _FunctionsDir = None,
    output: Annotated[
        StatusFormat, typer.Option("--format", help="For people or for scripts.")
    ] = StatusFormat.TEXT,
) -> int:
    """Say where everything is and what is wrong.

    The source is not read, and nothing is ever written.
    """
    from ssot_action.status import (  # noqa: PLC0415 - only what a command needs
        read_status,
        render_status,
        status_json,
    )

    found = read_status(repo_root, functions_dir)
    write_output(status_json(found) if output is StatusFormat.JSON else render_status(found))
    return found.exit_code


def run(  # noqa: PLR0913, PLR0917 - an option each
    repo_root: Annotated[str | None, _option(settings.REPO_ROOT)] = None,
    functions_dir: _FunctionsDir = None,
    base: Annotated[str | None, _option(settings.BASE)] = None,
    head: Annotated[str | None, _option(settings.HEAD)] = None,
    report: Annotated[str | None, _option(settings.REPORT)] = None,
    missing_base: Annotated[MissingBase | None, _option(settings.MISSING_BASE)] = None,
    source_errors: Annotated[SourceErrors | None, _option(settings.SOURCE_ERRORS)] = None,
) -> int:
    """Judge a change and write a report (the action).

    Both sides are read and compared, the committed contracts are checked against the source, and
    the exit code says what it comes to.
    """
    from ssot_action.action.run import run as run_action  # noqa: PLC0415 - only what is needed

    environment = settings.read_environment()
    options = {
        settings.REPO_ROOT.name: repo_root,
        settings.FUNCTIONS_DIR.name: functions_dir,
        settings.BASE.name: base,
        settings.HEAD.name: head,
        settings.REPORT.name: report,
        settings.MISSING_BASE.name: missing_base,
        settings.SOURCE_ERRORS.name: source_errors,
    }
    result = run_action(settings.resolve_settings(options, environment), environment, write_output)
    print_diagnostics(result.diagnostics)
    return result.exit_code
