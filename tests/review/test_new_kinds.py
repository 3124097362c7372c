"""A kind that is declared later has its column, its headline and its dangers without a word in the review."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from review.steps import STORE, preview, state, step, user

from pulumi_identity.provider.kinds import Kind, Reference
from pulumi_identity.provider.registry import KINDS
from pulumi_identity.provider.schema import Schema
from pulumi_identity.provider.traits import Admin, Column, UncertainUpdate
from pulumi_identity.review import RENDERERS, Review, Thresholds, review

if TYPE_CHECKING:
    from collections.abc import Iterator


def kind(name: str, **attributes: Any) -> Kind:
    """Return a kind that nothing but the review uses."""
    made: Any = type(name, (Kind,), {"name": name, "service": "robots", "schema": Schema({}, ())} | attributes)
    made.__abstractmethods__ = frozenset()
    return made()


ROBOT = kind(
    "RobotPilot",
    noun="robot pilot",
    plural="robot pilots",
    natural_key=("region", "call_sign"),
    is_person=True,
    decides_access=frozenset({"call_sign", "rank"}),
    sign_in=frozenset({"badge"}),
    deleting="The robot stops.",
    column=Column(key="robots", title="Robots", gets="a robot", place="the hangar", property="rank"),
    admin=Admin(
        property="rank",
        values=("CAPTAIN",),
        unremarkable=(("ADMIRAL", "CAPTAIN"),),
        title="Commands the robots",
        why="A captain commands all robots.",
    ),
    uncertain_update=UncertainUpdate(
        property="rank",
        may_refuse=lambda before, after: (before, after) == ("CAPTAIN", "CADET"),
        why="A captain can refuse.",
    ),
    refused={"rank": "keep the rank"},
)
SQUAD = kind(
    "Squad",
    noun="squad",
    plural="squads",
    natural_key=("region", "motto"),
    is_group=True,
    decides_access=frozenset({"motto"}),
    deleting="The squad's pilots lose their robots.",
)
SEAT = kind(
    "SquadSeat",
    noun="seat",
    plural="seats",
    natural_key=("squad", "pilot"),
    references={
        "squad": Reference(kind=type(SQUAD), property="squad_id"),
        "pilot": Reference(kind=type(ROBOT), property="pilot_id"),
    },
    decides_access=frozenset({"squad", "pilot"}),
    takes_existing=True,
    deleting="The pilot leaves the squad.",
)
BERTH = kind(
    "Berth",
    noun="berth",
    plural="berths",
    natural_key=("region", "motto", "call_sign"),
    references={
        "call_sign": Reference(kind=type(ROBOT), property="call_sign"),
        "motto": Reference(kind=type(SQUAD), property="motto"),
    },
    decides_access=frozenset({"motto", "call_sign"}),
    takes_existing=True,
    deleting="The pilot leaves the squad.",
)
"""A relation by names, which no program can declare."""
BERTHS = kind(
    "Berths",
    noun="set of berths",
    plural="sets of berths",
    natural_key=("region", "motto"),
    references={"motto": Reference(kind=type(SQUAD), property="motto")},
    relation=type(BERTH),
    decides_access=frozenset({"motto", "members", "exclusive"}),
    deleting="The pilots leave the squad.",
)


@pytest.fixture(autouse=True)
def _declare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for kind in (ROBOT, SQUAD, SEAT, BERTHS):
        monkeypatch.setitem(KINDS, kind.name, kind)
    return


def robot(name: str, **inputs: Any) -> Any:
    return state({"call_sign": name} | inputs, {"pilot_id": f"id-of-{name}"})


def squad(name: str, **inputs: Any) -> Any:
    return state({"motto": name} | inputs, {"squad_id": f"id-of-{name}"})


SEATED = state({"squad": "id-of-reds", "pilot": "id-of-jo"})
JO = step("same", "IdentityStoreUser", "jo", user("jo"), user("jo"))
PILOT = step("same", "RobotPilot", "jo", robot("jo", rank="CADET"), robot("jo", rank="CADET"))
REDS = step("same", "Squad", "reds", squad("reds"), squad("reds"))


def ranked(before: str, after: str) -> dict[str, Any]:
    return step("update", "RobotPilot", "jo", robot("jo", rank=before), robot("jo", rank=after))


@pytest.mark.parametrize(
    ("steps", "headline"),
    [
        ([JO, step("create", "RobotPilot", "jo", None, robot("jo", rank="CADET"))], "1 person gets a robot"),
        ([JO, step("delete", "RobotPilot", "jo", robot("jo"))], "1 person is locked out of the hangar"),
        ([step("create", "RobotPilot", "jo", None, robot("jo"))], "1 person joins"),
        ([step("delete", "IdentityStoreUser", "jo", user("jo")), PILOT],
         "1 person leaves the directory but keeps the hangar"),
        ([ranked("CADET", "CAPTAIN")], "1 person becomes CAPTAIN"),
        ([ranked("CADET", "<b>")], "1 person gets an unknown role in the hangar"),
        ([step("create", "Squad", "reds", None, squad("reds"))], "1 squad is created"),
        ([step("update", "Squad", "reds", squad("reds"), squad("root"))], "1 squad becomes admin-like"),
        ([PILOT, REDS, step("create", "SquadSeat", "s", None, SEATED)], "1 person is added to groups"),
        ([PILOT, step("delete", "Squad", "reds", squad("reds")), step("same", "SquadSeat", "s", SEATED, SEATED)],
         "1 person is removed from groups, 1 squad is deleted"),
        ([PILOT, REDS, step("create", "SquadSeat", "s", None, SEATED), step("delete", "SquadSeat", "t", SEATED)],
         "Nothing changes in AWS, 1 resource gets a new name in state"),
    ],
)  # fmt: skip
def test_the_headline(steps: list[dict[str, Any]], headline: str) -> None:
    assert review(preview(*steps)).headline == headline


@pytest.mark.parametrize(
    ("steps", "danger"),
    [
        ([ranked("CADET", "CAPTAIN")], ("becomes-admin", "Commands the robots", "jo: CADET → CAPTAIN")),
        ([step("delete", "RobotPilot", "jo", robot("jo"))], ("deleted", "Deleted", "jo, robot pilot")),
        ([step("delete", "Squad", "reds", squad("reds"))], ("deleted", "Deleted", "reds, squad")),
        ([PILOT, REDS, step("create", "SquadSeat", "s", None, SEATED)],
         ("admin-group-gains", "Added to an admin-like group", "jo → reds")),
        ([step("update", "RobotPilot", "jo", robot("jo", badge="1"), robot("jo", badge="2"))],
         ("another-login", "New e-mail address or login", "jo, robot pilot: badge, 1 → 2")),
        ([step("create", "RobotPilot", "jo", None, robot("jo", rank="[secret]"))],
         ("unknown-access", "Access depends on an unknown value", "rank of jo, robot pilot")),
        ([PILOT, REDS, step("same", "SquadSeat", "s", SEATED, SEATED), step("delete", "SquadSeat", "t", SEATED)],
         ("same-in-aws", "Same entity as another resource", "jo → reds, seat: s is unchanged, t is deleted")),
    ],
)  # fmt: skip
def test_a_danger(steps: list[dict[str, Any]], danger: tuple[str, str, str]) -> None:
    limits = Thresholds(admin_groups=("reds",), max_deleted=100)
    found = review(preview(*steps), limits=limits).dangers
    assert [(entry.rule, entry.title, entry.write_sentence(str)) for entry in found] == [danger]


def test_unremarkable_steps_and_deleted_relations_are_no_danger() -> None:
    seat = step("delete", "SquadSeat", "s", SEATED)
    assert review(preview(ranked("ADMIRAL", "CAPTAIN"), REDS, seat)).dangers == ()


@pytest.mark.parametrize(("before", "refused"), [("CAPTAIN", True), ("ADMIRAL", False)])
def test_an_update_that_may_be_refused(before: str, *, refused: bool) -> None:
    found = review(preview(ranked(before, "CADET"))).dangers
    reasons = [danger.why for danger in found if danger.rule == "may-be-refused"]
    assert [why.startswith("A captain can refuse. Keep the rank. A refused update stops") for why in reasons] == [
        True
    ] * refused


def seated() -> Review:
    return review(preview(JO, ranked("CADET", "CAPTAIN"), REDS, step("create", "SquadSeat", "s", None, SEATED)))


def test_the_page_has_the_column_and_the_group() -> None:
    page = RENDERERS["html"](seated())
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page)
    assert heads == ["Person", "Directory", "QuickSight", "AppStream", "Robots", "reds"]
    assert "<del>CADET</del> → <ins>CAPTAIN</ins>" in page
    assert "<h3>Robot pilots</h3>" in page


def test_the_json_has_the_column_and_the_kind() -> None:
    document = json.loads(RENDERERS["json"](seated()))
    (person,) = document["people"]
    assert person["robots"] == {"before": "CADET", "after": "CAPTAIN", "replaced": False, "may_exist": False}
    assert person["groups"]["reds"]["after"] == "member"
    assert [change["kind"] for change in document["changes"]] == ["RobotPilot", "SquadSeat"]


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_the_comment_and_the_text_have_the_heading(form: str) -> None:
    assert re.search(r"^(### )?Robot pilots", RENDERERS[form](seated()), re.MULTILINE)


def test_a_person_without_a_column_joins_no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(ROBOT), "column", None)
    found = review(preview(JO, step("create", "RobotPilot", "jo", None, robot("jo", region=STORE))))
    assert found.headline == "1 person has other changes"
    assert [*found.matrix.people[0].accounts] == ["IdentityStoreUser", "QuickSightUser", "AppStreamUser"]


# A set of members that AWS identifies by their names, as a relation that is no resource


def berths(*pilots: str, region: str = "here", **inputs: Any) -> Any:
    members = {pilot: pilot for pilot in pilots}
    return state({"region": region, "motto": "reds", "members": members, "exclusive": True} | inputs)


def in_region(kind: str, name: str, made: Any, region: str) -> dict[str, Any]:
    placed = {part: made[part] | {"region": region} for part in ("inputs", "outputs")}
    return step("same", kind, f"{name}-{region}", made | placed, made | placed)


PLACED = [
    in_region(kind, name, made, region)
    for region in ("here", "there")
    for kind, name, made in (("RobotPilot", "jo", robot("jo")), ("Squad", "reds", squad("reds")))
]


def berthed(*steps: dict[str, Any]) -> Review:
    return review(preview(*steps), limits=Thresholds(max_deleted=100))


def test_members_with_names_are_those_of_their_place() -> None:
    found = berthed(*PLACED, step("update", "Berths", "reds", berths("jo", "ann"), berths("ann", "bob")))
    changes = {change.label: (change.kind.noun, change.action.name) for change in found.plan.changed}
    assert changes == {
        "jo-here (jo, region here) → reds-here (reds, region here)": ("berth", "DELETE"),
        "bob → reds-here (reds, region here)": ("berth", "CREATE"),
    }
    assert found.dangers == ()
    assert "### Berths: 1 created, 1 deleted" in RENDERERS["markdown"](found)


def test_sets_of_two_places_are_no_twins() -> None:
    sets = [
        step("delete", "Berths", "old", berths("zoe", region="here")),
        step("create", "Berths", "new", None, berths("zoe", region="there")),
    ]
    for steps in (sets, [*PLACED, *sets]):
        memberships = [change for change in berthed(*steps).plan.changed if change.kind.noun == "berth"]
        assert sorted(change.action.name for change in memberships) == ["CREATE", "DELETE"]
