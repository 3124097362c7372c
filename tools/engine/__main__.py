"""Put the Pulumi CLI and its Python language host into the running virtual environment.

    python tools/engine [WAY ...]

The ways, tried in this order until one succeeds: `path` links a CLI that is on PATH, `download` fetches the official
one with the Automation API's installer, `build` compiles it from the Go modules beside this file. A CLI that an earlier
run has put there stays, unless this folder has changed since.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
VENV = Path(sys.prefix)
BIN = VENV / "bin"
RECORD = VENV / "pulumi-engine"

OLDEST = (3, 245)
PROGRAMS = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")

DOWNLOAD_SECONDS = 300
INSTALLER = """
import socket, sys
from pulumi.automation import PulumiCommand
socket.setdefaulttimeout(10)  # for the installer script itself: without a network, know it soon
PulumiCommand.install(root=sys.argv[1])
"""

BUILDS = (
    ("cli", "github.com/pulumi/pulumi/pkg/v3", "cmd/pulumi"),
    ("python", "github.com/pulumi/pulumi/sdk/v3", "python/cmd/pulumi-language-python"),
)
SDK = "github.com/pulumi/pulumi/sdk/v3"
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")

REMEDY = f"""\
No Pulumi CLI could be had. Do one of these, then run the command again:
  - install the Pulumi CLI, {OLDEST[0]}.{OLDEST[1]} or newer, as its documentation says, so that `pulumi` is on PATH;
  - install Go, 1.25 or newer, so that `go` is on PATH: the CLI is then built from source."""


class UnavailableError(Exception):
    """This way leads to no CLI here; the text says why."""


def main(names: list[str]) -> None:
    """Make the programs available by the first of the named ways that works."""
    wanted = fingerprint()
    if not names and RECORD.is_file() and RECORD.read_text() == wanted and all(map(executable, PROGRAMS)):
        return
    RECORD.unlink(missing_ok=True)
    for name in names or WAYS:
        try:
            WAYS[name]()
        except UnavailableError as reason:
            print(f"  {name}: {reason}", flush=True)
        else:
            RECORD.write_text(wanted)
            version, python = version_of(BIN / "pulumi"), sys.version.split()[0]
            print(f"The Pulumi CLI {version} and Python {python} are in {BIN}.")
            return
    sys.exit(REMEDY)


def fingerprint() -> str:
    """What the outcome depends on: the contents of this folder."""
    files = sorted(path for path in HERE.rglob("*") if path.suffix in {".py", ".mod", ".sum"})
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def executable(program: str) -> bool:
    """Whether a program is in the environment and, if a link, leads somewhere."""
    return os.access(BIN / program, os.X_OK)


def from_path() -> None:
    """Link the CLI that the person has, with the language host beside it or on PATH."""
    print("Looking for a Pulumi CLI on PATH.", flush=True)
    elsewhere = os.pathsep.join(d for d in os.get_exec_path() if Path(d).resolve() != BIN.resolve())
    cli = shutil.which("pulumi", path=elsewhere)
    if cli is None:
        raise UnavailableError("there is none")
    link_all(Path(cli), elsewhere)


def link_all(cli: Path, path: str) -> None:
    """Link a CLI and its companions, if it is new enough and complete."""
    version = version_of(cli)
    numbers = re.match(r"v?(\d+)\.(\d+)", version)
    if numbers is None or tuple(map(int, numbers.groups())) < OLDEST:
        raise UnavailableError(f"{cli} is version {version}, and at least {OLDEST[0]}.{OLDEST[1]} is needed")
    search = os.pathsep.join([str(cli.parent), str(cli.resolve().parent), path])
    found = {program: shutil.which(program, path=search) for program in PROGRAMS}
    missing = [program for program, where in found.items() if where is None]
    if missing:
        raise UnavailableError(f"{cli} lacks its companions {', '.join(missing)}")
    for program, where in found.items():
        with replacing(program) as new:
            new.symlink_to(Path(str(where)).absolute())


def version_of(cli: Path) -> str:
    """What a CLI answers when asked for its version; the answer itself is no business of its home folder."""
    env = os.environ | {"PULUMI_HOME": str(VENV / "pulumi-home"), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        return run([str(cli), "version"], env=env, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(f"{cli} does not answer its version: {error}") from error


def download() -> None:
    """Install the official CLI of the SDK's version inside the environment, then link it as one that was found."""
    print("Downloading the official Pulumi CLI (about 150 MB).", flush=True)
    root = VENV / "pulumi"
    # A session of its own: past the limit the installer's own children end with it.
    with subprocess.Popen(
        [sys.executable, "-c", INSTALLER, str(root)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as installer:
        try:
            said, _ = installer.communicate(timeout=DOWNLOAD_SECONDS)
        except subprocess.TimeoutExpired as error:
            os.killpg(installer.pid, signal.SIGKILL)
            raise UnavailableError(f"no answer in {DOWNLOAD_SECONDS} seconds") from error
    if installer.returncode:
        raise UnavailableError(last_line(said))
    link_all(root / "bin" / "pulumi", path="")


def build() -> None:
    """Compile the CLI and the language host, and copy the two scripts that the host starts programs with."""
    go = shutil.which("go")
    if go is None:
        raise UnavailableError("Go is not on PATH")
    print("Building the Pulumi CLI from Go modules (about 5 minutes on two cores, the first time).", flush=True)
    for module, path, package in BUILDS:
        version = go_run(go, module, "list", "-m", "-f", "{{.Version}}", path)
        stamp = f"-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={version}"
        with replacing(Path(package).name) as new:
            flags = ["-tags", "osusergo,grpcnotrace", "-ldflags", f"-w -s {stamp}", "-o", str(new)]
            go_run(go, module, "build", *flags, f"{path}/{package}")
    sources = Path(go_run(go, "cli", "list", "-m", "-f", "{{.Dir}}", SDK))
    for script in SCRIPTS:
        with replacing(Path(script).name) as new:
            shutil.copyfile(sources / script, new)
            new.chmod(0o755)


def go_run(go: str, module: str, *command: str) -> str:
    """Run a Go command in one of the modules beside this file, as committed: nothing is resolved anew."""
    settings = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false", "GOWORK": "off"}
    try:
        return run([go, *command], cwd=HERE / module, env=os.environ | settings)
    except subprocess.CalledProcessError as error:
        raise UnavailableError(f"go {command[0]}: {last_line(error.stderr)}") from error


@contextmanager
def replacing(program: str) -> Iterator[Path]:
    """A path to make a program at, which then takes its place in the environment in one step."""
    new = BIN / f".{program}.new"
    new.unlink(missing_ok=True)
    try:
        yield new
        new.replace(BIN / program)
    finally:
        new.unlink(missing_ok=True)


def run(command: list[str], *, env: dict[str, str], cwd: Path | None = None, timeout: float | None = None) -> str:
    """Run a command to its end and return what it printed."""
    done = subprocess.run(
        command, cwd=cwd, env=env, timeout=timeout, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def last_line(text: str) -> str:
    """The line of a failed program's output that names the cause."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it said nothing")


WAYS: dict[str, Callable[[], None]] = {"path": from_path, "download": download, "build": build}

if __name__ == "__main__":
    main(sys.argv[1:])
