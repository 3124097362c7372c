"""Unknown properties that a transform, a policy or an import file sets after the constructor."""

from __future__ import annotations

from typing import Any

import pytest
from contract.examples import QUICKSIGHT, USER
from contract.host import provider_of, wire

from pulumi_identity import IdentityStoreUser, QuickSightUser, Rejected

STRANGE: list[tuple[Any, dict[str, Any], str]] = [
    (IdentityStoreUser, {"titel": "Dr"}, "titel is not a known property; did you mean 'title'?"),
    (IdentityStoreUser, {"displayName": "Jo"}, "displayName is not a known property; did you mean 'display_name'?"),
    (IdentityStoreUser, {"tags": {"team": "data"}}, "tags is not a known property"),
    (IdentityStoreUser, {"user_id": "x"}, "user_id is an output, so it can't be set"),
    (QuickSightUser, {"Tags": {"team": "data"}}, "Tags is not a known property; did you mean 'tags'?"),
]
PROGRAMS = {IdentityStoreUser: USER.program, QuickSightUser: QUICKSIGHT.program}


@pytest.mark.parametrize(("resource", "more", "reason"), STRANGE)
def test_check_reports_an_unknown_property_without_its_value(resource: Any, more: dict[str, Any], reason: str) -> None:
    checked = provider_of(resource).check({}, wire(PROGRAMS[resource] | more))
    assert [failure.reason for failure in checked.failures] == [reason]


def test_check_also_reports_one_that_an_import_file_has_put_into_state() -> None:
    imported = wire(USER.program | {"titel": "Dr"})
    (failure,) = provider_of(IdentityStoreUser).check(imported, imported).failures
    assert failure.reason.startswith("titel is not a known property")


def test_check_accepts_pulumis_own_keys_and_properties_without_a_value() -> None:
    inputs = wire(USER.program) | {"__provider": "x", "titel": None}
    assert provider_of(IdentityStoreUser).check({}, inputs).failures == []


@pytest.mark.parametrize(("resource", "more", "reason"), STRANGE)
def test_a_policy_that_sets_an_unknown_property_fails_the_create_and_the_update(
    resource: Any, more: dict[str, Any], reason: str
) -> None:
    """The engine lets policies change inputs after `check`. No AWS answers here, so these calls make no request."""
    provider, program = provider_of(resource), wire(PROGRAMS[resource])
    with pytest.raises(Rejected) as create:
        provider.create(program | more)
    with pytest.raises(Rejected) as diff:
        provider.diff("x", program, program | more)
    for caught, doing in ((create, "creating"), (diff, "updating")):
        assert str(caught.value).startswith(f"{doing} ")
        assert str(caught.value).endswith(f": {reason} — correct the policy that sets it")
