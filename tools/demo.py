"""Run the quickstart with the real Pulumi engine, against the emulator.

State, settings and credentials are in a temporary folder, and no request leaves this machine. With an AWS account, the
same commands manage real users. The environment variables below replace `pulumi login` and AWS's own settings.
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
    """Create the resources, preview again, and destroy them."""
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

        print(f"The emulator listens at {aws.url}. Create a stack and set its identity store:")
        pulumi(f"stack init {STACK}")
        try:
            pulumi(f"config set identity:identityStoreId {STORE}")

            print("\nCreate five resources:")
            pulumi("up --yes")

            print("\nPreview the same program again. It shows no changes:")
            pulumi("preview --refresh --expect-no-changes")

            print("\nDestroy the resources and remove the stack:")
            pulumi("destroy --yes --remove")
        finally:
            # If the demo stops early, the stack's settings are still beside Pulumi.yaml.
            Path(PROJECT, f"Pulumi.{STACK}.yaml").unlink(missing_ok=True)

        print(f"\nThe demo took {len(aws.calls)} AWS calls. The program is examples/quickstart/__main__.py.")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"The demo stopped: `{shlex.join(error.cmd)}` ended with exit code {error.returncode}.")
