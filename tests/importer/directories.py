"""Directories to bring in, in the emulator, and what an import makes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contract.examples import ACCOUNT, ROLE, STORE
from contract.host import Host, new_command, wire

import pulumi_identity as identity
from pulumi_identity.importer import Selection, Summary, import_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

STORE_ONLY = Selection(values={"--identity-store": STORE})
QUICKSIGHT_ONLY = Selection(values={"--quicksight": ACCOUNT})
ALL_SERVICES = Selection(values={"--identity-store": STORE, "--quicksight": ACCOUNT, "--appstream": ""})
EVERYTHING = replace(ALL_SERVICES, externally_managed=True, read_more=frozenset({"--extensions", "--quicksight-tags"}))
ONE_BY_ONE = replace(EVERYTHING, memberships=True)

IDP = "https://idp.example.com"
NAMES = [
    "jo",
    "o'brien",
    'a"b',
    """both'"quotes""",
    "corp/jo",
    "back\\slash",
    "müller",
    "山田",
    "class",
    "jo.doe",
    "jo_doe",
    "JO_DOE!",
    "x::y",
    "${jo}",
    "{jo}",
    "1st",
    "...",
    "ann@example.com",
    "max",
    "Group",
    "IdentityStoreUser",
]
"""User names that have something about them."""
GROUPS = ["Admins", "admins!", "Ops/Berlin 1", 'Gruppe "Ü"\nzwei', "None", "Empty", "list", "join"]


def fill(aws: Emulator, client: Callable[[str], Any], members: int = 101) -> None:
    """Put in what is awkward: names, the same display name for all, and a group of `members`."""
    store, quicksight, appstream = (client(service) for service in ("identitystore", "quicksight", "appstream"))
    people = []
    for number, name in enumerate(NAMES):
        attributes: dict[str, Any] = {"DisplayName": 'The "Same" Name'}
        attributes["Name"] = {"GivenName": "Jo\u3000\u00a0Ann", "FamilyName": "O'Ne\nil", "MiddleName": "山" * 50}
        if number % 3 == 0:
            attributes["Emails"] = [{"Value": f"u{number}@example.com", "Type": "work", "Primary": True}]
            attributes["Extensions"] = {"aws:identitystore:enterprise": {"costCenter": "42"}}
            attributes["Photos"] = [{"Value": f"https://example.com/{number}/{at}.png"} for at in range(3)]
        people.append(store.create_user(IdentityStoreId=STORE, UserName=name, **attributes)["UserId"])
    groups = [store.create_group(IdentityStoreId=STORE, DisplayName=name)["GroupId"] for name in GROUPS]
    many = aws.identitystore.seed_users(STORE, [person(f"user-{number:03}") for number in range(members)])
    pairs = [(groups[0], one) for one in many]
    pairs += [(groups[1 + number % 4], one) for number, one in enumerate(people)]
    aws.identitystore.seed_memberships(STORE, pairs)
    aws.identitystore.set_external_ids(STORE, people[1], (IDP, "1"))
    aws.identitystore.set_external_ids(STORE, groups[4], (IDP, "2"))
    where = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    mail = {"Email": "jo@example.com"}
    tags = [{"Key": "cost center", "Value": "4/2"}, {"Key": "é", "Value": "è"}]
    quicksight.register_user(
        **where, **mail, UserName="jo/doe", IdentityType="QUICKSIGHT", UserRole="READER", Tags=tags
    )
    quicksight.register_user(**where, **mail, IdentityType="IAM", UserRole="AUTHOR", IamArn=ROLE, SessionName="jo")
    gone = f"arn:aws:iam::{ACCOUNT}:user/gone"
    quicksight.register_user(**where, **mail, IdentityType="IAM", UserRole="ADMIN", IamArn=gone)
    aws.quicksight.remove_iam_principal(gone)
    for name, first in (("Jo@example.com", "Jo"), ("off@example.com", "Off")):
        appstream.create_user(
            UserName=name, AuthenticationType="USERPOOL", FirstName=first, LastName="D-e", MessageAction="SUPPRESS"
        )
    appstream.disable_user(UserName="off@example.com", AuthenticationType="USERPOOL")


def person(name: str, **more: Any) -> dict[str, Any]:
    """What CreateUser takes for a person with nothing special."""
    return {"UserName": name, "DisplayName": name, "Name": {"GivenName": "Jo", "FamilyName": "Doe"}} | more


class Imported:
    """An import, as it was written."""

    def __init__(self, out: Path, selection: Selection, **how: Any) -> None:
        self.out = out
        new_command()
        self.summary: Summary = import_directory(out, selection, **how)
        written = out / "import.json"
        self.entries: list[dict[str, Any]] = json.loads(written.read_text())["resources"] if written.exists() else []

    def entry(self, kind: str, name: str) -> dict[str, Any]:
        """The entry of one resource."""
        (found,) = (each for each in self.entries if each["type"].endswith(f":{kind}") and each["name"] == name)
        return found

    def names(self, kind: str) -> list[str]:
        """The names of a kind's resources."""
        return sorted(each["name"] for each in self.entries if each["type"].endswith(f":{kind}"))

    def source(self, module: str) -> str:
        """A module's source."""
        (path,) = self.out.rglob(f"{module}.py")
        return path.read_text(encoding="utf-8")


def host_of(entry: dict[str, Any]) -> Host:
    """Return a host that has an entry in its state."""
    host = Host(getattr(identity, entry["type"].rpartition(":")[2]))
    assert entry["inputs"]["__provider"] == entry["outputs"]["__provider"] == host.reference
    host.id = entry["id"]
    host.inputs, host.outputs = (
        wire({name: value for name, value in entry[part].items() if name != "__provider"})
        for part in ("inputs", "outputs")
    )
    return host


def export_of(path: Path, entries: Iterable[dict[str, Any]]) -> Path:
    """Write a stack export with the resources of an import file, and return its path."""
    resources = [entry | {"urn": f"urn:pulumi:test::people::{entry['type']}::{entry['name']}"} for entry in entries]
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": resources}}), encoding="utf-8")
    return path
