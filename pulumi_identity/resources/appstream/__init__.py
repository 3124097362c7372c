"""Users of Amazon AppStream 2.0."""
