"""Put the Pulumi CLI and its Python language host into the running virtual environment.

    python tools/engine [WAY ...]

The program tries these ways in order until one succeeds: `path` links a CLI on PATH, `download` runs the official
installer, and `build` compiles the CLI from the Go modules beside this file. A CLI from an earlier run stays until this
folder changes. No way needs a Python package, so packages can be installed at the same time.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
VENV = Path(sys.prefix)
BIN = VENV / "bin"
REQUIREMENTS = HERE.parent.parent / "requirements.txt"
RECORD = VENV / "pulumi-engine"

OLDEST = (3, 245)
PROGRAMS = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")

INSTALLER = "https://get.pulumi.com/install.sh"
FETCH = ("curl", "--fail", "--location", "--max-time", "10", "--show-error", "--silent")
DOWNLOAD_SECONDS = 300


class Build(NamedTuple):
    """A program to compile: the folder of the Go module, the path of the module, and the package."""

    module: str
    path: str
    package: str


CLI = Build("cli", "github.com/pulumi/pulumi/pkg/v3", "cmd/pulumi")
HOST = Build("python", "github.com/pulumi/pulumi/sdk/v3", "python/cmd/pulumi-language-python")
TAGS = ("-tags", "osusergo,grpcnotrace")
SDK = HOST.path
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")
NEEDS_PULUMI = """\
import importlib.util
import sys

if importlib.util.find_spec("pulumi") is None:
    sys.exit(
        f"{sys.executable} has no package pulumi: the Pulumi CLI that was built from source runs the first python3 on"
        " PATH, and ignores `virtualenv` and `toolchain` in Pulumi.yaml — activate the project's virtual environment"
    )
"""
"""The check before the first import of a program's process. The built language host is older than these options."""

REMEDY = f"""\
No Pulumi CLI is available. Do one of these, then run the command again:
  - install the Pulumi CLI, {OLDEST[0]}.{OLDEST[1]} or newer, and put `pulumi` on PATH;
  - install Go, 1.25 or newer, and put `go` on PATH. The CLI is then built from source."""


class UnavailableError(Exception):
    """The reason why one of the ways provides no CLI."""


def main(names: list[str]) -> None:
    """Put the programs into the environment in the first of the named ways that succeeds.

    Args:
        names: The ways to try, or an empty list for all of them.
    """
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
    """Return a hash of this folder. A run depends on nothing else."""
    files = sorted(path for path in HERE.rglob("*") if path.suffix in {".py", ".mod", ".sum"})
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def executable(program: str) -> bool:
    """Return whether the environment has the program. A broken link does not count."""
    return os.access(BIN / program, os.X_OK)


def from_path() -> None:
    """Link the installed CLI, and the language host beside it or on PATH."""
    print("Looking for a Pulumi CLI on PATH.", flush=True)
    elsewhere = os.pathsep.join(d for d in os.get_exec_path() if Path(d).resolve() != BIN.resolve())
    cli = shutil.which("pulumi", path=elsewhere)
    if cli is None:
        raise UnavailableError("`pulumi` is not on PATH")
    link_all(Path(cli), elsewhere)


def link_all(cli: Path, path: str) -> None:
    """Link a CLI and its companion programs, if it is new enough and complete.

    Args:
        cli: The CLI.
        path: Further folders that may have the companions, as in PATH.

    Raises:
        UnavailableError: The CLI is too old, or a companion is missing.
    """
    version = version_of(cli)
    numbers = re.match(r"v?(\d+)\.(\d+)", version)
    if numbers is None or tuple(map(int, numbers.groups())) < OLDEST:
        raise UnavailableError(
            f"{cli} is version {version}, but {OLDEST[0]}.{OLDEST[1]} is the oldest supported version"
        )
    search = os.pathsep.join([str(cli.parent), str(cli.resolve().parent), path])
    found = {program: shutil.which(program, path=search) for program in PROGRAMS}
    missing = [program for program, where in found.items() if where is None]
    if missing:
        raise UnavailableError(f"{cli} has no companion {', '.join(missing)}")
    for program, where in found.items():
        with replacing(program) as new:
            new.symlink_to(Path(str(where)).absolute())


