"""Runs a command line and turns whatever happens into a message and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final, NoReturn

from ssot_action.cli.commands import PROGRAM, parse_plain
from ssot_action.cli.terminal import print_error, write_log
from ssot_action.errors import ExitCode, SsotError
from ssot_action.report.escaping import printable
from ssot_action.settings import is_debugging

INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141


def run_command(arguments: list[str]) -> int:
    """Return the exit code of a command line."""
    try:
        return _run(arguments)
    except SsotError as error:
        print_error(error)
        return error.exit_code
    except BrokenPipeError:
        return leave_broken_pipe()
    except KeyboardInterrupt:
        _leave_interrupted()
    except Exception as error:  # noqa: BLE001 - the one place where a bug ends
        return _tell_bug(error)


def _run(arguments: list[str]) -> int:
    if not arguments:
        write_log(f"usage: {PROGRAM} COMMAND [OPTIONS]\nTry `{PROGRAM} --help`.")
        return ExitCode.USAGE
    invocation = parse_plain(arguments)
    if invocation is None:
        from ssot_action.cli.parser import parse  # noqa: PLC0415 - for help and mistakes only

        parsed = parse(arguments, is_rich=sys.stdout.isatty())
        if isinstance(parsed, int):
            return parsed
        invocation = parsed
    exit_code = invocation.command.run(invocation.options)
    sys.stdout.flush()
    return exit_code


def leave_broken_pipe() -> int:
    """Return the exit code for a reader that has gone, and keep Python from flushing to it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _leave_interrupted() -> NoReturn:
    """End at once, as a program does that was interrupted; a reading thread may still be busy."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        write_log("interrupted")
        sys.stderr.flush()
    if os.name == "posix":
        import signal  # noqa: PLC0415 - seldom needed

        # A shell stops its script only if the signal itself was what ended us.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    # In a container we are the first process, which the signal does not end.
    os._exit(INTERRUPTED)


def _tell_bug(error: Exception) -> int:
    if is_debugging():
        import traceback  # noqa: PLC0415 - seldom needed

        write_log("".join(traceback.format_exception(error)).rstrip())
    what = printable(f"{type(error).__name__}: {error}")
    write_log(
        f"error: this is a bug in {PROGRAM} ({what})."
        " Please report it; CONVEX_SSOT_DEBUG=1 shows where it happened."
    )
    return ExitCode.INTERNAL
