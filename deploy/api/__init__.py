"""What the services offer, described for tools: written into `docs/api`, and held against the last release."""
