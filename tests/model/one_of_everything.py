"""A small chain in which every equation of the programme has at least one row."""

from __future__ import annotations

WORKBOOK = """
    ## Settings
    | setting | value |
    | continuity | 0.5 |
    | growth_max | 0.2 |
    | cost_bound | 0.1 |
    | fairness | before |
    ## Periods
    | period | share |
    | summer | 0.6 |
    | winter | 0.4 |
    ## Profiles
    | profile | kind | summer | winter |
    | open in summer | availability | 1 | 0 |
    | school | spread | 0.3 | 0.7 |
    ## Actors
    | actor | perimeter | balanced_budget | reserve | group |
    | Farm | member | yes | 5000 | |
    | Mill | member | wish | | |
    | Town | local | | | eaters |
    | Region | external | | | |
    | Trader | external | | | |
    ## Products
    | product | unit | price | kind | discard_cost |
    | wheat | t | 200 | primary | |
    | flour | t | 400 | | |
    | bran | t | 100 | secondary | 10 |
    | sack | kg | 2 | secondary | |
    | packing | h | 15 | service | |
    ## Processes
    | process | actor | capacity | minimum | today | unit_cost | fixed_cost | status | whole | investment | expansion_max | expansion_cost | local_share | jobs | availability |
    | growing | Farm | 100 | 10 | 80 | 90 | 1000 | | | | | | 0.7 | 0.01 | |
    | milling | Mill | 60 | | 50 | 30 | | scalable | | | 40 | 12 | | 0.02 | |
    | new mill | Mill | 50 | 20 | | 25 | 300 | candidate | yes | 800 | | | | | |
    | stone mill | Mill | 20 | | | 20 | | | | | | | | | free |
    | gleaning | Farm | | | | 5 | | | | | | | | | open in summer |
    | packing | Mill | | | | 1 | | | | | | | | | |
    ## Recipes
    | process | product | input | output |
    | growing | wheat | | 1 |
    | gleaning | wheat | | 0.1 |
    | milling | wheat | 1 | |
    | milling | flour | | 0.8 |
    | milling | bran | | 0.2 |
    | new mill | wheat | 1 | |
    | new mill | flour | | 0.85 |
    | new mill | bran | | 0.15 |
    | stone mill | wheat | 1 | |
    | stone mill | flour | | 0.7 |
    | packing | sack | 4 | 1 |
    | packing | packing | | 2 |
    ## Links
    | from | to | product | maximum | minimum | today | price | transport_cost | loss | status | fixed_cost | distance |
    | Farm | Mill | wheat | 90 | 5 | 60 | 200 | 4 | 0.02 | | | 12 |
    | Mill | Town | flour | | | 40 | 420 | | | | | 8 |
    | Trader | Town | flour | 30 | 10 | | 380 | 6 | | candidate | 150 | 300 |
    | Mill | Farm | bran | | | | 60 | | | | | 12 |
    | Trader | Mill | bran | | | | 40 | | | | | 250 |
    | Mill | Trader | flour | | | | 390 | | | | | 300 |
    ## Offers
    | actor | product | maximum | unit_cost | profile |
    | Farm | wheat | 10 | 150 | |
    | Trader | flour | 25 | | free |
    | Trader | bran | 4 | | |
    ## Needs
    | actor | product | quantity | obligation | profile | returns | returned | importance |
    | Town | flour | 40 | must | school | sack | 0.5 | |
    | Town | flour | 10 | want | free | | | 2 |
    | Farm | bran | 6 | want | | | | |
    | Trader | flour | 5 | outlet | | | | |
    | Town | flour | 12 | outlet | | | | |
    ## Storage
    | actor | product | capacity | loss | cost | initial | final |
    | Mill | wheat | 30 | 0.01 | 3 | | |
    | Mill | flour | 20 | | | 4 | 4 |
    | Farm | wheat | 50 | | 1 | 6 | |
    ## Funding
    | funder | actor | maximum | minimum | process | unit_amount |
    | Region | Mill | 3000 | 100 | milling | 20 |
    ## Limits
    | limit | measure | from | to | product | sense | value | basis | obligation | each |
    | local flour | value | member | Town | flour | >= | 0.5 | purchases | | |
    | few projects | opened | | | | <= | 1 | | | |
    | no large seller | value | | Town | flour | <= | 0.7 | purchases | wish | from |
    | just so much bran | quantity | Mill | | bran | = | 6 | | wish | |
    """
