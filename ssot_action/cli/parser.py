"""The command line as typer has it: its help, and its messages about what is wrong."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated

import typer

from ssot_action.cli.commands import COMMANDS, PROGRAM, Invocation
from ssot_action.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ssot_action.cli.commands import Command
    from ssot_action.settings import Setting

_HELP = "Read a Convex project without running it, and keep its committed contracts true."
_EXIT_CODES = (
    "Exit codes: 0 all is well; 1 findings; 64 usage; 65 source cannot be read;"
    " 66 base not found; 70 a bug of ours; 75 GitHub cannot be told."
)
# What typer itself ends with when a command line is wrong.
_USAGE = 2


def parse(arguments: Sequence[str], *, is_rich: bool) -> Invocation | int:
    """Return what a command line asks for, or the exit code once typer has answered itself."""
    found: list[Invocation] = []
    app = make_app(found.append, is_rich=is_rich)
    try:
        app(list(arguments), prog_name=PROGRAM)
    except SystemExit as end:
        if found and not end.code:
            return found[0]
        if end.code == _USAGE:
            return ExitCode.USAGE
        return end.code if isinstance(end.code, int) else ExitCode.OK
    return found[0] if found else ExitCode.OK


def make_app(take: Callable[[Invocation], None], *, is_rich: bool) -> typer.Typer:
    """Return the command line; it hands what was asked for to `take` and runs nothing."""
    app = typer.Typer(
        name=PROGRAM,
        help=_HELP,
        epilog=_EXIT_CODES,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown" if is_rich else None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    for command in COMMANDS:
        documented = f"{command.summary}\n\n{command.details}"
        app.command(command.name, help=documented)(_taker(command, take))
    return app


def _program(
    *, version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False
) -> None:
    """Take the options before the command; `__main__` answers them."""


def _taker(command: Command, take: Callable[[Invocation], None]) -> Callable[..., None]:
    """Return a function with the parameters that typer is to make options of."""
    names = {setting.name.replace("-", "_"): setting for setting in command.settings}

    def taker(**values: str | None) -> None:
        options = {names[name].name: value for name, value in values.items() if value is not None}
        take(Invocation(command, options))

    annotations = {name: _annotation(setting) for name, setting in names.items()}
    taker.__annotations__ = annotations
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter(name, keyword_only, default=None, annotation=annotation)
        for name, annotation in annotations.items()
    ]
    taker.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # read by inspect
    return taker


def _annotation(setting: Setting) -> object:
    default = f" [default: {setting.default}]" if setting.default else ""
    option = typer.Option(
        f"--{setting.name}",
        help=f"{setting.help}.{default}",
        metavar="|".join(setting.choices) or setting.metavar,
        show_default=False,
    )
    return Annotated[str | None, option]
