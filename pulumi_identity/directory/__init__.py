"""People as data: a file of people and groups, and the component that registers them."""

from .component import Directory
from .people import Company, Group, Person

__all__ = ["Company", "Directory", "Group", "Person"]
