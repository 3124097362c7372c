"""Ids, tokens and times: random without a seed, and the same in every run with one."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

import pytest
from emulator.asking import ACCOUNT, REGION, STORE, QuickSight, Store, raw_client

from pulumi_identity.emulator import Emulator
from pulumi_identity.emulator.identifiers import START, TICK, Identifiers

ROLE = "arn:aws:iam::123456789012:role/Analyst"
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def chosen_by(aws: Emulator) -> dict[str, Any]:
    """Create one entity of each kind, and return every value in the answers that the emulator chooses."""
    store = Store(raw_client("identitystore", REGION, aws.url))
    user, group = store.user(), store.group()
    membership = store.member(group, user)
    described = store.client.describe_user(IdentityStoreId=STORE, UserId=user)
    quicksight = QuickSight(raw_client("quicksight", REGION, aws.url))
    registered = quicksight.user(UserRole="AUTHOR")
    arn = registered["User"]["Arn"]
    context = quicksight.client.get_identity_context(AwsAccountId=ACCOUNT, UserIdentifier={"UserArn": arn})
    appstream = raw_client("appstream", REGION, aws.url)
    appstream.create_user(UserName="jo@example.org", AuthenticationType="USERPOOL")
    (desktop,) = appstream.describe_users(AuthenticationType="USERPOOL")["Users"]
    return {
        "user": user,
        "group": group,
        "membership": membership,
        "created": described["CreatedAt"],
        "request": described["ResponseMetadata"]["RequestId"],
        "principal": registered["User"]["PrincipalId"],
        "invitation": registered["UserInvitationUrl"],
        "request in the body": registered["RequestId"],
        "role": quicksight.iam(ROLE, SessionName="jo")["PrincipalId"],
        "session": quicksight.client.get_session_embed_url(AwsAccountId=ACCOUNT, UserArn=arn)["EmbedUrl"],
        "context": context["Context"],
        "desktop": desktop["Arn"],
        "desktop created": desktop["CreatedTime"],
    }


def chosen_with(seed: int | None) -> dict[str, Any]:
    with Emulator(seed=seed) as aws:
        return chosen_by(aws)


def test_one_seed_gives_the_same_values() -> None:
    assert chosen_with(7) == chosen_with(7)


@pytest.mark.parametrize("seeds", [(None, None), (7, 8), (7, None)])
def test_other_values_differ_in_each_place(seeds: tuple[int | None, int | None]) -> None:
    one, other = map(chosen_with, seeds)
    clock = {"created", "desktop created"} if None not in seeds else set()
    assert {name for name in one if one[name] == other[name]} == clock


@pytest.mark.parametrize("seed", [None, 7])
def test_no_value_comes_twice(seed: int | None) -> None:
    values = chosen_with(seed)
    assert len(set(values.values())) == len(values)
    for name in ("user", "group", "membership", "request", "request in the body"):
        assert UUID4.fullmatch(values[name]), name


def test_the_seeded_clock_starts_at_a_fixed_time_and_ticks() -> None:
    values = chosen_with(7)
    assert values["created"] == START + TICK
    assert (values["desktop created"] - values["created"]) % TICK == timedelta(0)
    assert values["desktop created"] > values["created"]


def test_without_a_seed_the_time_is_the_current_time() -> None:
    before = datetime.now(UTC)
    assert before <= Identifiers().now() <= datetime.now(UTC)


def test_a_reset_starts_again() -> None:
    with Emulator(seed=7) as aws:
        before = chosen_by(aws)
        urlopen(Request(f"{aws.url}/moto-api/reset", method="POST")).close()
        assert chosen_by(aws) == before


def test_an_id_depends_on_its_entity_and_not_on_others() -> None:
    with Emulator(seed=7) as one, Emulator(seed=7) as other:
        stores = [Store(raw_client("identitystore", REGION, aws.url)) for aws in (one, other)]
        ana, ben = [stores[0].user(name) for name in ("ana", "ben")]
        assert [stores[1].user(name) for name in ("ben", "ana")] == [ben, ana]


def test_a_name_that_is_used_again_gets_another_id() -> None:
    with Emulator(seed=7) as aws:
        store = Store(raw_client("identitystore", REGION, aws.url))
        first = store.user()
        store.delete_user(UserId=first)
        assert store.user() != first


def test_seeded_entities_get_the_ids_of_created_ones() -> None:
    user = {"UserName": "jo", "DisplayName": "jo", "Name": {"GivenName": "Jo", "FamilyName": "Do"}}
    with Emulator(seed=7) as one, Emulator(seed=7) as other:
        created = Store(raw_client("identitystore", REGION, one.url)).user("jo")
        assert other.identitystore.seed_users(STORE, [user]) == [created]


def test_threads_never_get_the_same_value() -> None:
    identifiers = Identifiers(7)
    with ThreadPoolExecutor(8) as threads:
        values = list(threads.map(lambda _: (identifiers.uuid("User", "jo"), identifiers.now()), range(500)))
    alone = Identifiers(7)
    assert {value for value, _ in values} == {alone.uuid("User", "jo") for _ in range(500)}
    assert {time for _, time in values} == {alone.now() for _ in range(500)}
