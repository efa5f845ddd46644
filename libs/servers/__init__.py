"""How clients get to the servers that everybody needs, PostgreSQL and Kafka: with which settings, and for how long.

It knows nothing of what is kept there.
"""
