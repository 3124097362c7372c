"""The help format, errors and signals of all commands."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from pulumi_identity.errors import visible


class Group(TyperGroup):
    """A group of commands whose help shows no type for flags."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return _without_types_of_flags(super().get_params(ctx))


class Command(TyperCommand):
    """A command whose help shows no type for flags."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return _without_types_of_flags(super().get_params(ctx))


def _without_types_of_flags(parameters: list[Any]) -> list[Any]:
    """Return parameters. A flag gets an empty metavar: typer would show `<bool>`."""
    for parameter in parameters:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    return parameters


@contextmanager
def on_signals(handler: Callable[..., object], *signals: signal.Signals) -> Iterator[None]:
    """Handle signals within the block."""
    before = {number: signal.signal(number, handler) for number in signals}
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)


def fail(message: str, code: int = 1) -> NoReturn:
    """Print an error, and end the command.

    Args:
        message: The error, one line for each problem.
        code: The exit code.

    Raises:
        typer.Exit: Always.
    """
    typer.echo("\n".join(map(visible, message.splitlines())), err=True)  # it can quote options
    raise typer.Exit(code)
