"""The work grows in proportion to the number of people."""

import difflib
import sys
from types import FrameType

import pytest
from directory.files import Files, problems_of

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


def test_a_mistake_in_every_row_is_compared_with_the_known_words_once(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    original = difflib.get_close_matches
    monkeypatch.setattr(
        difflib, "get_close_matches", lambda *args, **more: compared.append(args) or original(*args, **more)
    )
    rows = "".join(f"p{i},P Q,Sails\n" for i in range(100))
    files.write("groups.csv", "key\n" + "".join(f"sales{i}\n" for i in range(50)))
    files.write("people.csv", f"key,name,groups\n{rows}")
    assert len(problems_of(".")) == 150  # and a warning for each group
    assert len(compared) == 1


def test_wrong_lines_of_moved_are_compared_with_the_keys_only_a_few_times(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    monkeypatch.setattr(difflib, "get_close_matches", lambda *args, **_: compared.append(args) or [])
    moved = {f"old{i}": f"gone{i}" for i in range(100)}
    assert len(problems_of({"people": {"jo": {"name": "Jo Doe"}}, "moved": moved})) == 100
    assert len(compared) == 20
