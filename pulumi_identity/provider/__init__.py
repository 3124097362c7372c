"""Pulumi's side: how a kind of resource is declared, and what Pulumi's six calls do with it."""
