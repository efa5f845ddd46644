"""What comes in by HTTP, and what is answered."""
