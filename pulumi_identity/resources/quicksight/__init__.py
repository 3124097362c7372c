"""Users and groups of Amazon QuickSight."""
