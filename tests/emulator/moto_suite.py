"""Runs moto's own tests of identitystore and QuickSight against the emulator.

    python tests/emulator/moto_suite.py [SDIST]

SDIST is moto's source distribution, of the version that is installed; without it pip
downloads it. Where AWS's facts differ from what moto's tests assume, `DIFFERENT` says so; the
exit code is 0 if exactly those tests fail. Not part of the test suite: it needs a download.
"""
# ruff: noqa: T201 - a program that talks to a person

import importlib.metadata
import os
import subprocess
import sys
import tarfile
import tempfile
import uuid
from pathlib import Path
from typing import Any

import boto3
import pytest

os.environ["TEST_SERVER_MODE"] = "true"  # moto reads it once, when it is imported

from pulumi_identity.emulator import Emulator

PORT = 5000  # moto's tests know no other
SUITES = ["tests/test_identitystore", "tests/test_quicksight"]

IAM_NAME = "AWS refuses a UserName for IAM identities: the name follows from the ARN"
PRINCIPAL = "moto takes the account for the principal id of a group"
MEMBER = "moto gives a member an ARN below the group's; here it is the user's"
PAGE = "the model allows 100 on a page, and moto's tests ask for more"
OPERATOR = "the model has StartsWith only"
ONE_REGION = "AWS has one identity region; in all others users and groups are refused"

# A test's name, and why it can't pass against AWS, or not against us.
DIFFERENT = {
    "test_create_describe_full_user": "the model allows one e-mail address, not two",
    "test_delete_group_doesnt_exist": "the model has ResourceNotFoundException for it",
    "test_delete_user_doesnt_exist": "the model has ResourceNotFoundException for it",
    "test_list_groups": "the model requires ARN and revision in what is listed",
    "test_list_groups_filter": "the model requires ARN and revision in what is listed",
    "test_untag_user": "the model has no empty list of tags: the member is left out",
    "test_get_tag_and_untag_resources_quicksight_users": (
        "the Resource Groups Tagging API, which is moto's, sees only what moto holds"
    ),
    "test_list_groups__diff_account_region": ONE_REGION,
    "test_list_users__diff_account_region": ONE_REGION,
    "test_create_group[request_params0]": PRINCIPAL,
    "test_create_group[request_params1]": PRINCIPAL,
    "test_describe_group[request_params0]": PRINCIPAL,
    "test_describe_group[request_params1]": PRINCIPAL,
    "test_update_group[request_params0]": PRINCIPAL,
    "test_update_group[request_params1]": PRINCIPAL,
    "test_list_user_groups[request_params0]": PRINCIPAL,
    "test_create_group_membership[request_params0]": MEMBER,
    "test_describe_group_membership[request_params0]": MEMBER,
    "test_list_group_memberships__check_exceptions": MEMBER,
    "test_list_group_memberships__paginated": PAGE,
    "test_list_groups__paginated": PAGE,
    "test_list_user_groups__paginate": PAGE,
    "test_search_groups__paginated": PAGE,
    "test_search_groups": OPERATOR,
    "test_search_groups__check_exceptions": "QuickSight's code for it is InvalidParameterValueException",
    "test_create_group_membership[request_params1]": IAM_NAME,
    "test_delete_user__quicksight[request_params1]": IAM_NAME,
    "test_describe_group_membership[request_params1]": IAM_NAME,
    "test_describe_user__quicksight[request_params1]": IAM_NAME,
    "test_list_group_memberships": IAM_NAME,
    "test_list_group_memberships__after_deleting_user": IAM_NAME,
    "test_list_user_groups[request_params1]": IAM_NAME,
    "test_list_users": IAM_NAME,  # QuickSight's; identitystore's namesake passes
    "test_list_users__paginated": IAM_NAME,
    "test_register_user__quicksight[request_params1]": IAM_NAME,
    "test_update_user[request_params1]": IAM_NAME,
}


class Adapter:
    """A pytest plugin: meets moto's tests where they could have met AWS as well.

    The store ids they make up get the form that the model asks for, and the region of their
    latest QuickSight client is the identity region. What fails is recorded.
    """

    def __init__(self, emulator: Emulator) -> None:
        self.failed: set[str] = set()
        self.passed = 0
        self._emulator = emulator

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Adapt the tests' modules."""
        original = boto3.client

        def client(service: str, *arguments: Any, **options: Any) -> Any:
            if service == "quicksight":
                self._emulator.quicksight.identity_region = options["region_name"]
            return original(service, *arguments, **options)

        boto3.client = client
        for item in items:
            module = item.getparent(pytest.Module)
            if module and hasattr(module.obj, "get_identity_store_id"):
                module.obj.get_identity_store_id = lambda: f"d-{uuid.uuid4().hex[:10]}"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record an outcome."""
        if report.failed:
            self.failed.add(report.nodeid.rpartition("::")[2])
        elif report.when == "call":
            self.passed += 1


def main() -> int:
    """Run the tests; 0 if those fail that should."""
    with tempfile.TemporaryDirectory() as scratch:
        sdist = Path(sys.argv[1]) if len(sys.argv) > 1 else _download(Path(scratch))
        with tarfile.open(sdist) as archive:
            archive.extractall(scratch, filter="data")
        os.chdir(next(Path(scratch).glob("moto-*/")))
        with Emulator(port=PORT) as emulator:
            adapter = Adapter(emulator)
            pytest.main(["-q", "--tb=line", "-p", "no:cacheprovider", *SUITES], plugins=[adapter])
    for name in sorted(adapter.failed - DIFFERENT.keys()):
        print(f"fails, and should not: {name}")
    for name in sorted(DIFFERENT.keys() - adapter.failed):
        print(f"should fail, and does not: {name}")
    print(f"{adapter.passed} passed, {len(adapter.failed & DIFFERENT.keys())} fail where AWS differs")
    return int(adapter.failed != DIFFERENT.keys())


def _download(to: Path) -> Path:
    version = importlib.metadata.version("moto")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*pip, "--dest", str(to), f"moto=={version}"], check=True)
    return next(to.glob("moto-*.tar.gz"))


if __name__ == "__main__":
    sys.exit(main())
