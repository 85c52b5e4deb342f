"""Who is measured: one file a library, all as a `served.Contender`."""
