"""The commands: what each is called, what it takes and what it does.

Declared as data, so that one declaration makes the parser, the help and the documentation. A
command imports what it needs when it runs: `status` must not pay for the parser of TypeScript, nor
any command for GitHub's client.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from ssot_action import settings
from ssot_action.cli.terminal import print_diagnostics, write_output
from ssot_action.errors import ExitCode
from ssot_action.settings import Setting, SourceErrors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROGRAM: Final = "convex-ssot"

Options: TypeAlias = "Mapping[str, str]"
"""The options that were given, by the names of their settings."""

REF: Final = Setting(
    name="ref", help="Git commit to read instead of the files on disk", metavar="REV"
)
FORMAT: Final = Setting(
    name="format",
    help="Lines for people, or JSON for scripts",
    default="text",
    choices=("text", "json"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes:
        name: What it is called.
        summary: What it does, in one short sentence.
        details: What else to know about it.
        settings: The options that it takes.
        run: Does it, and returns the exit code.
    """

    name: str
    summary: str
    details: str
    settings: tuple[Setting, ...]
    run: Callable[[Options], int]


def _extract(options: Options) -> int:
    from ssot_action.contract.encoding import dumps  # noqa: PLC0415 - see above
    from ssot_action.pipeline import extract, open_tree  # noqa: PLC0415

    tree = open_tree(_root(options), options.get(REF.name))
    extraction = extract(tree, options.get(settings.FUNCTIONS_DIR.name))
    write_output(f"{dumps(extraction.to_json())}\n")
    print_diagnostics(extraction.diagnostics)
    return ExitCode.OK


def _sync(options: Options) -> int:
    from ssot_action.sync import render_sync, sync  # noqa: PLC0415 - see above

    result = sync(
        _root(options),
        options.get(settings.FUNCTIONS_DIR.name),
        source_errors=SourceErrors(settings.choose(settings.SOURCE_ERRORS, options)),
        tell=print_diagnostics,
    )
    write_output(render_sync(result))
    return ExitCode.OK


def _status(options: Options) -> int:
    from ssot_action.status import read_status, render_status, status_json  # noqa: PLC0415

    is_json = settings.choose(FORMAT, options) == "json"
    status = read_status(_root(options), options.get(settings.FUNCTIONS_DIR.name))
    write_output(status_json(status) if is_json else render_status(status))
    return status.exit_code


def _run(options: Options) -> int:
    from ssot_action.action.run import run  # noqa: PLC0415 - see above

    environment = settings.read_environment()
    report = run(settings.resolve_settings(options, environment), environment, write_output)
    print_diagnostics(report.diagnostics)
    return report.exit_code


def _root(options: Options) -> Path:
    return Path(settings.choose(settings.REPO_ROOT, options))


_SYNC: Final = Command(
    name="sync-to-context",
    summary="Write both contracts below docs/context, or nothing.",
    details="A contract in which nothing changed keeps its file and its date.",
    settings=(settings.REPO_ROOT, settings.FUNCTIONS_DIR, settings.SOURCE_ERRORS),
    run=_sync,
)

COMMANDS: Final = (
    Command(
        name="extract",
        summary="Print both contracts as JSON; write nothing.",
        details="The object on standard output has the keys schema, functions and diagnostics;"
        " the diagnostics are printed on standard error as well.",
        settings=(settings.REPO_ROOT, settings.FUNCTIONS_DIR, REF),
        run=_extract,
    ),
    _SYNC,
    Command(
        name="sync",
        summary="The same as sync-to-context.",
        details=_SYNC.details,
        settings=_SYNC.settings,
        run=_sync,
    ),
    Command(
        name="status",
        summary="Say where everything is and what is wrong.",
        details="The source is not read, and nothing is ever written.",
        settings=(settings.REPO_ROOT, settings.FUNCTIONS_DIR, FORMAT),
        run=_status,
    ),
    Command(
        name="run",
        summary="Judge a change and write a report (the action).",
        details="Both sides are read and compared, the committed contracts are checked against"
        " the source, and the exit code says what it comes to.",
        settings=settings.INPUTS,
        run=_run,
    ),
)
"""All commands, in the order of the help."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command and the options that it was given."""

    command: Command
    options: Options


def parse_plain(arguments: list[str]) -> Invocation | None:
    """Return what a command line of `--option value` and `--option=value` asks for.

    None for everything else, wrong ones and calls for help included. That is typer's business,
    which takes longer to import than most commands take to run.
    """
    command = next((item for item in COMMANDS if arguments[:1] == [item.name]), None)
    if command is None:
        return None
    names = {f"--{setting.name}": setting.name for setting in command.settings}
    options: dict[str, str] = {}
    remaining = iter(arguments[1:])
    for argument in remaining:
        option, has_value, value = argument.partition("=")
        if option not in names:
            return None
        if not has_value:
            following = next(remaining, None)
            if following is None or following.startswith("-"):
                return None
            value = following
        options[names[option]] = value
    return Invocation(command, options)
