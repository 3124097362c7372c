"""What `--target` deletes after a rename in the program that stopped halfway, and the remedies in docs/review.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.stack import STORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

NAMES = ("ann", "jo", "kim", "max")
PEOPLE = """
def person(resource, user_name):
    IdentityStoreUser(
        resource, user_name=user_name, display_name=user_name, name={"given_name": "G", "family_name": "F"}, adopt=True
    )

for name in ("ann", "jo", "kim", "max"):
    person(f"SUFFIX-{name}", name)
"""


def test_a_target_under_an_old_name_and_its_remedies(stack: Stack, client: Callable[[str], Any]) -> None:
    store = client("identitystore")

    def people() -> dict[str, str]:
        return {user["UserName"]: user["UserId"] for user in store.list_users(IdentityStoreId=STORE)["Users"]}

    store.create_group(IdentityStoreId=STORE, DisplayName="Taken")
    stack.program(PEOPLE.replace("SUFFIX", "old"))
    stack.up()
    before = people()

    # The new resources adopt the people. The group fails, so the run stops before it deletes the old resources.
    new = PEOPLE.replace("SUFFIX", "new")
    stack.program(new + 'Group("taken", display_name="Taken")\n')
    stack.up(check=False)
    urns = {name: resource["urn"] for name, resource in stack.state().items()}
    assert urns.keys() == {f"{suffix}-{name}" for suffix in ("old", "new") for name in NAMES}

    # The engine asks the provider only to delete.
    stack.program(new)
    stack.up("--target", urns["old-max"])
    stack.run("destroy", "--yes", "--skip-preview", "--target", urns["old-kim"])
    assert people().keys() == {"ann", "jo"}

    stack.run("state", "delete", urns["old-ann"], "--yes")
    assert people() == {name: before[name] for name in ("ann", "jo")}

    stack.up("--refresh")
    assert stack.state().keys() == {f"new-{name}" for name in NAMES}
    assert {name: people()[name] for name in ("ann", "jo")} == {name: before[name] for name in ("ann", "jo")}
    assert all(people()[name] != before[name] for name in ("kim", "max"))
