"""Private customers: names of people among the clients of a table, told so that none of them is kept."""

from __future__ import annotations

import re

from filiere.gather.headings import plain

PRIVATE_NAME = "clients particuliers"
"""What they are called until the language of the workbook is known."""
_CIVILITY = re.compile(
    r"^(m|mr|mrs|ms|mme|mlle|monsieur|madame|mademoiselle|m et mme|m ou mme)\b"
    r"|^divers$|\b(particuliers?|(clients?|ventes?) divers(es)?|divers clients?"
    r"|client(s|ele)? (de )?passage|comptoir|client anonyme|private customers?)\b"
)
_NAMES = """
adele adrien agathe agnes alain albane alexandra alexandre alice aline amandine amelie anais andree anne annick
annie antoine armelle arnaud arthur audrey aurelie aurelien axelle baptiste beatrice benjamin benoit bernadette
brigitte bruno camille carine carole caroline catherine cecile cedric celine chantal charlotte christelle christian
christiane christine christophe clara claire clement clementine corinne cyril damien daniel danielle david delphine
didier dominique dorothee edith elisabeth elise elodie emilie emma eric estelle eva evelyne fabien fabienne fabrice
fanny florence florian francis franck francois francoise frederic gabriel gael gaelle genevieve geoffrey georges
gerard gilles guillaume guy gwenaelle helene henri herve hugo ines isabelle jacqueline jacques jean jeanne jerome
jessica jocelyne joelle jonathan josiane julie julien juliette karine kevin laetitia laure laurence lea liliane
lionel loic louise luc lucas lucie lucien lydie magali manon marc marcel margaux marianne marie marina marine marion
martine mathieu mathilde maxime melanie michel michele mireille monique morgane muriel myriam nadine nathalie nicole
noemie odile odette olivier pascale patrice patricia patrick paul pauline philippe pierre quentin rachel raphael
raymond regine rene renee roland romain sabine sabrina samuel sandra sandrine sarah sebastien serge severine solange
sonia sophie stephane stephanie suzanne sylvain sylvie tatiana therese thierry tiphaine valentin valerie vanessa
veronique virginie viviane xavier yann yannick yves yvette yvonne
"""
_FIRST_NAMES = frozenset(_NAMES.split())


def is_private(name: str) -> bool:
    """Whether a client is a person: a title, words for passing customers, or a first name and one other word alone.

    ``Dupont Jean`` is; ``Collège Jean Moulin`` and ``EARL Dupont Jean`` are not.
    """
    words = plain(name)
    if _REACHED.search(name):
        return True
    if _CIVILITY.search(words):
        return not _BUSINESS.search(words)
    parts = words.split()
    first = [word in _FIRST_NAMES for word in parts]
    if len(parts) == 2:
        return any(first) and not _BUSINESS.search(words)
    return len(parts) == 3 and sum(first) == 2 and not _BUSINESS.search(words)


_PERSON = re.compile(r"\s*[-–,(:/]*\s*(?:\b(?:pour|chez|livr[ée]e?s?|à|a|de la part de|par|for)\s+)*"
                     r"\b(?:Mr|Mme|Mlle|Monsieur|Madame|Mrs|M\.)\s*[A-ZÀ-Þ][\w'’-]*"
                     r"(?:\s+[A-ZÀ-Þ][\w'’-]*)?\)?")  # fmt: skip
_REACHED = re.compile(r"\s*[-–,(:/]*\s*(?:\b(?:pour|chez|livr[ée]e?s?|à|tel|tél|mail|e-mail)\.?\s*:?\s*)*"
                      r"(?:\S+@\S+\.\w+|(?:\+33\s?|\b0)[1-9](?:[\s.-]?\d{2}){4}\b)\)?")  # fmt: skip


def without_people(label: str) -> str:
    """Return a label of goods without the people whom it names, and without how to reach them."""
    return _REACHED.sub("", _PERSON.sub("", label)).strip() or label


def is_business(name: str) -> bool:
    """Whether a name says that it is an organisation: a legal form, a mill, a school."""
    return bool(_BUSINESS.search(plain(name)))


_BUSINESS = re.compile(
    r"\b(sarl|sas|sasu|eurl|earl|gaec|sa|scop|scic|scea|sci|snc|ei|eirl|ets|asso\w*|societe|ste|gie|coop\w*|cuma|ferme"
    r"|fermier\w*|maraich\w*|boulanger\w*|boucher\w*|epicer\w*|traiteur|restaurant|resto|bar|cafe|hotel|auberge|chez|saint"
    r"|sainte|st|ste|mairie|commune|ecole|college|lycee|cantine|maison|domaine|moulin|atelier|theatre|cave|brasserie"
    r"|fils|freres|services?|transports?)\b"
)
