"""The page "Accounts": who can sign in, as what, and what an administrator does about it."""
