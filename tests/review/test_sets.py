"""A set's preview → the memberships of its members, what remains of the set, and its dangers."""

from __future__ import annotations

from typing import Any

import pytest
from review.steps import STORE, UNKNOWN, group, membership, preview, state, step, urn, user

from pulumi_identity.review import RENDERERS, Review, Thresholds, review

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "(encrypted)"}


def ids(*names: str) -> dict[str, str]:
    return {name: f"id-of-{name}" for name in names}


def crew(members: Any, into: str = "id-of-crew", **others: Any) -> dict[str, Any]:
    """A set as state has it; `outputs` are hidden keys and computed properties, `sources` the members' resources."""
    sources, outputs = others.pop("sources", None), others.pop("outputs", {})
    inputs = {"identity_store_id": STORE, "group_id": into, "members": members, "exclusive": True} | others
    depends = {"members": [urn("IdentityStoreUser", name) for name in sources]} if sources else {}
    made = state(inputs, {"region": "us-east-1"} | outputs, propertyDependencies=depends)
    assert made
    return made


def strange(*labels: str) -> dict[str, Any]:
    return {"__strangers": list(labels)}


def same(kind: str, name: str) -> dict[str, Any]:
    made = (user if kind == "IdentityStoreUser" else group)(name)
    return step("same", kind, name, made, made)


def new_user(name: str) -> dict[str, Any]:
    return step("create", "IdentityStoreUser", name, None, state({"identity_store_id": STORE, "user_name": name}))


def of(op: str, old: Any = None, new: Any = None, name: str = "crew-set", **others: Any) -> dict[str, Any]:
    return step(op, "GroupMembers", name, old, new, **others)


def found(*steps: dict[str, Any], **others: Any) -> Review:
    people = [same("IdentityStoreUser", name) for name in ("ann", "bob", "jo")]
    shown = [same("Group", "crew"), same("Group", "team"), *people]
    of_others = [one for one in shown if one["urn"] not in {step_["urn"] for step_ in steps}]
    return review(preview(*of_others, *steps, **others), limits=Thresholds(max_deleted=100, admin_groups=("team",)))


def changes(reviewed: Review) -> dict[str, str]:
    return {change.label: change.action.name.lower() for change in reviewed.plan.changed}


