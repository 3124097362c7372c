"""Listings of AppStream's user pool. AWS has no operation that reads one user."""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pulumi_identity.aws.clock import answered_at
from pulumi_identity.aws.listings import Answer, Fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from types_boto3_appstream.type_defs import DescribeUsersResultTypeDef, UserTypeDef

    from pulumi_identity.aws.session import Session


def pages_of(aws: Session) -> Iterator[DescribeUsersResultTypeDef]:
    """Return the pages of the user pool, one AWS call each.

    Args:
        aws: The session of the pool.

    Returns:
        AWS's responses.
    """
    return iter(aws.client("appstream").get_paginator("describe_users").paginate(AuthenticationType="USERPOOL"))


class Pool(NamedTuple):
    """The user pool at one time."""

    users: dict[str, UserTypeDef]
    """User name → AWS's response."""
    listed_at: datetime | None
    """When AWS returned the first page."""


def user_pool(aws: Session) -> Fresh[Pool]:
    """Return the user pool.

    Args:
        aws: The session of the pool.

    Returns:
        A listing that concurrent callers share.
    """

    def read() -> Pool:
        pages = list(pages_of(aws))
        users = {user["UserName"]: user for page in pages for user in page["Users"]}
        return Pool(users, answered_at(pages[0]) if pages else None)

    return aws.keep("appstream users", lambda: Fresh(read))


class FirstPools:
    """The user names in each pool as this run first listed it, for previews of many replacements."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users: dict[object, frozenset[str]] = {}

    def users(self, aws: Session) -> frozenset[str]:
        """Return the user names of a pool.

        Args:
            aws: The session of the pool.

        Returns:
            The user names.
        """
        with self._lock:
            if aws not in self._users:
                self._users[aws] = frozenset(user_pool(aws).now().users)
            return self._users[aws]


class NewUsers:
    """Users that this process has just created, from listings of the pool.

    Only concurrent creates share a listing, at most four of them. To limit calls in large pools, listings may read
    `TO_SPARE` pages beyond their first, plus one for every ten creates. The next refresh reads the users that these
    listings miss.
    """

    TO_SPARE = 20

    def __init__(self, aws: Session) -> None:
        self._aws = aws
        self._left: float = self.TO_SPARE
        self._pages = 1  # in the longest listing so far
        self._counting = threading.Lock()
        self._listing = Fresh(self._list)

    def find(self, user_name: str) -> Answer:
        """Return AWS's response for a new user.

        Args:
            user_name: The user's name.

        Returns:
            The response; empty if the listing lacks the user.
        """
        with self._counting:
            self._left += 0.1
            if 1 < self._pages > self._left:
                return {}
        return self._listing.now().get(user_name, {})

    def _list(self) -> dict[str, UserTypeDef]:
        affordable = islice(pages_of(self._aws), max(int(self._left), 0) + 1)
        pages = [{user["UserName"]: user for user in page["Users"]} for page in affordable]
        with self._counting:
            self._pages = max(self._pages, len(pages))
            self._left -= len(pages) - 1
        return {name: user for page in pages for name, user in page.items()}


def new_users(aws: Session) -> NewUsers:
    """Return the users of a pool that this process has just created.

    Args:
        aws: The session of the pool.

    Returns:
        The users.
    """
    return aws.keep("appstream new users", lambda: NewUsers(aws))
