"""Tests of programs that use this package, without an AWS account.

    with testing.mocks() as aws: …      a unit test: no Pulumi CLI
    identity_aws, identity_stack        pytest fixtures for integration tests, with the Pulumi CLI

Needs the extra `testing`. See docs/testing.md.
"""

from .emulated import EmulatedAws, emulated_aws
from .mocks import EmulatedMocks, mocks, value

__all__ = ["EmulatedAws", "EmulatedMocks", "emulated_aws", "mocks", "value"]
