"""Facts that follow from the name of a region."""

from __future__ import annotations

import os

PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
"""Prefix of a region's name → the second field of its ARNs. Other regions use `aws`. Source: botocore's endpoints."""


def partition(region: str) -> str:
    """Return the partition of a region. botocore has this data too, but its import takes 0.3 s.

    Args:
        region: The name of a region.

    Returns:
        The second field of the region's ARNs, such as `aws`.
    """
    return next((name for prefix, name in PARTITIONS.items() if region.startswith(prefix)), "aws")


def local_region(profile: str | None = None) -> str:
    """Return the region of the environment, or of a profile. Asks for no credentials.

    Args:
        profile: The profile; None selects the environment's.

    Returns:
        The region; "" if none is set.
    """
    return ambient_region() or _profile_region(profile)


def _profile_region(profile: str | None) -> str:
    from botocore.session import Session  # noqa: PLC0415  (programs don't pay for boto3)

    return Session(profile=profile).get_config_variable("region") or ""


def ambient_region() -> str:
    """Return the region from the environment.

    AWS's other tools read AWS_REGION; boto3 does not.

    Returns:
        The value of AWS_REGION, else of AWS_DEFAULT_REGION, else "".
    """
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or ""
