"""A sector small enough to be read at a glance: wheat, a mill that may be built, a village that eats flour."""

from __future__ import annotations

from filiere.sector.sector import Sector, sector_from

SECTOR = """
schema = 1
key = "tiny"
label = { en = "Flour", fr = "Farine" }
summary = { en = "From wheat to flour.", fr = "Du blé à la farine." }
indicators = ["lm3"]

[[stages]]
key = "milling"
label = { en = "Milling", fr = "Mouture" }
help = { en = "Where grain becomes flour.", fr = "Là où le grain devient farine." }

[[families]]
key = "cereals"
label = { en = "Cereals", fr = "Céréales" }

[names]
winter = { en = "Winter", fr = "Hiver" }
summer = { en = "Summer", fr = "Été" }
open_days = { en = "Open days", fr = "Jours ouverts" }
wheat = { en = "Wheat", fr = "Blé" }
flour = { en = "Flour", fr = "Farine" }
bran = { en = "Bran", fr = "Son" }
organic = { en = "organic", fr = "bio" }
region = { en = "Region", fr = "Région" }
milling_process = { en = "Milling", fr = "Mouture" }
hours = { en = "insertion hours", fr = "heures d'insertion" }

[[prefilled.periods]]
period = "winter"
share = 0.4
[[prefilled.periods]]
period = "summer"
share = 0.6

[[prefilled.profiles]]
profile = "open_days"
kind = "availability"
values = { winter = 1.0, summer = 0.5 }

[[prefilled.products]]
product = "wheat"
unit = "t"
kind = "primary"
labels = ["organic"]
family = "cereals"
stage = "milling"
[[prefilled.products]]
product = "flour"
unit = "kg"
price = 1.1
[[prefilled.products]]
product = "bran"
unit = "t"
kind = "secondary"

[[prefilled.actors]]
actor = "region"
perimeter = "external"
sector = "public"

[[prefilled.processes]]
process = "milling_process"
level = { en = "one tonne of wheat", fr = "une tonne de blé" }
unit_cost = 40

[[prefilled.recipes]]
process = "milling_process"
product = "wheat"
input = 1
source = "a handbook, 2020"
confidence = "measured"
[[prefilled.recipes]]
process = "milling_process"
product = "flour"
output = 780
source = "a handbook, 2020"

[[prefilled.objectives]]
rank = 1
objective = "unmet"
[[prefilled.objectives]]
rank = 2
objective = "cost"
tolerance = 0.05
"""

EXAMPLE = """
story = { en = "A village wants its mill.", fr = "Un village veut son moulin." }

settings = [
  { setting = "name", value = { en = "Flour of the valley", fr = "Farine de la vallée" } },
  { setting = "circularity_basis", value = "value" },
  { setting = "continuity", value = 0.5, note = "half of it stays" },
]
[names]
farm = { en = "Hill farm", fr = "Ferme de la colline" }
mill = { en = "Mill", fr = "Moulin" }
village = { en = "Village", fr = "Village" }
growers = { en = "growers", fr = "paysans" }
half_local = { en = "Half local", fr = "Moitié locale" }
dry = { en = "Dry year", fr = "Année sèche" }
[[actors]]
actor = "farm"
perimeter = "member"
group = ["growers"]
place = "Saint-Jean"
[[actors]]
actor = "mill"
perimeter = "local"
balanced_budget = "wish"
[[actors]]
actor = "village"
perimeter = "local"
sector = "household"
[[actors]]
actor = "region"
perimeter = "external"
sector = "public"
[[processes]]
process = "milling_process"
actor = "mill"
capacity = 1200
unit_cost = 40.5
status = "candidate"
whole = true
local_share = 0.8
availability = "open_days"
measures = { hours = 12 }
[[recipes]]
process = "milling_process"
product = "wheat"
input = 1
[[recipes]]
process = "milling_process"
product = "flour"
output = 780
[[recipes]]
process = "milling_process"
product = "bran"
output = 0.2
[[offers]]
actor = "farm"
product = "wheat"
maximum = 12345.5
profile = "free"
[[links]]
from = "growers"
to = "mill"
product = "wheat"
price = 250
[[links]]
from = "*"
to = "village"
product = "flour"
loss = 0.02
[[needs]]
actor = "village"
product = "flour"
quantity = 90000
obligation = "want"
[[funding]]
funder = "region"
actor = "mill"
maximum = 5000
kind = "job_aid"
[[limits]]
limit = "half_local"
measure = "value"
from = "member"
to = "mill"
product = "organic"
sense = ">="
value = 0.5
basis = "purchases"
of = "cereals"
[[scenarios]]
scenario = "dry"
table = "offers"
row = ["farm", "wheat"]
column = "maximum"
change = "x 0.7"
[[scenarios]]
scenario = "dry"
table = "actors"
row = "mill"
column = "perimeter"
change = "= member"
"""


def tiny(sector: str = SECTOR, example: str | None = EXAMPLE) -> Sector:
    """Return the tiny sector, or one with other texts."""
    return sector_from(sector, lambda: example)
