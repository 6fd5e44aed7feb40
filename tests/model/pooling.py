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
    | School | local |
    | Trader | external |
    ## Products
    | product | unit | price | kind |
    | meal | item | 5 | |
    | lentils | kg | 3 | |
    ## Processes
    | process | actor | capacity | status | expansion_max | minimum_load | requires |
    | cooking | Kitchen | 1000 | scalable | 200 | 0.25 | |
    | pantry | Kitchen | 50 | candidate | | | canning |
    | canning | Kitchen | 80 | candidate | | | |
    ## Recipes
    | process | product | input | output |
    | cooking | lentils | 0.1 | |
    | cooking | meal | | 1 |
    | pantry | meal | | 1 |
    | canning | meal | | 1 |
    ## Links
    | from | to | product |
    | Trader | Kitchen | lentils |
    | Kitchen | School | meal |
    ## Needs
    | actor | product | quantity |
    | School | meal | 600 |
    """
