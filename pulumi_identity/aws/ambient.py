"""The part of the environment that boto3 reads. A change selects other credentials, or another endpoint."""

from __future__ import annotations

import os
from typing import NamedTuple

_PREFIX = "AWS_"
"""The prefix of the environment variables that botocore reads. Source: botocore.configprovider."""
_FILES = {"AWS_CONFIG_FILE": "~/.aws/config", "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials"}
"""Variable → the path of its file if it is unset."""


class Ambient(NamedTuple):
    """The environment at one time."""

    variables: frozenset[tuple[str, str]]
    files: tuple[tuple[str, int], ...]
    """Path of each configuration file → its time of modification; 0 if it does not exist."""


def ambient() -> Ambient:
    """Return what boto3 would read now. The call takes about 0.05 ms.

    Returns:
        A value that is equal as long as boto3 would find the same credentials.
    """
    variables = frozenset((name, os.environ.get(name, "")) for name in os.environ if name.startswith(_PREFIX))
    paths = [os.path.expanduser(os.environ.get(name) or path) for name, path in _FILES.items()]  # noqa: PTH111  (faster)
    return Ambient(variables, tuple((path, _modified_at(path)) for path in paths))


def _modified_at(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  (faster)
    except OSError:
        return 0
