"""The command `pulumi-identity emulator`."""

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_identity.commands.terminal import fail, on_signals

if TYPE_CHECKING:
    from pulumi_identity.emulator import Faults


def emulator(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on. 0 selects a free port.")] = 4599,
    identity_store: Annotated[
        list[str] | None,
        typer.Option(
            metavar="D-…",
            help="Id of an existing identity store. Repeatable. Default: every valid id exists.",
        ),
    ] = None,
    identity_region: Annotated[str, typer.Option(help="Region of QuickSight's users and groups.")] = "us-east-1",
    namespace: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="QuickSight namespace besides `default`. Repeatable."),
    ] = None,
    active_directory: Annotated[
        bool, typer.Option("--active-directory", help="Emulate identity stores whose source is Active Directory.")
    ] = False,
    disabled_user: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Identity store user whose UserStatus is DISABLED. Repeatable."),
    ] = None,
    quicksight_identity_center: Annotated[
        bool,
        typer.Option(
            "--quicksight-identity-center", help="Emulate QuickSight users and groups that IAM Identity Center manages."
        ),
    ] = False,
    role_delay: Annotated[
        float, typer.Option(min=0, help="Seconds until a changed QuickSight role shows in responses.")
    ] = 0,
    appstream_visible_after: Annotated[
        float, typer.Option(min=0, help="Seconds until a new AppStream user shows in listings.")
    ] = 0,
    rate: Annotated[
        float | None,
        typer.Option(min=0.1, help="Identity store calls per second before throttling. Default: no limit."),
    ] = None,
    quicksight_rate: Annotated[
        float | None, typer.Option(min=0.1, help="The same for QuickSight. Default: no limit.")
    ] = None,
    appstream_rate: Annotated[
        float | None, typer.Option(min=0.1, help="The same for AppStream. Default: no limit.")
    ] = None,
    throttle_answer: Annotated[
        str,
        typer.Option(
            metavar="FORM",
            help="Form of a throttled response: full, no-delay (no RetryAfterSeconds) or bare (also no message).",
        ),
    ] = "full",
    latency_ms: Annotated[float, typer.Option(min=0, help="Minimum duration of a call in milliseconds.")] = 0,
    log: Annotated[
        Path | None,
        typer.Option(help="File to append each request to, as one JSON object per line."),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed for ids and times. The same seed gives the same ids.")] = None,
    faults: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="YAML list of faults: calls that fail, hang or return damaged responses."),
    ] = None,
) -> None:
    """Run an emulator of AWS's identity services on this machine.

    Prints its URL when it is ready. Set AWS_ENDPOINT_URL to this URL in any AWS client.
    Any credentials work. Ctrl-C or SIGTERM stops the emulator and discards its data.

    The account is 123456789012, or the account of a role that STS AssumeRole returned credentials for.
    The emulator serves all of identitystore, and parts of three services: quicksight (users, groups, memberships, tags
    of users, sessions, identity contexts), appstream (users, stacks and their associations) and sso-admin
    (ListInstances, DescribeInstance). moto serves everything else, such as STS, S3 and IAM.
    """
    try:
        from pulumi_identity.emulator import Emulator, ThrottleAnswer  # noqa: PLC0415 - moto is slow to import
    except ModuleNotFoundError as error:
        fail(f"starting the emulator: {error.name} is not installed — run `pip install 'pulumi-identity[emulator]'`")
    stop = threading.Event()
    try:
        server = Emulator(
            identity_stores=identity_store or (),
            identity_region=identity_region,
            namespaces=namespace or (),
            active_directory=active_directory,
            disabled_users=disabled_user or (),
            quicksight_identity_center=quicksight_identity_center,
            role_delay=role_delay,
            appstream_visible_after=appstream_visible_after,
            rate=rate,
            quicksight_rate=quicksight_rate,
            appstream_rate=appstream_rate,
            throttle_answer=ThrottleAnswer(throttle_answer),
            latency_ms=latency_ms,
            log=log,
            seed=seed,
            host=host,
            port=port,
        )
        if faults:
            _load(server.faults, faults)
        with on_signals(lambda *_: stop.set(), signal.SIGINT, signal.SIGTERM), server:
            typer.echo(server.url)
            sys.stdout.flush()
            typer.echo("listening; press Ctrl-C to stop", err=True)
            stop.wait()
    except OSError as error:
        where = error.filename or f"{host}:{port}"
        remedy = "choose another --log" if error.filename else "choose another --port or --host"
        cause = str(error.strerror or error).partition(" (while")[0]  # Python's addition repeats the address
        fail(f"starting the emulator on {where}: {cause} — {remedy}")
    except ValueError as error:
        fail(f"starting the emulator: {error}")


def _load(into: "Faults", path: Path) -> None:
    """Add the faults of a file to the emulator's."""
    try:
        into.load(path.read_text(encoding="utf-8"))
    except OSError as error:
        fail(f"reading faults from {path}: {error.strerror} — choose another --faults")
    except ValueError as error:
        fail("\n".join(f"reading faults from {path}: {problem}" for problem in str(error).splitlines()))
