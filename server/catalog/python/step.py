"""What every component's script shares: its arguments and how it tells people about mistakes.

A mistake that the user can mend is a `StepError`: it ends the step with exit code 1 and one line on stderr that starts
with `Error: `. Anything else is a bug and keeps its traceback.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from typing import Callable, Iterable, NoReturn


class StepError(Exception):
    """A mistake in the data or the parameters, told so that the user knows what to do."""


class Arguments(argparse.ArgumentParser):
    """An argument parser that reports a wrong value the way a step reports everything else."""

    def __init__(self) -> None:
        super().__init__(allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise StepError(message)


def boolean(text: str) -> bool:
    """The value of a boolean parameter as the command line carries it: `True` or `False`."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    raise argparse.ArgumentTypeError(f'"{text}" is neither True nor False')


def run_step(main: Callable[[], None]) -> None:
    """Runs a component's main function and turns a `StepError` into the one line that the user sees."""
    try:
        main()
        sys.stdout.flush()
    except StepError as error:
        sys.stdout.flush()
        print("Error: " + " ".join(str(error).split()), file=sys.stderr)
        sys.exit(1)


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """` Did you mean "x"?`, or nothing when no choice is near."""
    names = list(choices)
    by_folded = {choice.casefold(): choice for choice in names}
    near = difflib.get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=0.6)
    return f' Did you mean "{by_folded[near[0]]}"?' if near else ""


def counted(number: int, noun: str) -> str:
    """`1 row`, `1,200 rows`; a noun in y takes -ies, one in -s or -x takes -es."""
    if number == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + ("es" if noun.endswith(("s", "x")) else "s")
    return f"{number:,} {plural}"
