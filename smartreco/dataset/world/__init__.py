"""The made-up world behind the demo data, small parts with known truth.

Order of making: `plan` (who takes part and when), `products`, `shops` and `vendors`
(entities), `forces` (what moves demand: `prices`, `supply`, `season`), which `levers` may
push, `making` (`tastes` and `cadence` join in: the `truth`), `draw` (the orders),
`assembly` (the frames of a data set) and `dirt` (its twin as somebody's system would
export it). `smartreco.dataset.synthetic` is the way in.
"""
