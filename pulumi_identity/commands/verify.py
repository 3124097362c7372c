"""The command `pulumi-identity verify-aws`."""

import secrets
import signal
from functools import cache
from typing import Annotated, Any

import typer

from pulumi_identity.aws import call_log
from pulumi_identity.aws.regions import ambient_region
from pulumi_identity.commands.terminal import fail, on_signals
from pulumi_identity.errors import visible


def verify_aws(
    *,
    yes_create_entities: Annotated[
        bool,
        typer.Option(
            "--yes-create-entities",
            help="Create entities. Without this option, the command lists what it would create.",
        ),
    ] = False,
    identity_store: Annotated[str | None, typer.Option(metavar="D-…", help="Id of the identity store to test.")] = None,
    quicksight: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="Id of the account whose QuickSight to test.")
    ] = None,
    appstream: Annotated[bool, typer.Option("--appstream", help="Test AppStream.")] = False,
    region: Annotated[
        str | None, typer.Option(metavar="REGION", help="AWS region. Default: AWS_REGION or AWS_DEFAULT_REGION.")
    ] = None,
    quicksight_region: Annotated[
        str | None, typer.Option(metavar="REGION", help="QuickSight's identity region. Default: --region.")
    ] = None,
    iam_role: Annotated[
        str | None, typer.Option(metavar="ARN", help="IAM role to register a QuickSight user for.")
    ] = None,
) -> None:
    """Test this package's assumptions about AWS in an AWS account.

    Creates users and groups with a unique prefix, and deletes them again, even after Ctrl-C. Changes nothing else.
    Prints for each fact whether it holds (✓), does not hold (✗), or was skipped (-), and why.
    Exits with code 2 if a fact does not hold, and with code 1 if nothing was tested or an entity could not be deleted.
    """
    from pulumi_identity.facts import FACTS  # noqa: PLC0415 - only this command needs boto3
    from pulumi_identity.facts.probe import Account  # noqa: PLC0415
    from pulumi_identity.facts.verification import Outcome, Result, announcement, verify  # noqa: PLC0415

    if not (identity_store or quicksight or appstream):
        fail("verifying: nothing is selected — set --identity-store, --quicksight or --appstream", code=1)
    where = region or ambient_region()
    if not where:
        fail("verifying: no region is set — set --region", code=1)
    account = Account(
        client=_client,
        prefix=f"verify-{secrets.token_hex(4)}-",
        region=where,
        quicksight_region=quicksight_region or where,
        identity_store=identity_store,
        quicksight=quicksight,
        appstream=appstream,
        iam_role=iam_role,
    )
    for line in announcement(account):
        typer.echo(visible(line), err=True)
    if not yes_create_entities:
        fail("nothing was created — add --yes-create-entities to start", code=1)
    outcomes: list[Outcome] = []
    try:
        with on_signals(signal.default_int_handler, signal.SIGTERM):
            for outcome in verify(account, FACTS):
                typer.echo(visible(str(outcome)))
                outcomes.append(outcome)
    except KeyboardInterrupt as error:
        fail(
            "\n".join([*map(str, error.args), "verifying: interrupted; all other entities of this run are deleted"]),
            code=130,
        )
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        typer.echo(visible(problem), err=True)
    count = {result: sum(outcome.result is result for outcome in outcomes) for result in Result}
    holding, failing, skipped = (count[result] for result in Result)
    typer.echo(f"{holding} facts hold, {failing} do not hold, {skipped} were skipped")
    if failing:
        raise typer.Exit(2)
    if not holding or any(outcome.problems for outcome in outcomes):
        raise typer.Exit(1)


@cache
def _client(service: str, region: str) -> Any:
    """Return a client that sends invalid parameters too, because some probes test AWS's errors."""
    import boto3  # noqa: PLC0415 - slow to import
    from botocore.config import Config  # noqa: PLC0415

    config = Config(retries={"mode": "adaptive", "total_max_attempts": 10}, parameter_validation=False)
    client: Any = boto3.client(service, region_name=region, config=config)  # type: ignore[call-overload]
    call_log.configure(client.meta.events)
    return client
