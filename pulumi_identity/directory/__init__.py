"""People as data: read and validate files of people and groups, and register them with the component `Directory`."""

from .component import Directory
from .people import Company, Group, Person
from .problems import DirectoryError, Problem
from .reading import load

__all__ = ["Company", "Directory", "DirectoryError", "Group", "Person", "Problem", "load"]
