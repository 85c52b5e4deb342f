"""Who may come in: accounts, sessions, passwords, one-time links and API keys."""
