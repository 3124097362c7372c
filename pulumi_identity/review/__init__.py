"""Review a preview: who gets in, who is locked out, who becomes admin.

    review(text).headline        "2 people join, 1 leaves, 1 becomes ADMIN"
    RENDERERS["markdown"](…)     a comment for a pull request

`text` is what `pulumi preview --json --refresh --show-sames` printed. Needs nothing of AWS.
"""

from collections.abc import Callable

from . import _html, _json, _markdown, _text
from ._dangers import ADMIN_GROUPS, MAX_DELETED, RULES, Danger, Limits, Rule
from ._engine import NotAPreviewError
from ._facts import Action
from ._names import Reference
from ._people import Account, Cell, Matrix, Person
from ._plan import Drift, Plan, Resource
from ._review import TITLE, Review, review
from ._values import Difference, Mark

RENDERERS: dict[str, Callable[[Review], str]] = {
    "markdown": _markdown.render,
    "text": _text.render,
    "json": _json.render,
    "html": _html.render,
}
"""`--format` → what writes it."""

__all__ = [
    "ADMIN_GROUPS",
    "MAX_DELETED",
    "RENDERERS",
    "RULES",
    "TITLE",
    "Account",
    "Action",
    "Cell",
    "Danger",
    "Difference",
    "Drift",
    "Limits",
    "Mark",
    "Matrix",
    "NotAPreviewError",
    "Person",
    "Plan",
    "Reference",
    "Resource",
    "Review",
    "Rule",
    "review",
]
