"""Make the previews that the tests render, with the real engine; then what they render to.

    python tests/review/make_previews.py            both
    python tests/review/make_previews.py --golden   only what the committed previews render to

What is of the machine or the moment is left out: times, durations, where in which file a resource is declared.
Read the difference before committing it: it is what reviewers will see.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

PREVIEWS, GOLDEN = HERE / "previews", HERE / "golden"
SUFFIXES = {"markdown": "md", "text": "txt", "json": "json", "html": "html"}
ISSUER = "https://idp.example.com"
FLAGS = ("--refresh", "--show-sames")

BEFORE = """
class Note(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult("note", props)

class Ticket(pulumi.dynamic.Resource, name="Ticket"):
    def __init__(self, name, text):
        super().__init__(Note(), name, {"text": text})

class Team(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("acme:people:Team", name)

def person(name, family, **others):
    return IdentityStoreUser(name, user_name=f"{name}@example.com", display_name=f"{name.title()} {family}",
        name={"given_name": name.title(), "family_name": family}, emails=[{"value": f"{name}@example.com"}], **others)

def member(user, name, group, **others):
    return GroupMembership(f"{name}-{group._name}", group_id=group.group_id, member_id=user.user_id, **others)

def reader(name, role, **others):
    return QuickSightUser(name, user_name=name, email=f"{name}@example.com", user_role=role, **others)

def desktop(name, **others):
    return AppStreamUser(name, user_name=f"{name}@example.com", message_action="SUPPRESS", **others)

team = Team("data")
admins = Group("admins", display_name="AWS-Admins")
analysts = Group("analysts", display_name="Analysts", opts=ResourceOptions(parent=team))
readers = Group("readers", display_name="Readers", description="May look")
"""

DIRECTORY = (
    BEFORE
    + """
legacy = Group("legacy", display_name="Legacy")
Ticket("ticket", "open")
ana = person("ana", "Abt", title="Analyst")
ben, cleo, dan = person("ben", "Bell"), person("cleo", "Cruz", title="Clerk"), person("dan", "Dorn")
eve, hal = person("eve", "Ek"), person("hal", "Hope")
ivy = person("ivy", "Iyer", opts=ResourceOptions(retain_on_delete=True))
scim = person("scim", "Sync", adopt="externally-managed", title="Provisioned")
for name, user in {"ana": ana, "ben": ben, "dan": dan, "eve": eve}.items():
    member(user, name, analysts)
member(cleo, "cleo", readers)
member(hal, "hal", readers)
reader("ana", "READER"), reader("ben", "AUTHOR"), reader("eve", "AUTHOR_PRO")
reader("hal", "READER", opts=ResourceOptions(protect=True))
desktop("ben"), desktop("eve"), desktop("cleo")
"""
)

CHANGED = (
    BEFORE
    + """
Ticket("ticket", "closed")
ana = person("ana", "Abt", title="Lead | `analyst` @admins #1")
cleo = person("cleo", "Cruz", title=pulumi.Output.secret("made-up secret"))
dan = IdentityStoreUser("dan", user_name="daniel@example.com", display_name="Dan Dorn",
    name={"given_name": "Dan", "family_name": "Dorn"}, emails=[{"value": "dan@example.com"}])
eve, hal = person("eve", "Ek"), person("hal", "Hope")
scim = person("scim", "Sync", adopt="externally-managed", title="By hand")
fay = person("fay", "Fox")
gus = IdentityStoreUser("gus|`<b>@ops #2", user_name="gus|`<b>@ops", nick_name="two\\nlines",
    display_name="<script>alert(1)</script> **Gus** [x](http://example.com)",
    name={"given_name": "Gus", "family_name": "Gray"})
member(ana, "ana", admins)
for name, user in {"ana": ana, "dan": dan, "eve": eve, "cleo": cleo}.items():
    member(user, name, analysts)
member(fay, "fay", admins)
member(hal, "hal", readers)
reader("ana", "ADMIN"), reader("eve", "AUTHOR_PRO")
reader("hal", "READER", tags={"seen": "yes"}, opts=ResourceOptions(protect=True))
QuickSightUser("fay", user_name="fay", email="fay@example.com", user_role="READER", external_login_id=fay.user_id,
    external_login_federation_provider_type="COGNITO")
desktop("eve", enabled=False), desktop("cleo"), desktop("fay")
"""
)

FAILING = (
    BEFORE
    + """
IdentityStoreUser("ana", user_name="Administrator", display_name="Ana", name={"given_name": "Ana"})
"""
)


def make(folder: Path) -> None:
    """Run the engine, and write each preview into `PREVIEWS`."""
    from engine.stack import STORE, Stack, engine_environment

    from pulumi_identity.emulator import Emulator

    for name in ("state", "home"):
        (folder / name).mkdir()
    (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    with Emulator() as aws:
        stack = Stack(folder, engine_environment(folder, aws.url))
        stack.run("stack", "init", "production")
        stack.run("config", "set", "identity:identityStoreId", STORE)

        def save(name: str, *flags: str, check: bool = True) -> None:
            shown = stack.run("preview", "--json", *flags, check=check).stdout
            PREVIEWS.mkdir(exist_ok=True)
            (PREVIEWS / f"{name}.json").write_text(_cleaned(shown, folder), encoding="utf-8")

        stack.program(DIRECTORY)
        save("first")
        stack.up()
        save("unchanged", *FLAGS)
        _meanwhile(aws)
        stack.program(CHANGED)
        save("changed", *FLAGS)
        save("changed-bare")
        stack.environment |= {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
        save("changed-events", *FLAGS)
        del stack.environment["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"]
        stack.program(FAILING)
        save("failed", *FLAGS, check=False)


def _meanwhile(aws: Any) -> None:
    """What somebody does by hand between two runs of Pulumi."""
    import boto3
    from engine.stack import STORE

    made = {"region_name": "us-east-1", "endpoint_url": aws.url}
    store, desktops = boto3.client("identitystore", **made), boto3.client("appstream", **made)
    ids = {group["DisplayName"]: group["GroupId"] for group in store.list_groups(IdentityStoreId=STORE)["Groups"]}
    changed = [{"AttributePath": "description", "AttributeValue": "May look and touch"}]
    store.update_group(IdentityStoreId=STORE, GroupId=ids["Readers"], Operations=changed)
    people = {user["UserName"]: user["UserId"] for user in store.list_users(IdentityStoreId=STORE)["Users"]}
    aws.identitystore.set_external_ids(STORE, people["scim@example.com"], (ISSUER, "42"))
    desktops.delete_user(UserName="cleo@example.com", AuthenticationType="USERPOOL")


_OF_THE_MOMENT = {"created", "modified", "sourcePosition", "stackTrace", "duration", "timestamp", "durationSeconds"}


def _cleaned(shown: str, folder: Path) -> str:
    shown = shown.replace(str(folder), "people").replace(str(HERE.parents[1]), "pulumi_identity")
    try:
        return json.dumps(_without(json.loads(shown)), indent=1, ensure_ascii=False) + "\n"
    except json.JSONDecodeError:
        events = (_without(json.loads(line)) for line in shown.splitlines())
        kept = (event for event in events if event.get("diagnosticEvent", {}).get("severity") != "debug")
        return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in kept)


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(item) for key, item in value.items() if key not in _OF_THE_MOMENT}
    return [_without(item) for item in value] if isinstance(value, list) else value


def render() -> None:
    """Write what each preview renders to into `GOLDEN`."""
    from pulumi_identity.review import RENDERERS, review

    GOLDEN.mkdir(exist_ok=True)
    for preview in sorted(PREVIEWS.glob("*.json")):
        found = review(preview.read_text(encoding="utf-8"))
        for name, write in RENDERERS.items():
            (GOLDEN / f"{preview.stem}.{SUFFIXES[name]}").write_text(write(found), encoding="utf-8")


if __name__ == "__main__":
    os.environ |= {
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    if "--golden" not in sys.argv:
        with tempfile.TemporaryDirectory() as made:
            make(Path(made).resolve())
    render()
