"""Write the previews that the tests render, with the real engine, and then the goldens.

    python tests/review/make_previews.py            both
    python tests/review/make_previews.py --golden   only the goldens of the committed previews

Both are the same in every run: the emulator has a seed, steps are sorted, and only fields that a review reads remain.
Read the difference before you commit it: it is what reviewers will see.
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
    from collections.abc import Iterable, Iterator

    from pulumi_identity.emulator import Emulator

PREVIEWS, GOLDEN = HERE / "previews", HERE / "golden"
GOLDENS = {
    "changed.html": "html",
    "changed.json": "json",
    "changed.md": "markdown",
    "changed.txt": "text",
    "sets.html": "html",
    "sets.md": "markdown",
    "sets.txt": "text",
    "sets.json": "json",
    "adopted.html": "html",
    "adopted.json": "json",
}
"""A file in `GOLDEN`, called after its preview → the format that it has."""
ISSUER = "https://idp.example.com"
SECOND_STORE = "d-0987654321"
FLAGS = ("--refresh", "--show-sames")
SEED = 1
ONE_BY_ONE = ("--parallel", "1")
"""The order of the calls decides the times in state, and what a failed preview comes to before it ends."""


def preview_of(name: str) -> str:
    """Return a committed preview."""
    return (PREVIEWS / f"{name}.json").read_text(encoding="utf-8")


def rendered(name: str, format_: str) -> str:
    """Return a committed preview in one of the formats of a review."""
    from pulumi_identity.review import RENDERERS, review

    return RENDERERS[format_](review(preview_of(name)))


def write_goldens() -> None:
    """Write each file of `GOLDENS`."""
    GOLDEN.mkdir(exist_ok=True)
    for file, format_ in GOLDENS.items():
        (GOLDEN / file).write_text(rendered(Path(file).stem, format_), encoding="utf-8")


# The engine's runs


def write_previews(folder: Path) -> None:
    """Run the engine in a folder, and write each preview into `PREVIEWS`."""
    from engine.stack import STORE

    from pulumi_identity.emulator import Emulator

    PREVIEWS.mkdir(exist_ok=True)
    for number, scenario in enumerate((_directory, _renamed, _adopted, _places, _sets)):
        with Emulator(identity_stores=(STORE, SECOND_STORE), namespaces=("sales",), seed=SEED) as aws:
            (folder / str(number)).mkdir()
            scenario(_Recorder(folder / str(number), aws), aws)


class _Recorder:
    """A stack that saves its previews."""

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
        from pulumi_identity.review import RENDERERS, review

        printed = self.stack.run("preview", "--json", *ONE_BY_ONE, *flags, check=check).stdout
        printed = printed.replace(str(self.stack.folder), "people").replace(str(HERE.parents[1]), "pulumi_identity")
        kept = _without_noise(printed)
        for format_, write in RENDERERS.items():
            assert write(review(kept)) == write(review(printed)), f"{name}: what was left out changes the {format_}"
        (PREVIEWS / f"{name}.json").write_text(kept, encoding="utf-8")

    def save_events(self, name: str) -> None:
        self.stack.environment["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"] = "true"
        self.save(name, *FLAGS)
        del self.stack.environment["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"]


def _directory(recorder: _Recorder, aws: Emulator) -> None:
    recorder.program(programs.DIRECTORY)
    recorder.save("first")
    recorder.stack.up(*ONE_BY_ONE)
    recorder.save("unchanged", *FLAGS)
    _change_by_hand(aws)
    recorder.program(programs.CHANGED)
    recorder.save("changed", *FLAGS)
    recorder.save("changed-bare")
    recorder.save_events("changed-events")
    recorder.program(programs.FAILING)
    recorder.save("failed", *FLAGS, check=False)


def _renamed(recorder: _Recorder, aws: Emulator) -> None:
    name = {"GivenName": "G", "FamilyName": "Uest"}
    guest = _create_by_hand(aws, "user", UserName="guest", DisplayName="Guest", Name=name)
    _create_by_hand(aws, "group", DisplayName="Taken")
    recorder.program(programs.OLD_NAME, guest=guest)
    recorder.stack.up(*ONE_BY_ONE)
    recorder.program(programs.HALFWAY, guest=guest)
    recorder.stack.up(*ONE_BY_ONE, check=False)
    ola = recorder.stack.state()["ola"]["id"]
    recorder.program(programs.RENAMED, ola=ola)
    recorder.save("renamed", *FLAGS)
    recorder.save_events("renamed-events")
    recorder.save("part", *FLAGS, "--target", "**mia*")


def _adopted(recorder: _Recorder, aws: Emulator) -> None:
    recorder.program(programs.ADOPTED, everyone=_create_by_hand(aws, "group", DisplayName="Everyone"))
    recorder.save("adopted", *FLAGS)


def _places(recorder: _Recorder, _: Emulator) -> None:
    recorder.program(programs.HERE_AND_THERE)
    recorder.stack.up(*ONE_BY_ONE)
    recorder.program(programs.ELSEWHERE)
    recorder.save("places", *FLAGS)


def _sets(recorder: _Recorder, aws: Emulator) -> None:
    recorder.program(programs.SETS)
    recorder.save("sets-first")
    recorder.stack.up(*ONE_BY_ONE)
    eve, mal = (
        _create_by_hand(aws, "user", UserName=f"{name}@example.com", DisplayName=name.title(),
                        Name={"GivenName": name.title(), "FamilyName": "Outside"})
        for name in ("eve", "mal")
    )  # fmt: skip
    dan = recorder.stack.state()["dan"]["id"]
    for user, group in ((mal, "AWS-Admins"), (dan, "Analysts"), (eve, "Readers"), (eve, "Writers")):
        _add_by_hand(aws, user, group)
    recorder.program(programs.OTHER_SETS)
    recorder.save("sets", *FLAGS)
    recorder.save("sets-bare")
    recorder.save_events("sets-events")


def _add_by_hand(aws: Emulator, user: str, group: str) -> None:
    """Add a user to a group outside Pulumi."""
    import boto3
    from engine.stack import STORE

    store = boto3.client("identitystore", region_name="us-east-1", endpoint_url=aws.url)
    groups = {entry["DisplayName"]: entry["GroupId"] for entry in store.list_groups(IdentityStoreId=STORE)["Groups"]}
    member = {"UserId": user.rpartition("/")[2]}
    store.create_group_membership(IdentityStoreId=STORE, GroupId=groups[group], MemberId=member)


def _create_by_hand(aws: Emulator, entity: str, **attributes: Any) -> str:
    """Create a user or a group outside Pulumi, and return its physical id."""
    import boto3
    from engine.stack import STORE

    store = boto3.client("identitystore", region_name="us-east-1", endpoint_url=aws.url)
    created = getattr(store, f"create_{entity}")(IdentityStoreId=STORE, **attributes)
    return f"{STORE}/{created[f'{entity.title()}Id']}"


def _change_by_hand(aws: Emulator) -> None:
    """Make the changes outside Pulumi that the next refresh finds."""
    import boto3
    from engine.stack import STORE

    options = {"region_name": "us-east-1", "endpoint_url": aws.url}
    store, desktops = boto3.client("identitystore", **options), boto3.client("appstream", **options)
    groups = {group["DisplayName"]: group["GroupId"] for group in store.list_groups(IdentityStoreId=STORE)["Groups"]}
    description = [{"AttributePath": "description", "AttributeValue": "May look and touch"}]
    store.update_group(IdentityStoreId=STORE, GroupId=groups["Readers"], Operations=description)
    users = {user["UserName"]: user["UserId"] for user in store.list_users(IdentityStoreId=STORE)["Users"]}
    aws.identitystore.set_external_ids(STORE, users["scim@example.com"], (ISSUER, "42"))
    desktops.delete_user(UserName="cleo@example.com", AuthenticationType="USERPOOL")


# What is kept of a preview

STEP = ("op", "urn", "oldState", "newState", "old", "new", "replaceReasons", "keys", "detailedDiff")
STATE = (
    "custom", "urn", "id", "inputs", "outputs", "protect", "retainOnDelete", "deletedWith", "external",
    "pendingReplacement", "propertyDependencies",
)  # fmt: skip
DIAGNOSTIC = ("severity", "prefix", "message", "urn")
SUMMARY = ("resourceChanges", "isPreview", "result")
"""The fields that a review reads; `_Recorder.save` checks that it renders the same without all others."""

CONSTANT = {"__provider": "gASV (a pickled provider)", "ciphertext": "(encrypted)"}
"""Texts that are long or differ from run to run, and whose content no review reads."""


def _without_noise(printed: str) -> str:
    """Return what a review reads of a preview, sorted, a step a line."""
    try:
        document = json.loads(printed, object_hook=_with_constants)
    except json.JSONDecodeError:
        events = [json.loads(line, object_hook=_with_constants) for line in printed.splitlines()]
        kept = (json.dumps({"sequence": n} | event, ensure_ascii=False) for n, event in enumerate(_events(events)))
        return "".join(f"{line}\n" for line in kept)
    steps = ",\n".join(json.dumps(step, ensure_ascii=False) for step in _sorted(map(_step, document["steps"])))
    rest = {"diagnostics": [_fields(said, DIAGNOSTIC) for said in document.get("diagnostics") or ()]}
    rest |= _fields(document, ("changeSummary",))
    return f'{{"steps": [\n{steps}\n],\n{json.dumps(rest, ensure_ascii=False)[1:]}\n'


def _with_constants(value: dict[str, Any]) -> dict[str, Any]:
    return {key: CONSTANT.get(key, item) if isinstance(item, str) else item for key, item in value.items()}


def _events(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Sort the events of steps and put them before the others, which stay in their order."""
    for kind, of in (("resourcePreEvent", _step), ("resOutputsEvent", _result)):
        steps = [event[kind]["metadata"] for event in events if kind in event]
        yield from ({kind: {"metadata": step}} for step in _sorted(map(of, steps)))
    for event in events:
        if "diagnosticEvent" in event and event["diagnosticEvent"]["severity"] != "debug":
            yield {"diagnosticEvent": _fields(event["diagnosticEvent"], DIAGNOSTIC)}
        elif "summaryEvent" in event:
            yield {"summaryEvent": _fields(event["summaryEvent"], SUMMARY)}
        elif "cancelEvent" in event:
            yield {"cancelEvent": {}}


