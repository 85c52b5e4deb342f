"""What the scoreboard page reads: kept runs, runs under way, runs held against each other."""
