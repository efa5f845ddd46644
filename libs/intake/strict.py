"""HTTP/1.1 that can be read in one way only: what h11 takes in good faith, others on the way may read otherwise."""

from collections import Counter
from typing import Any

import h11

ONCE = frozenset((
    b"authorization", b"content-encoding", b"content-length", b"content-type", b"host", b"idempotency-key",
    b"transfer-encoding",
))  # fmt: skip
"""Of two that differ nobody could say which one was meant; and of two that are alike others may see one."""
CHUNKS_MAX, CHUNK_BYTES_MIN = 1000, 32
"""Behind so many chunks of a body they have to be of such a size on average: each costs as much as a large one."""


class Strict(h11.Connection):
    """Raises RemoteProtocolError on requests of which it is not plain where they end, or what they say."""

    _chunks = _bytes = 0

    def next_event(self) -> Any:
        read = self.trailing_data[0] if self.their_state is h11.IDLE else b""
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
            if not is_plain(read.partition(b"\r\n\r\n")[0], event.http_version):
                raise h11.RemoteProtocolError("a request that can be read in two ways")
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > CHUNKS_MAX and self._bytes < CHUNK_BYTES_MIN * (self._chunks - 1):
                raise h11.RemoteProtocolError("a body in very many very small chunks")
        return event


def is_plain(head: bytes, version: bytes) -> bool:
    """Whether a head ends its lines as it should, folds none, and says once, by one means, how long its body is."""
    lines = head.split(b"\r\n")[1:]
    said = Counter(line.partition(b":")[0].lower() for line in lines)
    lengths = [line for line in lines if line.lower().startswith(b"content-length:")]
    coded = b"transfer-encoding" in said
    return not (
        b"\n" in head.replace(b"\r\n", b"")
        or any(line[:1] in {b" ", b"\t"} for line in lines)
        or any(said[name] > 1 for name in ONCE)
        or any(b"," in line for line in lengths)
        or (coded and (lengths or version < b"1.1"))
    )
