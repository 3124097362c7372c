"""The account of AppStream's entities: each account has one user pool and its own stacks in each region.

Physical ids contain neither the account nor the region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from pulumi_identity.aws.session import session
from pulumi_identity.errors import Denied
from pulumi_identity.provider.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State


class AppStreamKind(Kind):
    """A kind of AppStream."""

    service = "appstream"

    @override
    def identity(self, aws: Session, id_: str, props: State) -> tuple[str, ...]:
        # Without a role, only a call shows the account, so the profile stands for it.
        account = account_in(aws.role_arn) if aws.role_arn else ""
        return *super().identity(aws, id_, props), aws.region, account, "" if account else aws.profile or ""

    @override
    def other_identities(self, identity: tuple[str, ...], known: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
        *place, account, _ = identity
        others = [other for other in known - {identity} if [*other[:-2]] == place and not (account and other[-2])]
        return {other for other in others if _account_of(other) == _account_of(identity)}

    def refuse_elsewhere(self, id_: str, account: str | None, current: Callable[[], str]) -> None:
        """Raise if the credentials belong to another account. There, the same name identifies a different entity.

        Args:
            id_: The physical id.
            account: The account in state; None if state has none.
            current: Returns the account of the credentials.

        Raises:
            Denied: The accounts differ.
        """
        if account is not None and account != current():
            raise Denied(
                f"reading {self.entity} ({id_}): it is in account {account}, but the credentials belong to account"
                f" {current()} — set AWS_PROFILE, profile or role_arn to credentials of account {account}"
            )


def _account_of(identity: tuple[str, ...]) -> str:
    """Return the account of an identity. Without a role, this calls AWS once for each profile."""
    *_, region, account, profile = identity
    return account or session(region, None, profile or None).account_id


def account_in(arn: str) -> str:
    """Return the account in an ARN.

    Args:
        arn: The ARN.

    Returns:
        The account's number; "" if the ARN has none.
    """
    return next(iter(arn.split(":")[4:]), "")
