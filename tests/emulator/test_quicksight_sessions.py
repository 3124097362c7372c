"""QuickSight's rules about sessions, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from emulator.asking import ACCOUNT, QuickSight, refused

from pulumi_identity.emulator import Emulator

USER = f"arn:aws:iam::{ACCOUNT}:user/team/jo"
BAD = "InvalidParameterValueException"


class TestSessions:
    def test_a_url_for_one_session(self, quicksight: QuickSight) -> None:
        arn = quicksight.user(UserRole="AUTHOR")["User"]["Arn"]
        urls = {
            quicksight.client.get_session_embed_url(
                AwsAccountId=ACCOUNT, UserArn=arn, EntryPoint=entry, SessionLifetimeInMinutes=minutes
            )["EmbedUrl"]
            for entry in ("/start", "/start/analyses", "/dashboards/a-1", "/analyses/x", "/start/favorites")
            for minutes in (15, 600)
        }
        assert len(urls) == 10
        assert all(url.startswith("https://") for url in urls)

    @pytest.mark.parametrize("minutes", [0, 14, 601])
    def test_lifetimes(self, quicksight: QuickSight, minutes: int) -> None:
        arn = quicksight.user(UserRole="AUTHOR")["User"]["Arn"]
        with refused("SessionLifetimeInMinutesInvalidException") as refusal:
            quicksight.client.get_session_embed_url(AwsAccountId=ACCOUNT, UserArn=arn, SessionLifetimeInMinutes=minutes)
        assert refusal.status == 400

    def test_who_and_where(self, quicksight: QuickSight, aws: Emulator) -> None:
        arn = quicksight.user(UserRole="AUTHOR")["User"]["Arn"]

        def ask(**arguments: Any) -> Any:
            return quicksight.client.get_session_embed_url(**{"AwsAccountId": ACCOUNT, **arguments})

        with refused("QuickSightUserNotFoundException") as refusal:
            ask(UserArn=f"{arn}x")
        assert refusal.status == 404
        with refused("QuickSightUserNotFoundException"):
            ask()
        with refused(BAD):
            ask(UserArn="jo")
        with refused(BAD):
            ask(UserArn=arn, EntryPoint="/elsewhere")
        with refused("AccessDeniedException"):
            ask(UserArn=arn.replace(ACCOUNT, "999999999999"))
        aws.quicksight.edition = "STANDARD"
        with refused("UnsupportedUserEditionException") as refusal:
            ask(UserArn=arn)
        assert refusal.status == 403

    def test_the_caller_if_no_user_is_named(self, quicksight: QuickSight) -> None:
        quicksight.iam(f"arn:aws:iam::{ACCOUNT}:user/moto", UserRole="ADMIN")  # moto's default for an unknown caller
        assert quicksight.client.get_session_embed_url(AwsAccountId=ACCOUNT)["EmbedUrl"]

    @pytest.mark.parametrize("role", ["READER", "READER_PRO"])
    def test_a_reader_has_no_session(self, quicksight: QuickSight, role: str) -> None:
        arn = quicksight.user(UserRole=role)["User"]["Arn"]
        with refused(BAD) as refusal:
            quicksight.client.get_session_embed_url(AwsAccountId=ACCOUNT, UserArn=arn)
        assert "author or admin" in refusal.message

    def test_identity_contexts(self, quicksight: QuickSight) -> None:
        arn = quicksight.user("jo", Email="jo@example.org")["User"]["Arn"]
        later = datetime.now(UTC) + timedelta(hours=1)

        def ask(identifier: dict[str, str], **arguments: Any) -> Any:
            return quicksight.client.get_identity_context(AwsAccountId=ACCOUNT, UserIdentifier=identifier, **arguments)

        contexts = {
            ask({"UserArn": arn})["Context"],
            ask({"UserArn": arn}, SessionExpiresAt=later, ContextRegion="eu-west-1")["Context"],
            ask({"UserName": "jo"}, Namespace="default")["Context"],
            ask({"Email": "jo@example.org"}, Namespace="default")["Context"],
        }
        assert len(contexts) == 4
        for identifier, arguments in (
            ({"UserName": "jo"}, {}),
            ({"Email": "jo@example.org"}, {}),
            ({"UserArn": arn}, {"SessionExpiresAt": datetime.now(UTC)}),
            ({"UserArn": "jo"}, {}),
        ):
            with refused(BAD):
                ask(identifier, **arguments)
        for identifier in ({}, {"UserName": "jo", "Email": "jo@example.org"}):
            with refused("SerializationException"):
                ask(identifier, Namespace="default")
        for identifier in ({"UserName": "al"}, {"Email": "JO@example.org"}):
            with refused("ResourceNotFoundException", ResourceType="USER"):
                ask(identifier, Namespace="default")
        with refused("ResourceNotFoundException", ResourceType="NAMESPACE"):
            ask({"UserName": "jo"}, Namespace="other")
        quicksight.user("al", Email="jo@example.org")
        with refused(BAD):
            ask({"Email": "jo@example.org"}, Namespace="default")
        centre = quicksight.user("di", IdentityType="IAM_IDENTITY_CENTER", Email="d@e")["User"]["Arn"]
        with refused(BAD):
            ask({"UserArn": centre})
