"""Starts the command line; what needs no thinking is answered before anything is imported."""

import sys


def main() -> int:
    """Return the exit code of the command line in `sys.argv`."""
    arguments = sys.argv[1:]
    answer = _prepared_answer(arguments)
    if answer is None:
        from ssot_action.cli.shell import run_command  # noqa: PLC0415 - 0.1 s, often for nothing

        return run_command(arguments)
    try:
        sys.stdout.write(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        from ssot_action.cli.shell import leave_broken_pipe  # noqa: PLC0415 - seldom needed

        return leave_broken_pipe()
    return 0


def _prepared_answer(arguments: list[str]) -> str | None:
    """Return the answer to `--version` or, where nothing is drawn, to `[COMMAND] --help`."""
    if arguments == ["--version"]:
        from ssot_action import __version__  # noqa: PLC0415 - for uniformity

        return f"convex-ssot {__version__}\n"
    if not arguments or arguments[-1] not in {"--help", "-h"} or sys.stdout.isatty():
        return None
    match arguments[:-1]:
        case []:
            name = "main"
        case [command] if command.replace("-", "").isalpha() and command.isascii():
            name = command
        case _:
            return None
    # Not `pathlib` and not `importlib.resources`: each costs more than all the rest.
    path = f"{__file__.removesuffix('__main__.py')}cli/help/{name}.txt"
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - see above
            return file.read()
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())
