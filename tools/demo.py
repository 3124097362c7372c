"""Run the quickstart with the real Pulumi engine, against the emulator: nothing leaves this machine.

State, settings and credentials live in a folder that is thrown away. With an AWS account, the same commands manage
real people: what this program adds to the environment is what a person has from `pulumi login` and AWS's own settings.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_identity.emulator import Emulator

PROJECT = Path(__file__).parent.parent
STACK = "demo-of-make"
STORE = "d-1234567890"


def main() -> None:
    """Create, look again, and remove, as a person would."""
    with TemporaryDirectory(prefix="pulumi-identity-") as scratch, Emulator(identity_stores=[STORE]) as aws:
        state = Path(scratch, "state")
        state.mkdir()
        environment = os.environ | {
            "AWS_ACCESS_KEY_ID": "demo",
            "AWS_SECRET_ACCESS_KEY": "demo",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": aws.url,
            "PULUMI_BACKEND_URL": state.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "demo",
            "PULUMI_HOME": str(Path(scratch, "home")),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        }

        def pulumi(arguments: str) -> None:
            command = ["pulumi", *shlex.split(arguments)]
            print(f"\n$ {shlex.join(command)}", flush=True)
            subprocess.run(command, cwd=PROJECT, env=environment, check=True)

        print(f"An AWS of our own listens at {aws.url}. A new stack, and which identity store it manages:")
        pulumi(f"stack init {STACK}")
        try:
            pulumi(f"config set identity:identityStoreId {STORE}")

            print("\nFive resources that refer to each other are created:")
            pulumi("up --yes")

            print("\nThe second preview compares the same program with what is there, and finds nothing to do:")
            pulumi("preview --refresh --expect-no-changes")

            print("\nAnd everything is removed again, the stack as well:")
            pulumi("destroy --yes --remove")
        finally:
            # What is left of a demo that stopped half-way: the stack's settings, which stand beside Pulumi.yaml.
            Path(PROJECT, f"Pulumi.{STACK}.yaml").unlink(missing_ok=True)

        print(f"\nThe demo took {len(aws.calls)} AWS calls. The program is examples/quickstart/__main__.py.")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The demo stopped: `{shlex.join(error.cmd)}` ended with exit code {error.returncode}.")
