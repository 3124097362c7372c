"""Write a review: a renderer a file."""

from .renderers import RENDERERS

__all__ = ["RENDERERS"]
