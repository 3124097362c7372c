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
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from review import programs  # noqa: E402  (the tests' folder comes first)

if TYPE_CHECKING:
    from pulumi_identity.emulator import Emulator

PREVIEWS, GOLDEN = HERE / "previews", HERE / "golden"
SUFFIXES = {"markdown": "md", "text": "txt", "json": "json", "html": "html"}
ISSUER = "https://idp.example.com"
SECOND_STORE = "d-0987654321"
FLAGS = ("--refresh", "--show-sames")


def make(folder: Path) -> None:
    """Run the engine, and write each preview into `PREVIEWS`."""
    from engine.stack import STORE

    from pulumi_identity.emulator import Emulator

    PREVIEWS.mkdir(exist_ok=True)
    for number, scenario in enumerate((_directory, _renamed, _adopted, _places)):
        with Emulator(identity_stores=(STORE, SECOND_STORE), namespaces=("sales",)) as aws:
            (folder / str(number)).mkdir()
            scenario(_Recorder(folder / str(number), aws), aws)


class _Recorder:
    """A stack whose previews are kept."""

    def __init__(self, folder: Path, aws: Emulator) -> None:
        from engine.stack import STORE, Stack, engine_environment

        for name in ("state", "home"):
            (folder / name).mkdir()
        (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
        self.stack = Stack(folder, engine_environment(folder, aws.url))
        self.stack.run("stack", "init", "production")
        self.stack.run("config", "set", "identity:identityStoreId", STORE)

    def program(self, text: str, **ids: str) -> None:
        for name, id_ in ids.items():
            text = text.replace(f"ID OF {name}", id_)
        self.stack.program(text)

    def save(self, name: str, *flags: str, check: bool = True) -> None:
        shown = self.stack.run("preview", "--json", *flags, check=check).stdout
        (PREVIEWS / f"{name}.json").write_text(_cleaned(shown, self.stack.folder), encoding="utf-8")

    def save_events(self, name: str) -> None:
        self.stack.environment["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"] = "true"
        self.save(name, *FLAGS)
        del self.stack.environment["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"]


def _directory(recorder: _Recorder, aws: Emulator) -> None:
    recorder.program(programs.DIRECTORY)
    recorder.save("first")
    recorder.stack.up()
    recorder.save("unchanged", *FLAGS)
    _meanwhile(aws)
    recorder.program(programs.CHANGED)
    recorder.save("changed", *FLAGS)
    recorder.save("changed-bare")
    recorder.save_events("changed-events")
    recorder.program(programs.FAILING)
    recorder.save("failed", *FLAGS, check=False)


def _renamed(recorder: _Recorder, aws: Emulator) -> None:
    guest = _made(aws, "user", UserName="guest", DisplayName="Guest", Name={"GivenName": "G", "FamilyName": "Uest"})
    recorder.program(programs.STANDING, guest=guest)
    recorder.stack.up()
    ola = recorder.stack.state()["ola"]["id"]
    recorder.program(programs.RENAMED, ola=ola)
    recorder.save("renamed", *FLAGS)
    recorder.save_events("renamed-events")
    recorder.save("part", *FLAGS, "--target", "**mia*")


def _adopted(recorder: _Recorder, aws: Emulator) -> None:
    recorder.program(programs.ADOPTED, everyone=_made(aws, "group", DisplayName="Everyone"))
    recorder.save("adopted", *FLAGS)


def _places(recorder: _Recorder, _: Emulator) -> None:
    recorder.program(programs.HERE_AND_THERE)
    recorder.stack.up()
    recorder.program(programs.ELSEWHERE)
    recorder.save("places", *FLAGS)


def _made(aws: Emulator, entity: str, **attributes: Any) -> str:
    """Make a user or a group by hand, and return its physical id."""
    import boto3
    from engine.stack import STORE

    store = boto3.client("identitystore", region_name="us-east-1", endpoint_url=aws.url)
    made = getattr(store, f"create_{entity}")(IdentityStoreId=STORE, **attributes)
    return f"{STORE}/{made[f'{entity.title()}Id']}"


def _meanwhile(aws: Emulator) -> None:
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
