"""The plain words of the unit codes of UN/ECE Recommendations 20 (measures) and 21 (packages, with an X before)."""

from __future__ import annotations

from collections.abc import Mapping

from filiere.language import Label


def _labels(words: str) -> dict[str, Label]:
    rows = (row.split("|") for row in words.strip().splitlines())
    return {code: Label(english, french) for codes, english, french in rows for code in codes.split()}


_MEASURES = """
KGM|kg|kg
GRM|g|g
MGM|mg|mg
HGM|hg|hg
TNE|t|t
DTN|quintal|quintal
KTN|kt|kt
LBR|lb|lb
ONZ|oz|oz
LTR|L|L
MLT|mL|mL
CLT|cL|cL
DLT|dL|dL
HLT|hL|hL
MTQ|m³|m³
DMQ|dm³|dm³
CMQ|cm³|cm³
MTR|m|m
CMT|cm|cm
MMT|mm|mm
DMT|dm|dm
KMT|km|km
SMI|mile|mile
MTK|m²|m²
CMK|cm²|cm²
KMK|km²|km²
HAR|ha|ha
ARE|are|are
SEC|s|s
MIN|min|min
HUR|h|h
DAY|day|jour
WEE|week|semaine
MON|month|mois
QAN|quarter|trimestre
ANN|year|an
DZN|dozen|douzaine
C62 NMP|unit|unité
H87|piece|pièce
EA|each|pièce
NAR|article|article
NPR PR|pair|paire
SET|set|jeu
KT|kit|lot
E48|service|prestation
LS|lump sum|forfait
ACT|activity|activité
IE|person|personne
E49|working day|jour ouvré
HEA|head|tête
CEN|hundred|centaine
MIL T3|thousand|millier
GRO|gross|grosse
P1|percent|pour cent
KWH|kWh|kWh
WHR|Wh|Wh
MWH|MWh|MWh
GWH|GWh|GWh
JOU|J|J
KJO|kJ|kJ
3B|MJ|MJ
GV|GJ|GJ
KWT KW|kW|kW
WTT|W|W
MAW|MW|MW
ST|sheet|feuille
RO|roll|rouleau
PK|pack|paquet
BX|box|boîte
BG|bag|sac
BO|bottle|bouteille
CT|carton|carton
CS|case|caisse
CR|crate|cagette
PF|pallet|palette
RM|ream|rame
D64|block|bloc
STC|stick|bâton
EV|envelope|enveloppe
GLL|US gallon|gallon américain
GLI|gallon|gallon
PTI|pint|pinte
KMH|km/h|km/h
TKM|t·km|t·km
AD|byte|octet
4L|MB|Mo
E36|pixel|pixel
"""
_PACKAGES = """
XPK|package|colis
XPC|parcel|paquet
XBG|bag|sac
XSA|sack|sac
X5H|woven bag|sac tissé
X5M|paper bag|sac en papier
XEC|plastic bag|sac en plastique
XBO|bottle|bouteille
XBX|box|boîte
XCT|carton|carton
XCS|case|caisse
XCR|crate|cagette
XCA|can|canette
XCX|can|boîte de conserve
XTN|tin|boîte métallique
XBA|barrel|tonneau
XKG|keg|fût
XDR|drum|fût
XCK|cask|barrique
XJR|jar|bocal
XPO|pouch|sachet
XSH|sachet|sachet
XPX|pallet|palette
XPF|pen|enclos
XBH|bunch|botte
XBE|bundle|botte
XBK|basket|panier
XPU|tray|plateau
XDS|tray|barquette
XTB|tub|bac
XTU|tube|tube
XBJ|bucket|seau
XPL|pail|seau
XJY|jerrican|bidon
XJC|jerrican|bidon
XJG|jug|cruche
XPH|pitcher|pichet
XCU|cup|gobelet
XRO|roll|rouleau
XRL|reel|bobine
XSX|set|jeu
XPA|packet|paquet
XBC|bottle crate|casier à bouteilles
XFC|fruit crate|cagette de fruits
XMC|milk crate|caisse à lait
XPP|piece|pièce
XUN|unit|unité
XNE|unpacked|non emballé
XBN|bale|balle
XBL|bale|balle
XHP|hamper|corbeille
XSL|slipsheet|plaque
XTK|tank|cuve
XVL|bulk liquid|liquide en vrac
XVR|bulk grains|grains en vrac
XVY|bulk|vrac
XVO|bulk|vrac
XAM|ampoule|ampoule
XVI|vial|flacon
XFP|film pack|film
XEN|envelope|enveloppe
XBT|bolt|rouleau
XIB|intermediate container|grand récipient vrac
XWA|intermediate container|grand récipient vrac
XCN|container|conteneur
XAE|aerosol|aérosol
XBI|bin|bac
XSK|skeleton case|caisse à claire-voie
XBR|bar|barre
XLG|log|bûche
XBD|board|planche
XST|sheet|feuille
XSM|sheetmetal|tôle
XPG|plate|plaque
XAT|atomizer|vaporisateur
XTR|trunk|malle
XSU|suitcase|valise
XLT|lot|lot
XOT|octabin|octabin
XGY|bag, gunny|sac en jute
XBM|basin|bassine
XNT|net|filet
XNS|nest|nid
XFB|flexibag|flexitank
XGB|gas bottle|bouteille de gaz
XCY|cylinder|cylindre
XWB|wickerbottle|bonbonne
XDJ|demijohn|dame-jeanne
XAP|ampoule|ampoule
XSP|spindle|broche
"""
WORDS: Mapping[str, Label] = {**_labels(_MEASURES), **_labels(_PACKAGES)}


def unit_label(code: str) -> Label | None:
    """Return the plain words of a unit code, None where it is in no list."""
    return WORDS.get(code.upper())
