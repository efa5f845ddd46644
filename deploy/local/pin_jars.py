"""`python -m deploy.local.pin_jars`: write the digest files anew, after a change of version."""

import tempfile
from pathlib import Path

from deploy.local.jars import BROKER_DIGESTS, KAFKA_VERSION, TOOLS_DIGESTS, Jar, resolve

BROKER = (f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}", f"org.apache.kafka:kafka-server:{KAFKA_VERSION}")
LOGGING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5"  # Without it Kafka logs nothing.
TOOLS = "org.apache.kafka:kafka-tools:4.2.1"  # There is no 4.2.2 of the tools; they run on the broker's jars.


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        broker = (*resolve(BROKER, Path(folder)), _alone(LOGGING, Path(folder)))
        tools = (_alone(TOOLS, Path(folder)),)
    BROKER_DIGESTS.write_text(_lines(broker), encoding="utf-8")
    TOOLS_DIGESTS.write_text(_lines(tools), encoding="utf-8")


def _alone(coordinate: str, folder: Path) -> Jar:
    """One jar without what it needs: resolved together, its own wishes would change Kafka's versions."""
    return next(jar for jar in resolve((coordinate,), folder) if jar.coordinate == coordinate)


def _lines(jars: tuple[Jar, ...]) -> str:
    return "".join(f"{jar.digest}  {jar.coordinate}\n" for jar in jars)


if __name__ == "__main__":
    main()
