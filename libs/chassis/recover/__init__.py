"""What brings back what was lost, takes entries back, and keeps what could not be decided."""
