"""The facade over everything: one method a use case, permission checked on each."""
