"""Promises that hold in every order: of unrelated events, of recording, of deliveries. Deciders alone, no servers."""
