"""Review a preview: who gains access, who loses it and who becomes an admin.

    review(text).headline        "1 person becomes ADMIN, 1 leaves, 2 join"
    RENDERERS["markdown"](…)     a comment for a pull request

`text` is the output of `pulumi preview --json --refresh --show-sames`. A review needs no access to AWS.
"""

from .actions import Action
from .changes import Change, Drift, OtherChange
from .dangers import RULES, Danger
from .findings import ADMIN_GROUPS, MAX_DELETED, Rule, Thresholds
from .names import End
from .people import Account, Cell, Matrix, Person
from .plan import Plan
from .preview import NotAPreviewError
from .render import RENDERERS
from .review import TITLE, Review, review
from .values import Difference, Mark

__all__ = [
    "ADMIN_GROUPS",
    "MAX_DELETED",
    "RENDERERS",
    "RULES",
    "TITLE",
    "Account",
    "Action",
    "Cell",
    "Change",
    "Danger",
    "Difference",
    "Drift",
    "End",
    "Mark",
    "Matrix",
    "NotAPreviewError",
    "OtherChange",
    "Person",
    "Plan",
    "Review",
    "Rule",
    "Thresholds",
    "review",
]
