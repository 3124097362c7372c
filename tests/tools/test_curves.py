"""The pictures of docs/scale.md show the figures beside them, and drawing them again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import curves

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_pictures_are_drawn_from_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed = {name: (curves.DOCS / name).read_bytes() for name in ("scale.svg", "scale-time.svg")}
    monkeypatch.setattr(curves, "DOCS", tmp_path)
    curves.draw_calls(curves.figures())
    curves.draw_time(curves.figures())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == committed
