"""Costs of importing a directory: AWS calls, seconds and memory, and with `--engine` the round trip.

    python benchmarks/importing.py [--users 5000] [--groups 200] [--engine]

The directory is in the emulator. Each user is in one group, and every tenth uses QuickSight and AppStream. `--engine`
imports the written program into a stack, previews it with a refresh, and updates it. Checkpoints are off, because a
file backend rewrites the whole state at each step.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pulumi_identity.emulator import Emulator

STORE, ACCOUNT, REGION = "d-1234567890", "123456789012", "us-east-1"

IMPORTING = """
import time, tracemalloc
from pathlib import Path
from pulumi_identity.importer import Selection, import_directory
selection = Selection(values={{"--identity-store": "{store}", "--quicksight": "{account}", "--appstream": ""}})
if {trace}:
    tracemalloc.start()
began = time.perf_counter()
import_directory(Path("{out}"), selection, force=True)
print(time.perf_counter() - began, tracemalloc.get_traced_memory()[1] / 1e6)
"""


def main() -> None:
    """Seed the emulator, import the directory, and print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks/importing.py", description="Measure the import of a directory.")
    parser.add_argument("--users", type=int, default=5000)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--engine", action="store_true", help="also run pulumi import, preview --refresh and up")
    arguments = parser.parse_args()
    environment = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up", "AWS_REGION": REGION}
    with Emulator() as aws, tempfile.TemporaryDirectory() as folder:
        environment |= {"AWS_ENDPOINT_URL": aws.url, "AWS_EC2_METADATA_DISABLED": "true"}
        seed(aws, arguments.users, arguments.groups)
        out = Path(folder, "directory")
        for trace in (False, True):
            aws.calls.clear()
            program = IMPORTING.format(store=STORE, account=ACCOUNT, out=out, trace=trace)
            ran = subprocess.run(
                [sys.executable, "-c", program],
                env=os.environ | environment,
                capture_output=True,
                text=True,
                check=True,
            )
            seconds, peak = map(float, ran.stdout.split())
            if trace:  # tracing makes the run several times slower
                print(f"peak memory of Python's allocations, including boto3's models: {peak:.1f} MB")
            else:
                calls = dict(aws.calls.by_operation())
                print(f"{sum(calls.values()):,} calls in {seconds:.1f} s: {calls}")
        sizes = {path.name: path.stat().st_size // 1000 for path in out.rglob("*") if path.is_file()}
        print(f"kB written: {sizes}")
        if arguments.engine:
            round_trip(aws, out, os.environ | environment)


def seed(aws: Emulator, users: int, groups: int) -> None:
    """Create users, groups and memberships in the emulator.

    Args:
        aws: The emulator.
        users: How many users of the identity store. Every tenth also uses QuickSight and AppStream.
        groups: How many groups.
    """
    people = (
        {
            "UserName": f"user-{number:05}",
            "DisplayName": f"Person {number}",
            "Name": {"GivenName": "Person", "FamilyName": f"No. {number}"},
            "Emails": [{"Value": f"user-{number:05}@example.com", "Type": "work", "Primary": True}],
            "Title": "Engineer",
        }
        for number in range(users)
    )
    user_ids = aws.identitystore.seed_users(STORE, people, ACCOUNT, REGION)
    names = ({"DisplayName": f"group-{number:03}", "Description": "A group"} for number in range(groups))
    group_ids = aws.identitystore.seed_groups(STORE, names, ACCOUNT, REGION)
    aws.identitystore.seed_memberships(
        STORE, ((group_ids[number % groups], user_id) for number, user_id in enumerate(user_ids))
    )
    aws.quicksight.seed_users([f"user-{number:05}" for number in range(0, users, 10)], ACCOUNT)
    aws.appstream.seed_users([f"user-{number:05}@example.com" for number in range(0, users, 10)], ACCOUNT, REGION)


def round_trip(aws: Emulator, out: Path, environment: dict[str, str]) -> None:
    """Import the written program into a stack, and print the seconds and calls of each step.

    Args:
        aws: The emulator.
        out: The folder of the program.
        environment: The environment variables of the commands.
    """
    state = out.parent / "state"
    state.mkdir()
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}",
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_HOME": str(out.parent / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "made-up",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_SKIP_CHECKPOINTS": "true",
    }
    for command in (
        "stack init test",
        "import --file import.json --generate-code=false --protect=false --yes",
        "preview --refresh --expect-no-changes --json",
        "up --refresh --yes --skip-preview --json",
    ):
        aws.calls.clear()
        began = time.perf_counter()
        run = ["pulumi", *command.split(), "--non-interactive", "--color=never"]
        done = subprocess.run(run, cwd=out, env=environment, capture_output=True, text=True, check=False)
        took, calls = time.perf_counter() - began, dict(aws.calls.by_operation())
        print(f"pulumi {command}: exit {done.returncode}, {took:.0f} s, {sum(calls.values()):,} calls {calls}")
        if done.returncode:
            sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
        if command.startswith("preview"):
            print(f"  {json.loads(done.stdout)['changeSummary']}")


if __name__ == "__main__":
    main()
