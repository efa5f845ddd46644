"""Whole lives of shipments, to be sent: each step's door, whose act it is, and what is said there (`road`); and what
commands say, as documents, of which one changes what one likes (`documents`)."""
