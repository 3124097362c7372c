"""The ids, tokens and times that AWS generates: random, or repeatable with a seed."""

import base64
import hashlib
import json
import secrets
import threading
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta

START = datetime(2025, 1, 1, tzinfo=UTC)
TICK = timedelta(seconds=1)


class Identifiers:
    """The source of every value that the emulator generates.

    Without a seed, values are random and the time is the current time.

    With a seed, a value depends on the seed, the entity, and the number of earlier values for that entity. It does not
    depend on requests for other entities. The clock starts at `START` and advances by `TICK` with each reading. Times,
    and several values for one entity, are repeatable only if the calls come in the same order.

    Threads can share an object.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._seed = seed
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Start again. With a seed, the values are the same as from a new object."""
        with self._lock:
            self._values: Counter[tuple[str, ...]] = Counter()
            self._readings = 0

    def uuid(self, *entity: str) -> str:
        """Return a UUID for an entity, which any number of texts identify."""
        return str(uuid.UUID(bytes=self._bytes(16, entity), version=4))

    def hexadecimal(self, length: int, *entity: str) -> str:
        """Return an even number of hexadecimal digits for an entity."""
        return self._bytes(length // 2, entity).hex()

    def token(self, size: int, *entity: str) -> str:
        """Return `size` bytes for an entity as text that is safe in a URL."""
        return base64.urlsafe_b64encode(self._bytes(size, entity)).rstrip(b"=").decode()

    def now(self) -> datetime:
        """Return the current time, or the time of the seeded clock."""
        if self._seed is None:
            return datetime.now(UTC)
        with self._lock:
            self._readings += 1
            return START + self._readings * TICK

    def _bytes(self, size: int, entity: tuple[str, ...]) -> bytes:
        if self._seed is None:
            return secrets.token_bytes(size)
        with self._lock:
            self._values[entity] += 1
            number = self._values[entity]
        text = json.dumps([self._seed, entity, number])
        return hashlib.shake_256(text.encode()).digest(size)
