"""Enterprise attributes are compared without regard to the case of their names, which AWS spells in several ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from pulumi_identity.emulator import Emulator

    from .conftest import Person

ENTERPRISE = "aws:identitystore:enterprise"


def enterprise(**attributes: Any) -> dict[str, Any]:
    """Return the property `extensions` with these attributes."""
    return {ENTERPRISE: attributes}


def spell(user: Person, **names: Any) -> None:
    """Let AWS spell attributes in another way."""
    user.somebody_sets(f"{ENTERPRISE}.employeeNumber", None)
    for name, value in names.items():
        user.somebody_sets(f"{ENTERPRISE}.{name}", value)


def test_another_spelling_in_aws_is_no_change(user: Person, new_run: Callable[[], None]) -> None:
    user.up(extensions=enterprise(employeeNumber="7"))
    spell(user, EmployeeNumber="7", CostCenter="42")
    assert user.host.refresh()
    assert user.host.inputs["extensions"] == enterprise(employeeNumber="7")
    assert user.preview() == ("same", [])
    spell(user, EmployeeNumber="8")
    new_run()
    user.host.refresh()
    assert user.host.inputs["extensions"] == enterprise(employeeNumber="8")
    assert user.preview() == ("update", ["extensions"])


def test_another_spelling_in_the_program_is_no_change(user: Person, aws: Emulator) -> None:
    user.up(extensions=enterprise(employeeNumber="7"))
    assert user.preview(extensions=enterprise(EmployeeNumber="7")) == ("same", [])
    before = len(aws.calls)
    user.up(extensions=enterprise(EmployeeNumber="7"))
    assert [call.operation for call in aws.calls][before:] == []


def test_a_new_value_under_another_spelling_clears_nothing(
    user: Person, aws: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.up(extensions=enterprise(employeeNumber="7"))
    operations: list[Any] = []
    update = aws.identitystore.update_user

    def recorded(caller: Any, request: Any) -> Any:
        operations.extend(request["Operations"])
        return update(caller, request)

    monkeypatch.setattr(aws.identitystore, "update_user", recorded)
    user.up(extensions=enterprise(EmployeeNumber="8"))
    assert operations == [{"AttributePath": f"{ENTERPRISE}.EmployeeNumber", "AttributeValue": "8"}]
