"""The generated modules are what the declarations say now. `make lint` checks the generated parts of the documents."""

from pathlib import Path

import pytest

from tools import exports, stubs

WRITTEN = exports.written() | stubs.written()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: "/".join(path.parts[-2:]))
def test_generated_modules_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == WRITTEN[path], "run `make docs`"