def refreshed(old: dict[str, Any], live: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of a set that a refresh reads, and that the program then leaves or updates."""
    op = "same" if live["inputs"] == new["inputs"] else "update"
    return [of("refresh", old, live), of(op, live, new)]


ANN_JO = crew(ids("ann", "jo"))
STRANGE = crew(ids("ann", "jo", "eve"), outputs=strange("eve"))
OPEN = crew(ids("ann"), exclusive=False, outputs={"other_members": ids("eve")})


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ([of("same", ANN_JO, ANN_JO)], {}),
        ([of("create", None, ANN_JO)], {"ann → crew": "create", "jo → crew": "create"}),
        ([of("update", ANN_JO, crew(ids("jo", "bob")))], {"ann → crew": "delete", "bob → crew": "create"}),
        ([of("update", ANN_JO, crew({"a": "id-of-ann", "b": "id-of-jo"}))], {}),
        ([of("update", ANN_JO, crew({"ann": "id-of-jo", "jo": "id-of-bob"}))],
         {"ann → crew": "delete", "bob → crew": "create"}),
        ([of("update", ANN_JO, crew({}))], {"ann → crew": "delete", "jo → crew": "delete"}),
        ([of("delete", ANN_JO)], {"ann → crew": "delete", "jo → crew": "delete"}),
        ([of("delete", ANN_JO | {"retainOnDelete": True})], {"ann → crew": "forget", "jo → crew": "forget"}),
        ([of("replace", ANN_JO, crew(ids("jo", "bob"), "id-of-team"), replaceReasons=["group_id"])],
         {"ann → crew": "delete", "jo → team": "replace", "bob → team": "create"}),
        ([of("import", None, ANN_JO)], {"ann → crew": "import", "jo → crew": "import"}),
        # A stranger of an exclusive set leaves; one of another set stays.
        ([of("update", STRANGE, ANN_JO)], {"eve → crew": "delete"}),
        ([of("update", STRANGE, crew(ids("ann", "jo"), exclusive=False))],
         {"eve → crew": "forget", "crew-set → crew": "update"}),
        ([of("update", STRANGE, crew(ids("ann"), exclusive=False))],
         {"eve → crew": "forget", "jo → crew": "delete", "crew-set → crew": "update"}),
        ([of("update", STRANGE, crew(ids("ann", "jo", "eve")))], {}),
        ([of("update", OPEN, crew(ids("ann", "jo"), exclusive=False))], {"jo → crew": "create"}),
        ([of("update", OPEN, crew(ids("ann", "eve"), exclusive=False))], {}),
        ([of("update", OPEN, crew(ids("ann")))], {"eve → crew": "delete", "crew-set → crew": "update"}),
        ([of("delete", OPEN)], {"ann → crew": "delete"}),
        # The settings of a new set
        ([of("create", None, crew(ids("jo"), exclusive=False))], {"jo → crew": "create", "crew-set → crew": "create"}),
        ([of("create", None, crew(ids("jo"), adopt=True))], {"jo → crew": "adopt", "crew-set → crew": "adopt"}),
        ([of("create", None, crew({}, adopt=True))], {"crew-set → crew": "adopt"}),
        ([of("create", None, crew({}))], {}),
        # Moves between resources
        ([step("delete", "GroupMembership", "jo", membership("id-of-jo", "id-of-crew")),
          of("create", None, crew(ids("jo")))], {}),
        ([step("create", "GroupMembership", "jo", None, membership("id-of-jo", "id-of-crew")),
          of("update", ANN_JO, crew(ids("ann")))], {}),
        ([of("delete", ANN_JO), of("create", None, ANN_JO, "renamed")], {}),
        ([of("delete", ANN_JO), of("create", None, crew(ids("jo")), "renamed")], {"ann → crew": "delete"}),
        ([of("delete", OPEN), of("create", None, crew(ids("ann")), "renamed")], {"renamed → crew": "update"}),
        # Members and groups that end
        ([step("delete", "Group", "crew", group("crew")), of("same", ANN_JO, ANN_JO)],
         {"crew": "delete", "ann → crew": "delete", "jo → crew": "delete"}),
        ([step("delete", "IdentityStoreUser", "jo", user("jo")), of("same", ANN_JO, ANN_JO)],
         {"jo": "delete", "jo → crew": "delete"}),
        ([step("replace", "IdentityStoreUser", "jo", user("jo"), state({"user_name": "jo"})),
          of("update", ANN_JO, crew({"ann": "id-of-ann", "jo": UNKNOWN}, sources=["ann", "jo"]))],
         {"jo": "replace", "jo → crew": "replace"}),
        # Members that are unknown, as a whole or one by one
        ([of("update", ANN_JO, crew(UNKNOWN))], {"crew-set → crew": "update"}),
        ([of("update", ANN_JO, crew("[secret]"))], {"crew-set → crew": "update"}),
        ([of("create", None, crew(UNKNOWN))], {"crew-set → crew": "create"}),
        ([of("update", crew({"jo": SECRET}), crew({"jo": SECRET}), detailedDiff={"members.jo": {"kind": "update"}})],
         {"crew-set (jo (a secret user) → crew)": "replace"}),
        ([of("create", None, crew({"x": "9067"}))], {"crew-set (x (9067) → crew)": "create"}),
    ],
)  # fmt: skip
def test_a_set_shows_as_memberships(steps: list[dict[str, Any]], shown: dict[str, str]) -> None:
    reviewed = found(*steps)
    assert changes(reviewed) == shown
    urns = [change.urn for change in reviewed.plan.resources]
    assert len(set(urns)) == len(urns)


@pytest.mark.parametrize(
    ("members", "sources", "labels"),
    [
        ({"new": UNKNOWN}, ["new"], ["new → crew"]),
        ({"boss": UNKNOWN}, ["new"], ["new → crew"]),
        ({"new": UNKNOWN, "old": UNKNOWN}, ["new", "old"], ["new → crew", "old → crew"]),
        ({"new": UNKNOWN, "boss": UNKNOWN}, ["new", "old"], ["new → crew", "old → crew"]),
        ({"a": UNKNOWN, "b": UNKNOWN}, ["new", "old"],
         ["crew-set (a (an unknown user) → crew)", "crew-set (b (an unknown user) → crew)"]),
        ({"new": UNKNOWN}, None, ["crew-set (new (an unknown user) → crew)"]),
        ({"jo": "id-of-jo", "new": UNKNOWN}, ["jo", "new"], ["jo → crew", "new → crew"]),
        ({"jo": UNKNOWN}, ["jo"], ["crew-set (jo → crew)"]),
    ],
)  # fmt: skip
def test_an_unknown_member_is_the_resource_with_its_label(
    members: dict[str, str], sources: list[str] | None, labels: list[str]
) -> None:
    reviewed = found(new_user("new"), new_user("old"), of("create", None, crew(members, sources=sources)))
    assert [label for label in changes(reviewed) if "→" in label] == labels


def test_a_label_in_a_component_is_the_end_of_a_resources_name() -> None:
    names = ("crew-old", "crew-new")
    members = crew({"new": UNKNOWN, "old": UNKNOWN}, sources=names) | {"parent": urn("Directory", "crew")}
    reviewed = found(*map(new_user, names), of("create", None, members))
    assert [label for label in changes(reviewed) if "→" in label] == ["crew-new → crew", "crew-old → crew"]


def dangers(reviewed: Review) -> list[tuple[str, str]]:
    return [(danger.rule, danger.write_sentence(str)) for danger in reviewed.dangers]


@pytest.mark.parametrize(
    ("steps", "danger"),
    [
        (refreshed(ANN_JO, STRANGE, ANN_JO),
         ("added-outside", "eve → crew: this update removes the person from the group")),
        (refreshed(ANN_JO, crew(ids("ann", "jo", "bob"), outputs=strange()), ANN_JO),
         ("added-outside", "bob → crew: this update removes the person from the group")),
        ([of("update", STRANGE, ANN_JO)],
         ("added-outside", "eve → crew: this update removes the person from the group")),
        (refreshed(ANN_JO, STRANGE, STRANGE),
         ("added-outside", "eve → crew: the person stays in the group, because the program declares the membership")),
        (refreshed(crew(ids("ann"), exclusive=False), OPEN, OPEN),
         ("added-outside", "eve → crew: the person stays in the group, because the set is not exclusive")),
        (refreshed(OPEN, OPEN, OPEN), None),
        ([of("same", OPEN, OPEN)], None),
        ([of("create", None, crew(ids("jo"), adopt=True))],
         ("removes-others", "crew-set → crew, set of members, is created or adopted")),
        ([of("replace", crew(ids("jo"), "id-of-team", adopt=True), crew(ids("jo"), adopt=True))],
         ("removes-others", "crew-set → crew, set of members, is replaced")),
        ([of("create", None, crew({"jo": "id-of-jo"}, adopt=True, exclusive=False))], None),
        ([step("create", "Group", "new", None, state({"display_name": "new"})),
          of("create", None, crew(ids("jo"), UNKNOWN, adopt=True)
             | {"propertyDependencies": {"group_id": [urn("Group", "new")]}})], None),
        ([of("update", OPEN, crew(ids("ann")))],
         ("removes-others", "crew-set → crew becomes exclusive: it removes eve")),
        ([of("update", crew(ids("ann"), exclusive=False), crew(ids("ann")))],
         ("removes-others", "crew-set → crew becomes exclusive")),
        ([of("update", ANN_JO, crew(ids("ann", "jo"), exclusive=False))],
         ("not-exclusive", "crew-set → crew, set of members")),
        ([of("update", ANN_JO, crew(UNKNOWN))], ("unknown-access", "members of crew-set → crew, set of members")),
        ([of("update", ANN_JO, crew("[secret]"))], ("unknown-access", "members of crew-set → crew, set of members")),
        ([of("update", ANN_JO | {"protect": True}, crew(ids("ann")) | {"protect": True})],
         ("protected", "crew-set → crew, set of members, is updated")),
        ([of("same", ANN_JO | {"protect": True}, ANN_JO)],
         ("protected", "crew-set → crew, set of members, loses its protection")),
        ([of("update", crew(ids("ann"), "id-of-team"), crew(ids("ann", "jo"), "id-of-team"))],
         ("admin-group-gains", "jo → team")),
        ([of("create", None, crew({"jo": "id-of-jo"}, "9067"), "team")], ("admin-group-gains", "jo → 9067")),
    ],
)  # fmt: skip
def test_what_is_a_danger(steps: list[dict[str, Any]], danger: tuple[str, str] | None) -> None:
    others = ("members of team, 100 %", "the preview has only the id of the group")
    shown = [entry for entry in dangers(found(*steps)) if not any(text in entry[1] for text in others)]
    assert shown == ([danger] if danger else [])


@pytest.mark.parametrize(
    ("refresh", "why"),
    [
        (True, ", including those added after the refresh."),
        (False, ". Without --refresh, it may not name all."),
    ],
)
def test_a_set_that_becomes_exclusive_says_who_else_may_be_there(why: str, *, refresh: bool) -> None:
    new = crew(ids("ann"))
    steps = refreshed(OPEN, OPEN, new) if refresh else [of("update", OPEN, new)]
    (shown,) = (danger.why for danger in found(*steps).dangers if danger.rule == "removes-others")
    assert shown == f"The update removes every member that the program does not declare{why}"


def test_many_removed_members_are_named_up_to_ten() -> None:
    others = {f"p{number:02}": f"id-of-p{number:02}" for number in range(12)}
    before = crew(ids("ann"), exclusive=False, outputs={"other_members": others})
    (text,) = (
        text for rule, text in dangers(found(of("update", before, crew(ids("ann"))))) if rule == "removes-others"
    )
    assert text.endswith("it removes " + ", ".join(list(others)[:10]) + " and 2 more")


def numbered(count: int) -> dict[str, str]:
    return {f"p{number}": f"id-of-p{number}" for number in range(count)}


@pytest.mark.parametrize(
    ("before", "after", "limit", "danger"),
    [
        (10, 7, 30, None),
        (10, 6, 30, "4 of 10 members of crew, 40 %"),
        (10, 6, 40, None),
        (2, 1, 30, None),
        (2, 0, 30, "2 of 2 members of crew, 100 %; the group is then empty"),
        (1, 0, 100, "1 of 1 members of crew, 100 %; the group is then empty"),
    ],
)
@pytest.mark.parametrize("hidden", [0, 50])
def test_a_bulk_removal_from_a_set(before: int, after: int, limit: int, danger: str | None, hidden: int) -> None:
    update = of("update", crew(numbered(before)), crew(numbered(after)))
    text = preview(same("Group", "crew"), update, changeSummary={"same": hidden})
    reviewed = review(text, limits=Thresholds(max_deleted=limit))
    texts = [danger.write_sentence(str) for danger in reviewed.dangers if danger.rule == "many-removed"]
    assert texts == ([danger] if danger else [])


@pytest.mark.parametrize(
    ("deleted", "hidden", "danger"),
    [
        (3, 0, None),
        (4, 0, "4 of 10 members of crew, 40 %"),
        (4, 2, "4 of 12 members of crew, at least 33 %"),
        (4, 9, None),
    ],
)
def test_a_bulk_removal_of_single_memberships(deleted: int, hidden: int, danger: str | None) -> None:
    made = {name: membership(id_, "id-of-crew") for name, id_ in numbered(10).items()}
    steps = [
        step("delete" if number < deleted else "same", "GroupMembership", name, one, None if number < deleted else one)
        for number, (name, one) in enumerate(made.items())
    ]
    text = preview(same("Group", "crew"), *steps, changeSummary={"same": hidden + 11 - deleted})
    texts = [entry.write_sentence(str) for entry in review(text).dangers if entry.rule == "many-removed"]
    assert texts == ([danger] if danger else [])


def test_the_members_of_a_deleted_group_are_no_bulk_removal() -> None:
    reviewed = found(step("delete", "Group", "crew", group("crew")), of("delete", ANN_JO))
    assert [rule for rule, _ in dangers(reviewed)] == ["deleted"]


@pytest.mark.parametrize(
    ("steps", "headline"),
    [
        ([of("create", None, ANN_JO)], "2 people are added to groups"),
        ([of("update", ANN_JO, crew(ids("ann")))], "1 person is removed from groups"),
        ([of("create", None, crew({}, exclusive=False))], "1 set of members is created"),
        ([of("update", ANN_JO, crew(ids("ann", "jo"), exclusive=False))], "1 set of members is updated"),
        ([of("update", STRANGE, ANN_JO)], "1 person is removed from groups, 1 resource was changed outside Pulumi"),
        ([step("delete", "GroupMembership", "jo", membership("id-of-jo", "id-of-crew")),
          of("create", None, crew(ids("jo")))], "Nothing changes in AWS, 1 resource gets a new name in state"),
        ([of("update", STRANGE, crew(ids("ann", "jo"), exclusive=False))],
         ("1 set of members is updated, 1 resource stays in AWS but is no longer managed, "
          "1 resource was changed outside Pulumi")),
    ],
)  # fmt: skip
def test_the_headline(steps: list[dict[str, Any]], headline: str) -> None:
    assert found(*steps).headline == headline


def test_a_member_that_aws_lost_is_drift() -> None:
    (gone,) = (change for change in found(*refreshed(ANN_JO, crew(ids("ann")), ANN_JO)).plan.resources if change.gone)
    assert (gone.label, gone.action.name, gone.urn) == ("jo → crew", "CREATE", f"{urn('GroupMembers', 'crew-set')}[jo]")


@pytest.mark.parametrize(
    ("replaced", "shown"),
    [
        (step("replace", "IdentityStoreUser", "jo", user("jo"), user("jo")), {"jo": "replace", "jo → crew": "delete"}),
        (step("replace", "Group", "crew", group("crew"), group("crew")),
         {"crew": "replace", "ann → crew": "delete", "jo → crew": "delete"}),
    ],
)  # fmt: skip
def test_a_hidden_set_ends_with_its_group_only(replaced: dict[str, Any], shown: dict[str, str]) -> None:
    made = crew(ids("ann", "jo"), sources=["ann", "jo"])
    made["propertyDependencies"]["group_id"] = [urn("Group", "crew")]
    replaced["oldState"]["urn"] = replaced["urn"]
    assert changes(found(replaced, of("refresh", made, made), changeSummary={"same": 50})) == shown


def test_an_alias_of_a_set_renames_no_member() -> None:
    old = ANN_JO | {"urn": urn("GroupMembers", "old")}
    reviewed = found(of("same", old, ANN_JO | {"urn": urn("GroupMembers", "crew-set")}))
    assert reviewed.headline == "Nothing changes in AWS, 1 resource gets a new name in state"


def test_the_other_members_of_a_set_are_in_the_matrix() -> None:
    matrix = found(of("same", OPEN, OPEN)).matrix
    assert {person.label for person in matrix.people if person.groups} == {"ann", "eve"}


BROKEN: list[Any] = [None, 1, "x", [], [1], {}, {"a": None}, {"a": [1]}, {"a": {}}, UNKNOWN, "[secret]", {"": ""}]


@pytest.mark.parametrize("name", ["members", "other_members", "__strangers", "exclusive", "group_id", "adopt"])
@pytest.mark.parametrize("value", BROKEN, ids=repr)
def test_broken_sets_are_reviewed(name: str, value: Any) -> None:
    for whole in (STRANGE, OPEN):
        broken = {part: whole[part] | {name: value} for part in ("inputs", "outputs")}
        made = whole | broken
        for steps in (
            [of("update", made, whole)],
            [of("update", whole, made)],
            [of("refresh", made, whole), of("update", whole, made)],
            [of("refresh", whole, made), of("same", made, made)],
            [of("create", None, made)],
            [of("delete", made)],
            [of("replace", made, made)],
        ):
            reviewed = found(*steps)
            assert all(write(reviewed) for write in RENDERERS.values())
