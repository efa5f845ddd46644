"""What is due, and what streams tell one another."""
