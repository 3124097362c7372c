"""The commands `import` and `unmanaged`.

`import` writes a program that declares an existing directory, and a file for `pulumi import`. `unmanaged` lists users,
groups and members that no resource manages.
"""

from .importing import import_directory
from .models import Progress, Selection, Summary
from .terminal import next_steps, show_progress, summary_lines
from .unmanaged import Findings, find_unmanaged

__all__ = [
    "Findings",
    "Progress",
    "Selection",
    "Summary",
    "find_unmanaged",
    "import_directory",
    "next_steps",
    "show_progress",
    "summary_lines",
]
