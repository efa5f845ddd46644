"""What `make bench` runs: Serhet beside a bare loop and other ways to do the same, and their figures."""