def _sorted(steps: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(filter(None, steps), key=lambda step: (step["urn"], step["op"]))


def _step(step: dict[str, Any]) -> dict[str, Any]:
    if "::pulumi:providers:" in step["urn"]:  # the engine gives it another id in each run
        return _fields(step, ("op", "urn"))
    kept = _fields(step, STEP)
    if step["op"] == "refresh":  # what it finds is read from the event of its result only
        kept = {name: value for name, value in kept.items() if name not in {"newState", "new"}}
    return _with_states(kept)


def _result(step: dict[str, Any]) -> dict[str, Any]:
    """Return what a refresh has found; nothing for other steps."""
    return _with_states(_fields(step, ("op", "urn", "new"))) if step["op"] == "refresh" else {}


def _with_states(step: dict[str, Any]) -> dict[str, Any]:
    return step | {name: _state(step[name]) for name in ("oldState", "newState", "old", "new") if name in step}


def _state(state: dict[str, Any]) -> dict[str, Any]:
    kept = _fields(state, STATE)
    sources = {name: sorted(urns) for name, urns in kept.pop("propertyDependencies", {}).items() if urns}
    return kept | ({"propertyDependencies": sources} if sources else {})


def _fields(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields of these names that are not empty."""
    return {name: value[name] for name in names if value.get(name) not in (None, "", [], {})}


if __name__ == "__main__":
    os.environ |= {
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    if "--golden" not in sys.argv:
        with tempfile.TemporaryDirectory() as temporary:
            write_previews(Path(temporary).resolve())
    write_goldens()
