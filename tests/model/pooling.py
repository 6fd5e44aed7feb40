"""A small chain of what members pool: loads, lots, choices, keeping, means; one row of each of its equations."""

from __future__ import annotations

POOLING = """
    ## Periods
    | period | share |
    | summer | 0.6 |
    | winter | 0.4 |
    ## Actors
    | actor | perimeter |
    | Kitchen | member |
    | Hub | member |
    | School | local |
    | Trader | external |
    ## Products
    | product | unit | price | kind | shelf_life | kg |
    | meal | item | 5 | | | 0.5 |
    | lentils | kg | 3 | | 1 |
    | beans | kg | 4 | | |
    | van place | item | 2 | service | |
    | cold pallet | item | 7 | service | |
    ## Processes
    | process | actor | capacity | status | expansion_max | minimum_load | requires |
    | cooking | Kitchen | 1000 | scalable | 200 | 0.25 | |
    | pantry | Kitchen | 50 | candidate | | | canning |
    | canning | Kitchen | 80 | candidate | | | |
    | round | Hub | | | | | |
    ## Recipes
    | process | product | input | output | choice | choice_min | choice_max |
    | cooking | lentils | 0.1 | | pulses | | 0.8 |
    | cooking | beans | 0.125 | | pulses | 0.3 | |
    | cooking | meal | | 1 |
    | pantry | meal | | 1 |
    | canning | meal | | 1 |
    | round | van place | | 800 |
    ## Links
    | from | to | product | multiple | uses | uses_quantity | carrier | status | round | round_maximum |
    | Trader | Kitchen | lentils | 25 | cold pallet | 0.002 | Trader | | | |
    | Kitchen | School | meal | | van place | 0.5 | Hub | | | |
    | Trader | Kitchen | beans | | | | | | | |
    | Kitchen | Trader | meal | | van place | | Hub | | | |
    | Trader | School | lentils | | | | | candidate | tuesday | 300 |
    | Trader | School | meal | | | | | candidate | tuesday | |
    ## Needs
    | actor | product | quantity |
    | School | meal | 600 |
    ## Offers
    | actor | product | maximum |
    | Trader | cold pallet | 5 |
    ## Storage
    | actor | product | uses | uses_quantity | carrier |
    | Kitchen | lentils | cold pallet | 0.001 | Trader |
    """
