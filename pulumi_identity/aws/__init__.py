"""AWS's side: sessions, retries, listings, ids, and the state of the process. Knows nothing of Pulumi."""
