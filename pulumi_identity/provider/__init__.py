"""Pulumi's side: the declaration of a kind of resource, and Pulumi's six calls."""
