"""The made-up world behind the demo data, small parts with known truth.

Order of making: `plan` (who and when), `catalogue` and `shops` (entities), `tastes`
(who wants what), `cadence`, `season`, `prices` and `supply` (what moves demand),
`draw` (the orders themselves), `frames` (what a data set holds), `dirt` (its twin as
it would come from somebody's system). `smartreco.dataset.synthetic` is the way in.
"""
