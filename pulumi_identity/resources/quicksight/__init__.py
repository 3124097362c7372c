"""Users of Amazon QuickSight."""
