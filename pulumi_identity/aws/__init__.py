"""AWS's side: sessions, retries, listings, ids, and the state of the process. Does not depend on Pulumi."""
