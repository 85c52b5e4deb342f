"""What the process answers over HTTP beside its pages."""
