"""docs/transforms.md, run: properties set by transforms are managed and readable; unknown ones are errors."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from engine.stack import STORE
from engine.test_documented_rules import documented

if TYPE_CHECKING:
    from engine.stack import Stack

PAGE = Path(__file__).parents[2] / "docs" / "transforms.md"
PEOPLE = f"""
def complete(args):
    if args.name == "jo":
        given = {{"title": "Engineer", "nick_name": pulumi.Output.secret("Jojo"), "identity_store_id": "{STORE}"}}
        return pulumi.ResourceTransformResult({{**args.props, **given}}, args.opts)

pulumi.runtime.register_resource_transform(complete)

jo = IdentityStoreUser(
    "jo", user_name="jo", display_name="Jo", name={{"given_name": "Jo", "family_name": "Doe"}},
    profile_url=pulumi.Output.secret("https://example.com/jo"),
)
readers = {{
    name: QuickSightUser(name, user_name=name, email=f"{{name}}@example.com", user_role="READER", tags=tags)
    for name, tags in {{"bare": None, "plain": None, "tagged": {{"team": "data"}}}}.items()
}}
pulumi.export("title", jo.title)
pulumi.export("nick_name", jo.nick_name)
pulumi.export("store", jo.identity_store_id)
pulumi.export("locale", jo.locale)
pulumi.export("bare", readers["bare"].tags)
pulumi.export("plain", readers["plain"].tags)
"""


def example(name: str) -> str:
    """Return the example of the page under a line that names it."""
    (block,) = re.findall(
        rf"^<!-- {name} -->\n```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return str(block)


def all_but_plain(text: str) -> str:
    """Return an example that leaves out the user `plain`."""
    return text.replace('QuickSightUser":', 'QuickSightUser" and args.name != "plain":')


def test_properties_set_by_transforms_are_managed_and_readable(stack: Stack) -> None:
    stack.run("config", "rm", "identity:identityStoreId")
    stack.program(all_but_plain(example("transformation")) + PEOPLE)
    shown = stack.run("preview", "--diff").stdout
    outputs = " ".join(shown.partition("--outputs:--")[2].partition("Resources:")[0].split())
    assert outputs == ('bare : { cost-center: "42" } nick_name: [secret] store : "d-1234567890" title : "Engineer"'), (
        "the others are known to have no value"
    )
    stack.up()
    stored = {"bare": {"cost-center": "42"}, "store": STORE, "title": "Engineer"}
    assert json.loads(stack.run("stack", "output", "--json").stdout) == stored | {"nick_name": "[secret]"}
    assert stack.outputs() == stored | {"nick_name": "Jojo"}
    state = stack.state()
    assert state["bare"]["inputs"]["tags"] == {"cost-center": "42"}
    assert state["tagged"]["inputs"]["tags"] == {"cost-center": "42", "team": "data"}

    stack.program(all_but_plain(example("transform")) + PEOPLE)
    assert stack.preview("--expect-no-changes").ops() == {}


def test_unknown_properties_fail_the_preview(stack: Stack) -> None:
    everywhere = example("transformation").replace(' == "pulumi-python:dynamic/identity:QuickSightUser"', "")
    wrong = PEOPLE.replace('"title":', '"titel":')
    stack.program(everywhere.replace('args.props["tags"] or', 'args.props.get("tags") or') + wrong)
    failed = stack.preview(check=False)
    (expected,) = documented("titel", PAGE)
    assert failed.code != 0
    assert expected[0] in failed.diagnostics
    assert "tags is not a known property" in failed.diagnostics
    assert "Traceback" not in failed.diagnostics


def test_an_import_file_with_an_unknown_property_is_reported(stack: Stack) -> None:
    stack.program('Group("admins", display_name="Admins", description="All")')
    stack.up()
    admins = stack.state()["admins"]
    stack.run("state", "delete", admins["urn"], "--yes")
    entry = {key: admins[key] for key in ("type", "id", "outputs")} | {"name": "admins", "logicalName": "admins"}
    entry["inputs"] = admins["inputs"] | {"descripton": "All"}
    (stack.folder / "import.json").write_text(json.dumps({"resources": [entry]}), encoding="utf-8")
    imported = stack.run("import", "--file", "import.json", "--generate-code=false", "--yes", check=False)
    said = imported.stdout + imported.stderr
    assert "descripton is not a known property; did you mean 'description'?" in said
