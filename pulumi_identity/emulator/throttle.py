"""A token bucket: so many calls a second, with one second's worth of burst."""

import threading
import time


class Bucket:
    """Holds at most `rate` tokens and gains `rate` of them a second; a call takes one."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._capacity = max(rate, 1.0)
        self._tokens = self._capacity
        self._at = time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> float:
        """0 if there was a token; else the seconds until there is one again."""
        with self._lock:
            now = time.monotonic()
            self._tokens = min(self._capacity, self._tokens + (now - self._at) * self._rate)
            self._at = now
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return (1 - self._tokens) / self._rate
