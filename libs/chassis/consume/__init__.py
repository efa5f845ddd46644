"""From topics of others to inputs."""