def version_of(cli: Path) -> str:
    """Return the version that a CLI reports. The command gets its own home folder."""
    env = os.environ | {"PULUMI_HOME": str(VENV / "pulumi-home"), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        return run([str(cli), "version"], env=env)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnavailableError(f"{cli} reports no version: {error}") from error


def download() -> None:
    """Install the official CLI of the SDK's version in the environment, and link it."""
    print("Downloading the official Pulumi CLI (about 150 MB).", flush=True)
    root = VENV / "pulumi"
    try:
        installer = run([*FETCH, INSTALLER])
        # The installer gets its own session, so that a timeout also ends its child processes.
        with subprocess.Popen(
            ["sh", "-s", "--", "--no-edit-path", "--install-root", str(root), "--version", sdk_version()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as shell:
            try:
                output, _ = shell.communicate(installer, timeout=DOWNLOAD_SECONDS)
            except subprocess.TimeoutExpired as error:
                os.killpg(shell.pid, signal.SIGKILL)
                raise UnavailableError(f"no answer in {DOWNLOAD_SECONDS} seconds") from error
    except FileNotFoundError as error:
        raise UnavailableError(f"{error.filename} is not on PATH") from error
    except subprocess.CalledProcessError as error:
        raise UnavailableError(last_line(error.stderr)) from error
    if shell.returncode:
        raise UnavailableError(last_line(output))
    link_all(root / "bin" / "pulumi", path="")


def sdk_version() -> str:
    """Return the version of Pulumi's SDK for Python. The official CLI has the same version."""
    pins = (line.split() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines())
    return next(pin[0].removeprefix("pulumi==") for pin in pins if pin and pin[0].startswith("pulumi=="))


def build() -> None:
    """Compile the CLI and the language host, and copy the two scripts that the host needs."""
    go = shutil.which("go")
    if go is None:
        raise UnavailableError("Go is not on PATH")
    print(
        "The official Pulumi CLI can't be downloaded here, so it is built from source, once. This takes some minutes.",
        flush=True,
    )
    with ThreadPoolExecutor() as pool:
        # The host needs few modules. It compiles the shared ones while the CLI's modules download.
        packages = {build.module: pool.submit(list_packages, go, build) for build in (HOST, CLI)}
        compiled: set[str] = set()
        for build in (HOST, CLI):
            compile_packages(go, build, packages[build.module].result(), compiled)
    sources = Path(go_run(go, CLI, "list", "-m", "-f", "{{.Dir}}", SDK))
    for script in SCRIPTS:
        copy_script(sources / script)


def copy_script(source: Path) -> None:
    """Copy a script of the SDK. The one in Python first checks that it has Pulumi's package."""
    first, *lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    check = NEEDS_PULUMI if "python" in first else ""
    with replacing(source.name) as new:
        new.write_text("".join([first, check, *lines]), encoding="utf-8")
        new.chmod(0o755)


def list_packages(go: str, build: Build) -> set[str]:
    """Download the modules of a build that are missing, and return the names of its packages."""
    return set(go_run(go, build, "list", "-deps", *TAGS, f"{build.path}/{build.package}").split())


def compile_packages(go: str, build: Build, packages: set[str], compiled: set[str]) -> None:
    """Compile a program, add each of its packages to `compiled`, and print the count after every tenth of them.

    Args:
        go: The Go command.
        build: The program.
        packages: The names of all its packages.
        compiled: The names of the packages that are compiled. An earlier build has compiled some already.
    """
    version = go_run(go, build, "list", "-m", "-f", "{{.Version}}", build.path)
    stamp = f"-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={version}"
    program = Path(build.package).name
    shown = len(compiled & packages)
    with replacing(program) as new:
        command = ["build", "-v", *TAGS, "-ldflags", f"-w -s {stamp}", "-o", str(new), f"{build.path}/{build.package}"]
        with go_start(go, build, *command) as process:
            output = ""
            for line in process.stderr or ():
                output += line
                compiled.add(line.strip())
                count = len(compiled & packages)
                if count - shown >= len(packages) / 10:
                    shown = count
                    print(f"  {program}: {count:,} of {len(packages):,} packages are compiled.", flush=True)
        if process.returncode:
            raise UnavailableError(f"go build: {last_line(output)}")


def go_run(go: str, build: Build, *command: str) -> str:
    """Run a Go command in the module of a build to its end, and return its output."""
    with go_start(go, build, *command) as process:
        output, errors = process.communicate()
    if process.returncode:
        raise UnavailableError(f"go {command[0]}: {last_line(errors)}")
    return output.strip()


def go_start(go: str, build: Build, *command: str) -> subprocess.Popen[str]:
    """Start a Go command in the module of a build. It uses the committed versions of all modules."""
    settings = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false", "GOWORK": "off"}
    return subprocess.Popen(
        [go, *command],
        cwd=HERE / build.module,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def replacing(program: str) -> Iterator[Path]:
    """Yield a path for a new program, and then move the program into the environment in one step."""
    new = BIN / f".{program}.new"
    new.unlink(missing_ok=True)
    try:
        yield new
        new.replace(BIN / program)
    finally:
        new.unlink(missing_ok=True)


def run(command: list[str], *, env: dict[str, str] | None = None) -> str:
    """Run a command to its end, and return its output."""
    done = subprocess.run(
        command, env=env, timeout=60, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def last_line(text: str) -> str:
    """Return the line of a failed program's output that names the cause."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it printed nothing")


WAYS: dict[str, Callable[[], None]] = {"path": from_path, "download": download, "build": build}

if __name__ == "__main__":
    main(sys.argv[1:])
