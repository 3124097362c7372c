"""An embedded emulator of the AWS services that this package manages.

moto serves requests. Where moto lacks an operation or differs from AWS, a backend of this package replaces it: the
identity store, QuickSight's users and groups, AppStream's user pool, and ListInstances of `sso-admin`. The emulator
works with any AWS client, and does not depend on the resources.
"""

from .calls import Call, Calls
from .faults import Fault, Faults
from .server import Emulator
from .throttle import ThrottleAnswer

__all__ = ["Call", "Calls", "Emulator", "Fault", "Faults", "ThrottleAnswer"]
