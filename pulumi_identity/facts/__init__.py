"""What we know about AWS: each fact is a sentence, its source, its certainty and a probe.

Code relies on these facts. The emulator's tests run the probes against the emulator. `pulumi-identity verify-aws` runs
them against an account. docs/aws.md and the README's open questions are generated from them.
"""

from . import appstream, identitystore, quicksight, quicksight_groups
from .fact import Certainty, Fact, Mode, Refusal, Service

FACTS: tuple[Fact, ...] = (*identitystore.FACTS, *quicksight.FACTS, *quicksight_groups.FACTS, *appstream.FACTS)

__all__ = ["FACTS", "Certainty", "Fact", "Mode", "Refusal", "Service"]
