"""The words of the page itself: buttons, legends, captions and hints, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from filiere.chain.chain import Chain
from filiere.language import Label, day
from filiere.report.view import View

WORDS = {
    "skip": Label("Skip to the contents", "Aller au contenu"),
    "contents": Label("Contents", "Sommaire"),
    "language": Label("Language", "Langue"),
    "print": Label("Print", "Imprimer"),
    "today": Label("Today", "Cette année"),
    "plan": Label("Plan", "Plan"),
    "change": Label("Change", "Écart"),
    "points": Label("pts", "pts"),
    "filter": Label("Filter the rows", "Filtrer les lignes"),
    "filter_in": Label("Filter: {table}", "Filtrer : {table}"),
    "rows": Label("Rows: {shown} of {all}", "Lignes : {shown} sur {all}"),
    "more": Label("Show more rows", "Afficher plus de lignes"),
    "all_rows": Label("Show all rows", "Afficher toutes les lignes"),
    "no_row": Label("Nothing here.", "Rien à signaler ici."),
    "not_printed": Label("Rows left to the results workbook: {count}.",
                         "Lignes à lire dans le classeur de résultats : {count}."),
    "unfold": Label("The rest of this row", "Le reste de cette ligne"),
    "sort": Label("Sort by {column}", "Trier par {column}"),
    "table": Label("The same as a table", "Les mêmes chiffres en tableau"),
    "picture": Label("Save the picture", "Enregistrer l'image"),
    "slide": Label("Slide the drawing sideways to see it all.", "Faites glisser le dessin pour tout voir."),
    "shown": Label("Show", "Afficher"),
    "measure": Label("Counted in", "Compté en"),
    "money": Label("Money", "Monnaie"),
    "mass": Label("Tonnes", "Tonnes"),
    "grouped": Label("Grouped by", "Regroupé par"),
    "stage": Label("Stage", "Maillon"),
    "group": Label("Group", "Groupe"),
    "actor": Label("Actor", "Acteur"),
    "actors": Label("Actors", "Acteurs"),
    "product": Label("Product", "Produit"),
    "follow_product": Label("Follow a product", "Suivre un produit"),
    "follow_actor": Label("Follow an actor", "Suivre un acteur"),
    "every_product": Label("all products", "tous les produits"),
    "every_actor": Label("all actors", "tous les acteurs"),
    "whole": Label("Back to the whole chain", "Revenir à toute la filière"),
    "hint": Label(
        "Point at a ribbon for its figures. Click a ribbon to follow its product, a stage to open it into its actors, "
        "an actor to follow it.",
        "Survolez un ruban pour lire ses chiffres. Cliquez sur un ruban pour suivre son produit, sur un maillon pour "
        "voir ses acteurs, sur un acteur pour le suivre."),
    "inside": Label("Inside the territory", "Territoire"),
    "partner": Label("Partner territory", "Territoire partenaire"),
    "private": Label("Outside, private", "Extérieur privé"),
    "public": Label("Outside, public", "Extérieur public"),
    "return": Label("Return, or exchange within one stage (below, with arrows; its thickness is capped)",
                    "Retour, ou échange au sein d'un maillon (en bas, fléché, épaisseur plafonnée)"),
    "return_short": Label("Return, or exchange within one stage", "Retour, ou échange au sein d'un maillon"),
    "by_stage": Label("by stage", "par maillon"),
    "by_actor": Label("by actor", "par acteur"),
    "followed": Label("What is followed: {amount}.", "Ce qui est suivi : {amount}."),
    "sell_partner": Label("Partner suppliers", "Fournisseurs partenaires"),
    "sell_private": Label("Outside suppliers, private", "Fournisseurs extérieurs privés"),
    "sell_public": Label("Outside suppliers, public", "Fournisseurs extérieurs publics"),
    "buy_partner": Label("Partner customers", "Clients partenaires"),
    "buy_private": Label("Outside customers, private", "Clients extérieurs privés"),
    "buy_public": Label("Outside customers, public", "Clients extérieurs publics"),
    "others": Label("Other actors: {stage}", "Autres acteurs : {stage}"),
    "from": Label("From", "Fournisseur"),
    "to": Label("To", "Client"),
    "kind": Label("Kind", "Nature"),
    "quantity": Label("Quantity", "Quantité"),
    "unit": Label("Unit", "Unité"),
    "value": Label("Value", "Valeur"),
    "tonnes": Label("Mass (t)", "Masse (t)"),
    "total": Label("Exchanges shown: {total} in all.", "Échanges représentés : {total} en tout."),
    "reversed": Label("{amount} of it are paid by the giver, as for waste that is taken away.",
                      "Dont {amount} payés par celui qui donne, comme pour un déchet enlevé."),
    "unpriced": Label("Exchanges without a price, which do not show in money: {count}.",
                      "Échanges sans prix, absents d'un compte en monnaie : {count}."),
    "weightless": Label("Services and products without a mass do not show in tonnes.",
                        "Les services et les produits sans masse n'apparaissent pas en tonnes."),
    "nothing": Label("Nothing to draw with these choices.", "Rien à dessiner avec ces choix."),
    "receives": Label("Receives", "Reçoit"),
    "delivers": Label("Delivers", "Livre"),
    "members_of": Label("{count} actors; click to see them", "{count} acteurs ; cliquez pour les voir"),
    "map_frame": Label("Area", "Cadrage"),
    "map_here": Label("The territory", "Le territoire"),
    "map_all": Label("Everything", "Tout voir"),
    "map_in": Label("Zoom in", "Agrandir"),
    "map_out": Label("Zoom out", "Réduire"),
    "map_note": Label(
        "Drawn from the coordinates of the workbook, north up, as the crow flies; {placed} of {all} actors have some.",
        "Dessinée d'après les coordonnées du classeur, nord en haut, à vol d'oiseau ; {placed} acteurs sur {all} "
        "en ont."),
    "map_spread": Label("Actors of one place are drawn side by side.",
                        "Les acteurs d'un même lieu sont dessinés côte à côte."),
    "map_most": Label("The {count} largest exchanges are drawn.", "Les {count} plus gros échanges sont dessinés."),
    "point": Label("Point", "Point"),
    "place": Label("Place", "Lieu"),
    "perimeter": Label("Perimeter", "Périmètre"),
    "bars_more": Label("The {shown} first of {all}; the table has them all.",
                       "Les {shown} premiers sur {all} ; le tableau les a tous."),
    "bars_first": Label("The {shown} first of {all}.", "Les {shown} premiers sur {all}."),
    "chart_of": Label("Chart: {title}. The table below it has the same figures.",
                      "Graphique : {title}. Le tableau qui suit donne les mêmes chiffres."),
    "multiples": Label(
        "Each figure on its own scale; the ring and the dotted line are the first case. A lozenge is for the worse.",
        "Chaque grandeur a son échelle ; l'anneau et le trait pointillé sont le premier cas. Un losange : moins bien."),
    "one_page": Label("One page for partners", "Une page pour les partenaires"),
    "the_chain": Label("The chain in the plan", "La filière dans le plan"),
    "five_figures": Label("In figures", "En chiffres"),
    "five_decisions": Label("What to decide first", "Ce qu'il faut décider d'abord"),
    "no_decision": Label("Nothing has to be decided: the chain goes on as it is.",
                         "Rien à décider : la filière continue comme elle est."),
    "who_gains": Label("Who gains", "Qui y gagne"),
    "made_by": Label("Written by filiere {version}. This file needs no network and sends nothing.",
                     "Écrit par filiere {version}. Ce fichier n'a besoin d'aucun réseau et n'envoie rien."),
}  # fmt: skip

SOURCE = Label("Source: {parts}", "Source : {parts}")
SCENARIO = Label("scenario {name}", "scénario {name}")
FINAL_USE = Label("Final use", "Usage final")
NO_STAGE = Label("(no stage)", "(sans maillon)")


def whose(chain: Chain) -> str:
    """Return whose figures these are: the chain's name and its territory."""
    return " · ".join(dict.fromkeys(part for part in (chain.settings.name, chain.settings.territory) if part))


def source_line(view: View, names: Iterable[str], scenarios: str, version: str, date: dt.date | None) -> str:
    """Return where figures come from, in one line: workbooks, scenario, date, program."""
    when = "" if date is None else day(date, view.language)
    scenario = view.set(SCENARIO.fill(name=scenarios)) if scenarios else ""
    parts = [*dict.fromkeys(names), scenario, when, f"filiere {version}".strip()]
    return view.set(SOURCE.fill(parts=" · ".join(part for part in parts if part)))


def page_words(view: View) -> dict[str, str]:
    """Return the words of the page in one language."""
    return {key: view.set(label) for key, label in WORDS.items()}
