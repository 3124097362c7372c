"""The work grows in proportion to the number of people."""

import sys
from types import FrameType

from directory.files import Files

from pulumi_identity.directory import load


def _calls(files: Files, people: int) -> int:
    """Return the number of calls of functions that a load makes."""
    entries = "".join(
        f"  p{i}: {{name: P Q, email: p{i}@example.com, groups: [g], quicksight: READER, appstream: true}}\n"
        for i in range(people)
    )
    files.write("people.yaml", f"groups: {{g: {{}}}}\npeople:\n{entries}")
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        load("people.yaml")
    finally:
        sys.setprofile(None)
    return calls


def test_twice_as_many_people_are_twice_the_work(files: Files) -> None:
    _calls(files, 1)  # builds the validators
    few, many = _calls(files, 200), _calls(files, 400)
    assert many < 2.1 * few
    assert many / 400 < 1_500  # 5,000 people take less than 2 seconds
