"""Private customers: names of people among the clients of a table, told so that none of them is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filiere.gather.headings import plain
from filiere.gather.people.first_names import FIRST_NAMES

PRIVATE_NAME = "clients particuliers"
"""What they are called until the language of the workbook is known."""
_CIVILITY = re.compile(r"^(m|mr|mrs|ms|mme|mlle|monsieur|madame|mademoiselle|m et mme|m ou mme)\b")
_UNNAMED = re.compile(
    r"^divers$|\bparticuliers?\b|\b(clients?|ventes?) (divers(es)?|comptants?|(au )?comptoir|(de )?passage|anonymes?)\b"
    r"|\b(divers|petits) clients?\b|\bclientele? (de )?passage\b|^(au )?comptoir$|\bprivate customers?\b"
)
"""What customers are called whom nobody names."""
_ORGANISED = re.compile(r"\b(sarl|sas|sa|scop|scic|asso\w*|coop\w*|federation|union|syndicat|comite|employeurs)\b")


def is_private(name: str) -> bool:
    """Whether a client is a person: a title, words for passing customers, or a name as people bear them.

    That is a first name and one other word alone (``Dupont Jean``, ``Le Gall Anne-Lise``), a family name in capitals
    beside another word (``KERZONCUF Ywan``), or an initial (``Quéméneur Z.``). ``Collège Jean Moulin``,
    ``EARL Dupont Jean`` and ``BIOCOOP Laval`` are firms.
    """
    words = plain(name)
    if _REACHED.search(name):
        return True
    if _UNNAMED.search(words):
        return not _ORGANISED.search(words)
    if _CIVILITY.search(words):
        return not is_business(name)
    if is_business(name) or re.search(r"\d|[&/+@]|['’]s\b", name):
        return False
    parts = [part.strip(".") for part in re.split(r"[\s,]+", re.sub(r"\(.*?\)", " ", name)) if part.strip(".")]
    whole = [part for part in parts if plain(part) not in _PARTICLES]
    first = [_is_first_name(part) for part in whole]
    if len(whole) == 2:
        return any(first) or _of_a_person(name, whole)
    return len(whole) == 3 and (sum(first) == 2 or (sum(first) == 1 and _of_a_person(name, whole)))


def reads_like_one(name: str) -> bool:
    """Whether a name may be a person's, though nothing tells: two words that no firm or common noun has."""
    words = plain(name).split()
    named = is_private(name) or (len(words) == 2 and all(len(one) > 2 and one.isalpha() for one in words))
    return named and not is_business(name) and not any(one in _COMMON for one in words)


def are_people(values: Iterable[str]) -> bool:
    """Whether the cells of a column name people, or give their initials: who deals with a sale, no party to it."""
    told = {value for value in values if value.strip()}
    people = [one for one in told if is_private(one) and not _UNNAMED.search(plain(one))]
    initials = [one for one in told if _INITIALS.fullmatch(one.strip())]
    alone = [one for one in told if _is_first_name(one.strip())]
    return bool(told) and 2 * (len(people) + len(initials) + len(alone)) > len(told)


_PARTICLES = frozenset({"le", "la", "de", "du", "des", "d", "van", "von", "el", "ben", "da", "dos", "di", "del", "ar"})
_INITIALS = re.compile(r"[A-ZÀ-Þ]\.?\s?-?[A-ZÀ-Þ]\.?(\s?[A-ZÀ-Þ]\.?)?")
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,}")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{2,}(-[A-ZÀ-Þ]?[a-zß-ÿ]+)*")
_INITIAL = re.compile(r"(^|\s)[A-ZÀ-Þ]\.(-?[A-ZÀ-Þ]\.)?(?=\s|$)")


def _is_first_name(word: str) -> bool:
    """Whether a word is a first name, or several joined by a hyphen."""
    return bool(word) and all(plain(part) in FIRST_NAMES for part in word.split("-")[:1] if part)


def _of_a_person(name: str, whole: list[str]) -> bool:
    """Whether a name is written as people's: the family name in capitals, or the first name as an initial."""
    if any(plain(part) in _COMMON for part in whole):
        return False
    capitals = [part for part in whole if _CAPITALS.fullmatch(part)]
    other = [part for part in whole if _CAPITALISED.fullmatch(part)]
    if len(capitals) == len(whole) - 1 and len(other) == 1:
        return True
    named = any(_CAPITALISED.fullmatch(one) or _CAPITALS.fullmatch(one) for one in whole)
    return len(whole) == 2 and named and bool(_INITIAL.search(name))


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


