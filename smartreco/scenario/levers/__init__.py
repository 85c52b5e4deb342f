"""What can be moved. A new lever is one file and one line in `registry`."""
