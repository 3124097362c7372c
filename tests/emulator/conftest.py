"""The emulator's tests' fixtures."""

import pytest
from emulator.asking import REGION, Ask, QuickSight, Store, raw_client

from pulumi_identity.emulator import Emulator


@pytest.fixture
def ask(aws: Emulator) -> Ask:
    """A client of a service, in a region."""
    return lambda service, region=REGION: raw_client(service, region, aws.url)


@pytest.fixture
def store(ask: Ask) -> Store:
    """The identity store that most tests use."""
    return Store(ask("identitystore"))


@pytest.fixture
def quicksight(ask: Ask) -> QuickSight:
    """QuickSight in the account and the namespace that most tests use."""
    return QuickSight(ask("quicksight"))
