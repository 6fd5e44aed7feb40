"""The text of the mail that the questionnaires go with."""

from __future__ import annotations

from filiere.language import Label, Language

_SUBJECT = Label("Subject: {chain} – your questionnaire", "Objet : {chain} – votre questionnaire")
_TEXT = Label(
    """Hello,

{opening} It takes a quarter of an hour or so:

- open the file (Excel or LibreOffice), correct and complete the yellow cells;
- leave blank what you do not know; if nothing has changed, a cross in the box at the top is enough;
- save it under the same name and send it back to this address.

The file holds your own figures and nobody else's. Your answers serve to draw the chain as it is today and what could
be done together; nobody but the coordination reads them.

Please answer within two weeks. Thank you very much,

[your name]
""",
    """Bonjour,

{opening} Comptez un quart d'heure :

- ouvrez le fichier (Excel ou LibreOffice), corrigez et complétez les cases jaunes ;
- laissez vide ce que vous ne savez pas ; si rien n'a changé, une croix dans la case du haut suffit ;
- enregistrez-le sous le même nom et renvoyez-le à cette adresse.

Ce fichier ne contient que vos propres chiffres, et ceux de personne d'autre. Vos réponses servent à dessiner la
filière telle qu'elle est aujourd'hui et ce que nous pourrions faire ensemble ; seule la coordination les lit.

Merci de répondre sous quinze jours. Bien à vous,

[votre nom]
""",
)
_FIRST = Label(
    """You will find attached a short questionnaire on your activity: what you make, whom you sell to, whom you buy
from.
What we know already is filled in; the rest is blank.""",
    """Vous trouverez ci-joint un court questionnaire sur votre activité : ce que vous faites, à qui vous vendez, à qui
vous achetez. Ce que nous savons déjà y est rempli ; le reste est vide.""",
)
_AGAIN = Label(
    """Thank you for what you have told us so far. Here is round {round} of the questionnaire: it holds your answers,
completed since, and new questions where something was missing. Please correct what is no longer right.""",
    """Merci de ce que vous nous avez déjà dit. Voici le tour {round} du questionnaire : il contient vos réponses,
complétées depuis, et de nouvelles questions là où il manquait quelque chose. Corrigez ce qui n'est plus juste.""",
)
_ROUND = Label(", round {round}", ", tour {round}")
_CHAIN = Label("our chain", "notre filière")


def mail_text(chain: str | None, language: Language, round_: int = 1) -> str:
    """Return the text of the mail, its subject first."""
    named = chain or _CHAIN.to(language)
    opening = (_AGAIN if round_ > 1 else _FIRST).to(language).format(round=round_)
    subject = _SUBJECT.to(language).format(chain=named)
    subject += _ROUND.to(language).format(round=round_) if round_ > 1 else ""
    return f"{subject}\n\n{_TEXT.to(language).format(opening=opening)}"
