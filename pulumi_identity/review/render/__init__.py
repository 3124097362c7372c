"""Renderers of a review, one per module."""

from .renderers import RENDERERS

__all__ = ["RENDERERS"]
