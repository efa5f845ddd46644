"""Worked cases by chapter, and where all of them are gathered."""
