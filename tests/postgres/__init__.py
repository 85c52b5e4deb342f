"""The PostgreSQL home of a store, on a real PostgreSQL."""
