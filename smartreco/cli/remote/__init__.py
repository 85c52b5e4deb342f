"""Commands that ask a running app over HTTP, with the options and the output of the local ones."""
