"""A person is renamed in place, unique values pass from one resource to another, and AWS's refusals have a remedy."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import APPSTREAM, GROUP_EXAMPLE, QUICKSIGHT, USER
from contract.host import Host, Refused, new_command, wire
from pulumi.output import Unknown

from pulumi_identity import AlreadyExists, Conflict, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"


pytestmark = pytest.mark.usefixtures("aws")


def person(user_name: str, **more: Any) -> dict[str, Any]:
    """Return the program of a person."""
    return USER.program | {"user_name": user_name} | more


def emails(address: str) -> dict[str, Any]:
    return {"emails": [{"value": address, "primary": True}]}


def created(program: dict[str, Any], resource: Any = USER.resource) -> Host:
    """Return a resource that an earlier run has created."""
    host = Host(resource)
    host.up(program)
    new_command()
    return host


def live(client: Callable[[str], Any], host: Host) -> dict[str, Any]:
    where = {"IdentityStoreId": STORE, "UserId": host.id.partition("/")[2]}
    return dict(client("identitystore").describe_user(**where))


def update(host: Host, program: dict[str, Any]) -> Any:
    """Do what the engine does in the run that is under way, and return the new inputs."""
    news = host._check(program)
    diff = host.provider.diff(host.id, wire(host.outputs), wire(news))
    assert not diff.replaces
    return news


def test_drift_in_the_name_is_an_update(user: Person) -> None:
    user.up()
    user.somebody_sets("userName", "jo.smith")
    assert user.host.refresh()
    assert user.host.outputs["user_name"] == "jo.smith"
    assert user.preview() == ("update", ["user_name"])
    user.up()
    assert user.live()["UserName"] == "jo"


def test_a_refused_rename_has_a_remedy(user: Person, aws: Emulator) -> None:
    user.up()
    words = "Updates for AttributePath: userName is not supported"
    aws.faults.fail("identitystore", "UpdateUser", "ValidationException", message=words)
    with pytest.raises(Rejected, match=r'replace_on_changes=\["user_name"\].* ends the person\'s access'):
        user.up(user_name="jo.smith")
    assert user.live()["UserName"] == "jo"


def test_a_new_person_with_the_address_of_another_is_explained(client: Callable[[str], Any]) -> None:
    old = created(person("jo.doe", **emails("jo@example.com")))
    new = Host(USER.resource)
    with pytest.raises(AlreadyExists) as caught:
        new.up(person("jo.smith", **emails("Jo@example.com")))
    text = str(caught.value)
    assert text.startswith(f"creating IAM Identity Center User ({STORE}/jo.smith): ConflictException: ")
    assert f"IAM Identity Center User ({STORE}/jo.doe) has the same emails[0].value" in text
    assert 'opts=ResourceOptions(aliases=[pulumi.Alias(name="jo.doe")])' in text
    with pytest.raises(Conflict, match=r"refusing to delete .*, or its name or address"):
        old.provider.delete(old.id, wire(old.outputs))
    assert live(client, old)["UserName"] == "jo.doe"


def test_an_update_names_the_person_who_has_the_value(client: Callable[[str], Any]) -> None:
    ann, jo = created(person("ann", **emails("ann@example.com"))), created(person("jo"))
    with pytest.raises(AlreadyExists, match=rf"User \({STORE}/ann\) has the same emails\[0\]\.value"):
        jo.up(person("jo", **emails("ann@example.com")))
    with pytest.raises(AlreadyExists, match=rf"User \({STORE}/ann\) has the same user_name"):
        jo.up(person("Ann"))
    with pytest.raises(Conflict, match="could not be created or updated"):
        ann.provider.delete(ann.id, wire(ann.outputs))
    assert live(client, ann)


# A value passes from one resource to another in one run


def test_a_name_is_handed_on(client: Callable[[str], Any]) -> None:
    """The one that takes the name is updated first, and waits."""
    jo, ann = created(person("jo")), created(person("ann"))
    news_jo, news_ann = update(jo, person("ann")), update(ann, person("bob"))
    taking = threading.Thread(target=jo.provider.update, args=(jo.id, wire(jo.outputs), wire(news_jo)))
    taking.start()
    ann.provider.update(ann.id, wire(ann.outputs), wire(news_ann))
    taking.join()
    assert (live(client, jo)["UserName"], live(client, ann)["UserName"]) == ("ann", "bob")


def test_a_new_person_takes_a_name_that_another_gives_up(client: Callable[[str], Any]) -> None:
    jo, newcomer = created(person("jo")), Host(USER.resource)
    news_jo, news = update(jo, person("jo2")), newcomer._check(person("jo"))
    ids: list[str] = []
    taking = threading.Thread(target=lambda: ids.append(newcomer.provider.create(wire(news)).id))
    taking.start()
    jo.provider.update(jo.id, wire(jo.outputs), wire(news_jo))
    taking.join()
    assert ids != [jo.id]
    assert live(client, jo)["UserName"] == "jo2"


def test_a_name_that_is_not_given_up_is_not_waited_for(aws: Emulator) -> None:
    created(person("ann"))
    jo = created(person("jo"))
    before = len(aws.calls)
    with pytest.raises(AlreadyExists):
        jo.up(person("ann"))
    assert [call.operation for call in list(aws.calls)[before:]].count("UpdateUser") <= 7, "only while the engine asks"


def test_when_the_other_update_fails_the_wait_ends(aws: Emulator, client: Callable[[str], Any]) -> None:
    jo, ann = created(person("jo")), created(person("ann"))
    news_jo, news_ann = update(jo, person("ann")), update(ann, person("bob"))
    aws.faults.fail("identitystore", "UpdateUser", "ValidationException")
    with pytest.raises(Rejected):
        ann.provider.update(ann.id, wire(ann.outputs), wire(news_ann))
    with pytest.raises(AlreadyExists):
        jo.provider.update(jo.id, wire(jo.outputs), wire(news_jo))
    assert live(client, jo)["UserName"] == "jo"


@pytest.mark.parametrize("ring", [2, 3])
def test_a_swap_fails_the_preview(ring: int) -> None:
    names = ["jo", "ann", "kim"][:ring]
    hosts = [created(person(name)) for name in names]
    *first, last = [(host, person(name)) for host, name in zip(hosts, [*names[1:], names[0]], strict=True)]
    for host, program in first:
        assert host.preview(program) == ("update", ["user_name"])
    with pytest.raises(Conflict, match="swap their user_name, which AWS can't do in one run — change one of them to a"):
        last[0].preview(last[1])


def test_swapped_addresses_fail_the_preview() -> None:
    jo, ann = created(person("jo", **emails("jo@x"))), created(person("ann", **emails("ann@x")))
    jo.preview(person("jo", **emails("ann@x")))
    with pytest.raises(Conflict, match=r"swap their emails\[0\]\.value"):
        ann.preview(person("ann", **emails("jo@x")))


@pytest.mark.parametrize("giver_first", [True, False])
def test_adopting_a_name_that_another_gives_up_fails_the_preview(*, giver_first: bool) -> None:
    jo, newcomer = created(person("jo")), Host(USER.resource)
    program = person("jo", adopt=True)
    if giver_first:
        jo.preview(person("jo2"))
        with pytest.raises(Refused, match="until this run changes it"):
            newcomer.preview(program)
    else:
        newcomer.preview(program)
        with pytest.raises(Conflict, match="adopt=True declares this user_name in the same run"):
            jo.preview(person("jo2"))


# An entity has one resource


def test_two_resources_do_not_adopt_one_person(user: Person, client: Callable[[str], Any]) -> None:
    user.up()
    new_command()
    one, other = Host(USER.resource), Host(USER.resource)
    program = wire(one._check(person("jo", adopt=True)))
    one.provider.create(program)
    with pytest.raises(Conflict, match="another resource in this program manages this user"):
        other.provider.create(program)


def test_a_claimed_person_is_not_updated_by_another_resource(user: Person) -> None:
    user.up()
    new_command()
    one = Host(USER.resource)
    one.provider.create(wire(one._check(person("jo", adopt=True))))
    old = user.host
    news = wire(old._check(person("jo", title="Dr")))
    with pytest.raises(Conflict, match="another resource in this program manages this user"):
        old.provider.update(old.id, wire(old.outputs), news)
    assert "Title" not in user.live()


@pytest.mark.parametrize("why", ["it would adopt", "another write failed"])
def test_a_declared_person_who_could_not_be_created_stays(why: str, user: Person, aws: Emulator) -> None:
    """With --continue-on-error, the engine deletes although the resource that declares the person was not created."""
    user.up()
    new_command()
    more = {"adopt": True} if why == "it would adopt" else {}
    Host(USER.resource).preview(person("JO", title="Dr", **more))
    if why == "another write failed":
        aws.faults.fail("identitystore", "CreateUser", "ValidationException")
        with pytest.raises(Rejected):
            Host(USER.resource).provider.create(wire(person("kim")))
    with pytest.raises(Conflict, match="a resource in this program declares this user but has not been created"):
        user.host.provider.delete(user.host.id, wire(user.host.outputs))
    assert user.live()


def test_a_replacement_that_the_engine_forces_deletes_its_own_user(user: Person) -> None:
    """With --replace, the engine checks without the old inputs, and compares nothing."""
    user.up()
    new_command()
    Host(USER.resource).preview(user.said)
    user.host.provider.delete(user.host.id, wire(user.host.outputs))
    assert not user.host.refresh()


def test_a_replacement_under_the_same_name_deletes_its_own_user(viewer: Person) -> None:
    viewer.up()
    assert viewer.up(first_name="Joanna") == "replace"
    assert viewer.live()["FirstName"] == "Joanna"


# A replacement needs a free name


@pytest.mark.parametrize(
    ("example", "one", "other"),
    [
        (QUICKSIGHT, {"user_name": "jo"}, {"user_name": "ann"}),
        (APPSTREAM, {"user_name": "jo@example.com"}, {"user_name": "ann@example.com"}),
        (USER, {}, {"identity_store_id": "d-0987654321"}),
        (GROUP_EXAMPLE, {}, {"identity_store_id": "d-0987654321"}),
    ],
    ids=["QuickSightUser", "AppStreamUser", "IdentityStoreUser", "Group"],
)
def test_a_replacement_by_a_taken_name_fails_the_preview(
    example: Any, one: dict[str, Any], other: dict[str, Any], aws: Emulator
) -> None:
    created(example.program | other, example.resource)
    jo = created(example.program | one, example.resource)
    before = len(aws.calls)
    with pytest.raises(AlreadyExists, match=r"already exists, so the replacement would fail after the .* was deleted"):
        jo.preview(example.program | other)
    assert len(list(aws.calls)[before:]) == 1
    assert jo.refresh()


@pytest.mark.parametrize("example", [QUICKSIGHT, APPSTREAM], ids=["QuickSightUser", "AppStreamUser"])
def test_a_replacement_by_a_free_name_costs_one_call(example: Any, aws: Emulator) -> None:
    name = "ann@example.com"
    jo = created(example.program, example.resource)
    before = len(aws.calls)
    assert jo.preview(example.program | {"user_name": name}) == ("replace", ["user_name"])
    calls = [call.operation for call in list(aws.calls)[before:]]
    assert calls in (["DescribeUser", "ListUsers"], ["DescribeUsers"])


def test_a_replacement_is_not_previewed_if_the_name_cannot_be_looked_up(aws: Emulator) -> None:
    jo = created(QUICKSIGHT.program, QUICKSIGHT.resource)
    aws.faults.fail("quicksight", "DescribeUser", "AccessDeniedException")
    with pytest.raises(Exception, match="AccessDenied"):
        jo.preview(QUICKSIGHT.program | {"user_name": "ann"})


def test_a_replacement_on_purpose_needs_a_free_name(user: Person, client: Callable[[str], Any]) -> None:
    """With replace_on_changes, the engine deletes instead of updating, and says so to no one."""
    created(person("ann"))
    user.up()
    new_command()
    assert user.preview(user_name="ann") == ("update", ["user_name"])
    with pytest.raises(AlreadyExists, match="already exists, so the replacement would fail"):
        user.host.provider.delete(user.host.id, wire(user.host.outputs))
    assert user.live()


# State that lacks a property


def test_a_value_that_state_lacks_is_compared_with_aws(viewer: Person, aws: Emulator) -> None:
    viewer.up()
    for outputs in (viewer.host.outputs, viewer.host.inputs):
        outputs.pop("first_name")
    assert viewer.preview() == ("update", ["first_name"])
    before = len(aws.calls)
    viewer.up()
    assert [call.operation for call in list(aws.calls)[before:]] == ["DescribeUsers"]
    assert viewer.host.outputs["first_name"] == "Jo"


def test_a_value_that_state_lacks_and_that_differs_is_refused(viewer: Person) -> None:
    viewer.up()
    for outputs in (viewer.host.outputs, viewer.host.inputs):
        outputs.pop("first_name")
    with pytest.raises(Conflict, match=r"different value for first_name.*replace_on_changes=\['first_name'\]"):
        viewer.up(first_name="Joanna")
    assert viewer.live()["FirstName"] == "Jo"


def test_what_aws_never_returns_is_recorded_without_a_call(reader: Person, aws: Emulator) -> None:
    role = {"iam_arn": "arn:aws:iam::123456789012:role/Analysts", "session_name": "jo@example.com"}
    reader.up(user_name=None, identity_type="IAM", **role)
    for name in role:
        reader.host.outputs.pop(name)
        reader.host.inputs.pop(name)
    assert reader.preview() == ("update", ["iam_arn", "session_name"])
    before = len(aws.calls)
    reader.up()
    assert len(aws.calls) == before
    assert role.items() <= reader.host.outputs.items()
    for name in role:
        reader.host.outputs.pop(name)
        reader.host.inputs.pop(name)
    with pytest.raises(Conflict, match="different value for iam_arn"):
        reader.up(iam_arn="arn:aws:iam::123456789012:role/Others")


# What hostile programs found


QUICKSIGHT_JO = {name: value for name, value in QUICKSIGHT.program.items() if name != "aws_account_id"}


def test_an_open_account_is_any_account(client: Callable[[str], Any]) -> None:
    """State has the account, the new resource leaves it open."""
    jo = created(QUICKSIGHT_JO, QUICKSIGHT.resource)
    Host(QUICKSIGHT.resource).preview(QUICKSIGHT_JO | {"adopt": True})
    with pytest.raises(Conflict, match="adopt=True"):
        jo.preview(QUICKSIGHT_JO | {"user_name": "jo2"})


def test_the_address_in_another_pool_fails_the_preview(viewer: Person) -> None:
    there = Host(APPSTREAM.resource)
    there.up(viewer.said | {"region": "eu-west-1"})
    viewer.up()
    new_command()
    with pytest.raises(AlreadyExists, match="already exists, so the replacement would fail"):
        viewer.preview(region="eu-west-1")


def test_a_taken_address_fails_the_preview_of_a_replacement() -> None:
    created(person("ann", identity_store_id="d-0987654321", **emails("jo@x")))
    jo = created(person("jo", **emails("jo@x")))
    with pytest.raises(AlreadyExists, match=r"has the same emails\[0\]\.value, so the replacement would fail"):
        jo.preview(person("jo", identity_store_id="d-0987654321", **emails("jo@x")))


def test_an_iam_user_whose_new_resource_was_not_reached_stays(reader: Person) -> None:
    reader.up(user_name=None, identity_type="IAM", iam_arn="arn:aws:iam::123456789012:user/jo")
    new_command()
    Host(QUICKSIGHT.resource).preview(reader.said | {"adopt": True})
    with pytest.raises(Conflict, match="has not been created"):
        reader.host.provider.delete(reader.host.id, wire(reader.host.outputs))


def test_the_same_name_elsewhere_changes_nothing(viewer: Person) -> None:
    viewer.up()
    new_command()
    Host(APPSTREAM.resource).preview(viewer.said | {"adopt": True})
    Host(APPSTREAM.resource).up(viewer.said | {"region": "eu-west-1"})
    Host(APPSTREAM.resource).preview(viewer.said | {"adopt": True})
    there = Host(APPSTREAM.resource)
    there.provider.create(wire(there._check(viewer.said | {"region": "eu-north-1"})))
    with pytest.raises(Conflict, match="has not been created"):
        viewer.host.provider.delete(viewer.host.id, wire(viewer.host.outputs))


def test_an_adoption_whose_update_fails_releases_the_person(user: Person, aws: Emulator) -> None:
    user.up()
    new_command()
    newcomer = Host(USER.resource)
    aws.faults.fail("identitystore", "UpdateUser", "ValidationException")
    with pytest.raises(Rejected):
        newcomer.provider.create(wire(newcomer._check(person("jo", adopt=True, title="Dr"))))
    with pytest.raises(Conflict, match="refusing to delete"):
        user.host.provider.delete(user.host.id, wire(user.host.outputs))


def test_a_taker_waits_for_resources_that_the_engine_has_not_compared_yet(client: Callable[[str], Any]) -> None:
    jo, ann = created(person("jo")), created(person("ann"))
    news_jo = update(jo, person("ann"))
    taking = threading.Thread(target=jo.provider.update, args=(jo.id, wire(jo.outputs), wire(news_jo)))
    taking.start()
    time.sleep(0.4)
    ann.provider.update(ann.id, wire(ann.outputs), wire(update(ann, person("bob"))))
    taking.join()
    assert live(client, jo)["UserName"] == "ann"


def test_a_long_chain_leaves_a_thread_free(client: Callable[[str], Any]) -> None:
    """Pulumi's host has four threads. What does not fit fails at once, and the next run finishes."""
    names = ["a", "b", "c", "d", "e", "f"]
    hosts = [created(person(name)) for name in names]
    programs = [person(name) for name in [*names[1:], "z"]]
    news = [update(host, program) for host, program in zip(hosts, programs, strict=True)]
    began = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        updates = [
            threads.submit(host.provider.update, host.id, wire(host.outputs), wire(new))
            for host, new in zip(hosts, news, strict=True)
        ]
    errors = [error for future in updates if (error := future.exception())]
    assert all("run the command again" in str(error) for error in errors)
    assert time.monotonic() - began < 5
    assert live(client, hosts[-1])["UserName"] == "z"


def test_an_address_that_is_given_up_is_no_adoption() -> None:
    jo = created(person("jo", **emails("jo@x")))
    jo.preview(person("jo", **emails("jo2@x")))
    assert Host(USER.resource).preview(person("kim", adopt=True, **emails("jo@x"))) == ("create", [])


def test_a_replacement_that_the_engine_decides_is_allowed(user: Person) -> None:
    """With replace_with, the engine checks with the old inputs, compares nothing, and checks again without them."""
    user.up(adopt=True)
    new_command()
    user.host.provider.check(wire(user.host.inputs), wire(user.said))
    user.host.provider.check({}, wire(user.said))
    user.host.provider.delete(user.host.id, wire(user.host.outputs))
    assert not user.host.refresh()


@pytest.mark.parametrize("name", ["role_arn", "region"])
def test_an_unknown_setting_is_no_crash(name: str, reader: Person) -> None:
    reader.up()
    host = reader.host
    news = host._check(reader.said | {"user_name": "ann"}) | {name: Unknown()}
    host.provider.check(wire(host.inputs), reader.said | {"user_name": "ann", name: Unknown()})
    assert host.provider.diff(host.id, wire(host.outputs), news).replaces
