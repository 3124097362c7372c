"""The table of renderers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import html, json, markdown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.review.review import Review

RENDERERS: dict[str, Callable[[Review], str]] = {
    "markdown": markdown.render,
    "text": text.render,
    "json": json.render,
    "html": html.render,
}
"""`--format` → its renderer."""
