"""Two tiny chains whose fronts are worked out by hand."""

from __future__ import annotations

ACTORS = """
## Actors
| actor | perimeter |
| --- | --- |
| Canteen | member |
| Wash | member |
| Dealer | external |
"""

CRATES = (
    ACTORS
    + """
## Products
| product | unit | kg | kind | price |
| --- | --- | --- | --- | --- |
| crate | piece | 2 | | 10 |
| used crate | piece | 2 | secondary | 0 |

## Processes
| process | actor | unit_cost |
| --- | --- | --- |
| washing | Wash | 20 |

## Recipes
| process | product | input | output |
| --- | --- | --- | --- |
| washing | used crate | 1 | |
| washing | crate | | 1 |

## Offers
| actor | product | maximum |
| --- | --- | --- |
| Wash | used crate | 100 |

## Needs
| actor | product | quantity | obligation |
| --- | --- | --- | --- |
| Canteen | crate | 100 | must |

## Links
| from | to | product |
| --- | --- | --- |
| Dealer | Canteen | crate |
| Wash | Canteen | crate |
"""
)
"""A hundred crates, bought outside at 10 or washed at 20: with w washed, cost 1000 + 10 w, dependency 10 (100 − w),
circularity w / 100. Every front is one straight line.
"""

OVENS = (
    ACTORS
    + """
## Products
| product | unit | kg | price |
| --- | --- | --- | --- |
| bread | t | 1000 | 10 |

## Processes
| process | actor | capacity | unit_cost | status | investment |
| --- | --- | --- | --- | --- | --- |
| small oven | Wash | 20 | 8 | candidate | 60 |
| large oven | Wash | 60 | 8 | candidate | 300 |

## Recipes
| process | product | output |
| --- | --- | --- |
| small oven | bread | 1 |
| large oven | bread | 1 |

## Needs
| actor | product | quantity | obligation |
| --- | --- | --- | --- |
| Canteen | bread | 100 | must |

## Links
| from | to | product | price |
| --- | --- | --- | --- |
| Dealer | Canteen | bread | 10 |
| Wash | Canteen | bread | 0 |
"""
)
"""A hundred tonnes of bread, bought outside at 10 or baked at 8 in ovens that are opened whole. Baking what an open
oven can is cheaper than buying, so each choice of ovens has one best plan: none (cost 1000, dependency 1000), small
(1020, 800), large (1180, 400), both (1200, 200).
"""
