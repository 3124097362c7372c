"""The command `import`: write a program that declares an existing directory, and a file for `pulumi import`."""

from .importing import import_directory
from .models import Progress, Selection, Summary
from .terminal import next_steps, show_progress, summary_lines

__all__ = [
    "Progress",
    "Selection",
    "Summary",
    "import_directory",
    "next_steps",
    "show_progress",
    "summary_lines",
]
