"""What would happen if: levers moved on today's market, both worlds on the same random draws.

`levers` say what is moved, `market` what is known today, `simulate` plays both worlds, and
`outcome` is what comes back. Nothing here writes: a scenario is a question.
"""
