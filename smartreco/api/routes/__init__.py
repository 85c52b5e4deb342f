"""One file a subject: what is asked, what is answered, one workspace method each."""
