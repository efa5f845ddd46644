"""One shipment's life as the services recorded it: `python -m deploy.follow ID`."""
