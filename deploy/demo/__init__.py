"""One day at the border, played against a running stack: `python -m deploy.demo`."""