def unquoted(text: str) -> str:
    """Return what a message may quote of a cell: people, and how to reach them, blotted out."""
    return _REACHED.sub(" …", _PERSON.sub(" …", text)).strip()


_ORGANISATIONS = """
abattoirs? acheteurs? adherents? agence agricult* aldi amap amicale apicult* artisan* asso* ateliers? auberges? auchan
bakery banque bars? biocoop bistro bistrots? boissons? boucher* boulanger* boutiques? brasseries? brasseurs? bureau
cabinet cafes? camping campus cantines? carrefour casino caves? cavistes? ccas centres? cfa charcut* chateaux? chez
chs chu cias cie cinema clinique clubs? collectif colleges? comite communaute communes? compagnie company conseil
conserverie convivio coop* creches? creperie croix crous cuisine cuma departement distrib* domaines? drive earl
ebenistes? ecoles? ecuries? editions? ehpad ei eirl elevages? eleveurs? elior emmaus entreprises? epicer* esat
etablissements? ets eurl exploitations? farm federation fermes? fermier* festivals? fils fleuristes? fournils?
fournisseurs? foyer franprix freres gaec garage gie gites? glaciers? gmbh grossistes? groupe* halles? haras hopita*
horticult* hotels? hyper* ime imprimeurs? inc industries? intermarche jardins? laiterie leclerc lidl llc logistique
ltd lycees? magasins? mairies? maisons? maraich* marches? market mediatheque membres? menuisiers? metro mfr monoprix
moulins? musee naturalia negoce netto opera ostreicult* partners patiss* paysagistes? paysans? pecheurs? pepinier*
pharmacie pizzeria plateforme plomb* pomona prefecture primeurs? producteurs? promocash region reseau residence
restalliance restau restaurants? resto* restos ruche ruchers? sa saint sainte sarl sas sasu sca scea scenes? school
sci scic scolarest scop secours serres? services? shop sictom sivom sivu smictom snc societe sodexo soeurs spar st ste
store studios? super supermarches? sylvicult* syndicat sysco theatres? tiers torrefact* traiteurs? transgourmet
transports? union universite usine vergers? vignerons? vignobles? villages? ville viticult* vival
"""
_BUSINESS = re.compile(
    rf"\b({'|'.join(_ORGANISATIONS.replace('*', '[a-z0-9]*').split())}|(?!valeries?\b)[a-z]{{3,}}eries?)\b"
)
"""Legal forms, public bodies, trades (``menuiserie``) and chains of shops: their names are no person's."""
_WORDS = """
bio vert verte verts vertes bleu bleue bleus rouge blanc blanche noir noire jaune rose dore doree grand grande petit
petite beau belle bon bonne bons vieux vieille nouveau nouvelle soleil lune etoile nature terre terres champ champs
pre pres prairie panier paniers vrac local locale locaux saveur saveurs gourmand gourmande gourmet nord sud est ouest
centre bourg port quai lac mer mont monts montagne val vallee vallees plaine plaines source sources riviere fontaine
pont place rue route gare coin carre table tables pain pains ble bles lait miel cidre vin vins fleur fleurs fruit
fruits legume legumes viande oeuf oeufs poisson biere bois foret clos clocher cloche tour tours roue forge four fours
grange etable bergerie chevre chevres brebis vache vaches abeille abeilles coq poule poules canard lapin sanglier cerf
loup renard ours oiseau papillon coccinelle tradition traditions terroir terroirs pays paysan campagne jean-moulin
alpha beta gamma delta omega foods food green fresh manger mangeons bien mieux vivre solidaire solidaires equitable
partage ensemble demain avenir horizon manoir presbytere relais escale halte etape fabrique manufacture cooperation
quotidien frais fraiche direct express plus restauration collective scolaire municipale municipal communal communale
central centrale intercommunal general generale client clients comptoir france bretagne normandie loire anjou savoie
jura vosges alsace lorraine provence gascogne correze creuse auvergne
"""
_COMMON = frozenset(_WORDS.split())
"""Words of the names of firms and places, which no person bears."""
