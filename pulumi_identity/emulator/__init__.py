"""An embedded AWS: what this package manages, as AWS serves it, without an account.

moto serves, and where it lacks an operation or differs from AWS a backend of ours stands in
its place: all of the identity store, QuickSight's users, AppStream's user pool. It works
with any AWS client, and knows nothing of the resources that are tested against it.
"""

from .calls import Call, Calls
from .faults import Faults
from .server import Emulator

__all__ = ["Call", "Calls", "Emulator", "Faults"]
