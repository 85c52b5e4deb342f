"""Known methods that ours has to beat, as an honest user would run them."""
