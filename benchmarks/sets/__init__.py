"""Real orders: one file a data set, each giving a `Prepared`."""
