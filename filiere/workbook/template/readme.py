"""The first sheet: what the workbook is, how to fill it in, its colours, its commands, and the example's story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from filiere.language import Label, Language, number
from filiere.sector.sector import Sector
from filiere.workbook.template.plan import Plan
from filiere.workbook.template.progress import PROGRESS_SHEET
from filiere.workbook.template.recipes import LIBRARY_SHEET
from filiere.workbook.template.styles import Styles

README_SHEET = Label("# Read me", "# Lisez-moi")
_BLANK_TITLE = Label("{sector} – a workbook to fill in", "{sector} – un classeur à remplir")
_EXAMPLE_TITLE = Label("{sector} – a worked example", "{sector} – un exemple complet")
_INTRO = Label(
    "One workbook describes one chain, on one territory, for one year. You describe who is there, what each can do and "
    "what is needed; filiere works out what the chain could become: more local, more circular, affordable.",
    "Un classeur décrit une filière, sur un territoire, pour une année. Vous dites qui est là, ce que chacun sait "
    "faire et ce dont on a besoin ; filiere calcule ce que la filière peut devenir : plus locale, plus circulaire, "
    "à un coût tenable.",
)
_Steps = tuple[tuple[tuple[str, ...], Label], ...]
_FIRST_TITLE = Label("For a first plan: four sheets", "Pour un premier plan : quatre feuilles")
_FIRST: _Steps = (
    (("actors",), Label(
        "Who takes part: members, other actors of the territory, partners, outside suppliers and customers. A name and "
        "a perimeter are enough.",
        "Qui participe : les membres, les autres acteurs du territoire, les partenaires, les fournisseurs et clients "
        "extérieurs. Un nom et un périmètre suffisent.")),
    (("products",), Label(
        "Everything that circulates, each with its unit and a price: goods, by-products, hours, seats.",
        "Tout ce qui circule, chaque chose avec son unité et un prix : biens, coproduits, heures, places.")),
    (("links",), Label(
        "Who delivers or could deliver what to whom; this year's quantity and the price where you know them.",
        "Qui livre ou pourrait livrer quoi à qui ; la quantité de cette année et le prix quand vous les connaissez.")),
    (("needs",), Label("What is finally used or sold, and how much in the year.",
                       "Ce dont on a besoin ou ce qu'on vend au bout du compte, et combien dans l'année.")),
    (("progress",), Label("See what is still missing, save, and run the commands below: check, then solve.",
                          "Regardez ce qui manque encore, enregistrez, et lancez les commandes ci-dessous : check, "
                          "puis solve.")),
)  # fmt: skip
_BETTER_TITLE = Label("For a better plan, little by little", "Pour un meilleur plan, peu à peu")
_BETTER: _Steps = (
    (("processes", "recipes"), Label(
        "What each can make, up to how much, at what cost; what one unit of that activity consumes and produces; "
        "projects and what they cost.",
        "Ce que chacun sait faire, jusqu'à combien, à quel coût ; ce qu'une unité de cette activité consomme et "
        "produit ; les projets et ce qu'ils coûtent.")),
    (("offers", "storage"), Label("What is limited without being made (land, work, an outside supplier), and stocks.",
                                  "Ce qui est limité sans être fabriqué (terres, travail, un fournisseur extérieur), "
                                  "et les stocks.")),
    (("funding",), Label("Grants, gifts and memberships, where a budget has to balance.",
                         "Subventions, dons et cotisations, là où un budget doit s'équilibrer.")),
    (("periods", "profiles"), Label("Seasons, where harvests, shows or customers do not spread over the year.",
                                    "Les saisons, quand récoltes, spectacles ou clients ne sont pas les mêmes toute "
                                    "l'année.")),
    (("limits", "objectives"), Label("Rules and commitments to keep, and what counts most.",
                                     "Les règles et engagements à tenir, et ce qui compte le plus.")),
    (("scenarios", "settings"), Label("What if: a price, a loss, a project; and the settings of the whole.",
                                      "Et si : un prix, une perte, un projet ; et les réglages de l'ensemble.")),
)  # fmt: skip
_RULES_TITLE = Label("Good to know", "Bon à savoir")
_RULES = (
    Label("Quantities are for the whole year, in the product's unit. Calendars share them out over the seasons.",
          "Les quantités valent pour toute l'année, dans l'unité du produit. Les calendriers les répartissent sur les "
          "saisons."),
    Label("A blank cell means “as usual” (the default is said when you click in it); 0 really means zero.",
          "Une case vide veut dire « comme d'habitude » (la valeur retenue s'affiche quand on clique dedans) ; 0 veut "
          "vraiment dire zéro."),
    Label("A name is always written the same way: choose it in the drop-down, which follows what you typed elsewhere.",
          "Un nom s'écrit toujours de la même façon : choisissez-le dans la liste déroulante, qui suit ce que vous "
          "avez tapé ailleurs."),
    Label("Sheets, columns and rows that start with # or _ are never read: use them for your own notes.",
          "Les feuilles, colonnes et lignes qui commencent par # ou _ ne sont jamais lues : servez-vous-en pour vos "
          "notes."),
    Label("Every row may say where its figures come from and how sure they are (grey columns, far right).",
          "Chaque ligne peut dire d'où viennent ses chiffres et à quel point ils sont sûrs (colonnes grises, tout à "
          "droite)."),
)  # fmt: skip
_COLOURS_TITLE = Label("The colours", "Les couleurs")
_COLOURS = (
    ("key", Label("heading", "titre"), Label("every row needs this column", "chaque ligne en a besoin")),
    ("optional", Label("heading", "titre"), Label("this column may stay blank", "peut rester vide")),
    ("input", Label("to fill in", "à remplir"), Label("a cell to fill in", "une case à remplir")),
    ("helper", Label("# help", "# aide"), Label("worked out or explained for you, never read",
                                                "calculé ou expliqué pour vous, jamais lu")),
    ("missing", Label("", ""), Label("something is still missing here", "il manque encore quelque chose ici")),
    ("wrong", Label("?", "?"), Label("an unknown name, the same row twice, or a number that cannot be right",
                                     "un nom inconnu, deux fois la même ligne, ou un nombre impossible")),
)  # fmt: skip
_COMMANDS_TITLE = Label("The commands", "Les commandes")
_FILE = Label("my-chain.xlsx", "ma-filiere.xlsx")
_COMMANDS = (
    ("check", Label("says everything that is missing or contradictory, cell by cell",
                    "dit tout ce qui manque ou se contredit, case par case")),
    ("today", Label("shows the chain as it is, with its indicators",
                    "montre la filière telle qu'elle est, avec ses indicateurs")),
    ("solve", Label("works out the best chain and writes the results beside your file",
                    "calcule la meilleure filière et écrit les résultats à côté de votre fichier")),
    ("explain", Label("says what holds the chain back and what would loosen it",
                      "dit ce qui bride la filière et ce qui la libérerait")),
    ("stress", Label("loses each supplier in turn and shows what breaks",
                     "fait disparaître chaque fournisseur tour à tour et montre ce qui casse")),
)  # fmt: skip
_STAGES_TITLE = Label("The stages of the chain", "Les maillons de la filière")
_STORY_TITLE = Label("The story of this example", "L'histoire de cet exemple")
_SOURCES_TITLE = Label("Where the figures come from", "D'où viennent les chiffres")
_TIMES = Label("{count} rows", "{count} lignes")
_ONCE = Label("1 row", "1 ligne")
_COPY = Label("Sourced examples to copy", "Des exemples sourcés à copier")
_WIDTHS = (2, 7, 30, 44, 44, 2)
_SIGNS_A_LINE = 92


class _Page:
    """Writes downwards, one row after another."""

    def __init__(self, sheet: Worksheet, language: Language, styles: Styles) -> None:
        self.sheet, self.language, self.styles, self.row = sheet, language, styles, 0

    def _next(self, height: float) -> None:
        self.sheet.set_row(self.row, height)
        self.row += 1

    def merged(self, text: str, style: str, height: float, first: int = 1) -> None:
        """Write a text over the width of the page."""
        self.sheet.merge_range(self.row, first, self.row, 4, text, self.styles.of(style))
        self._next(height)

    def section(self, title: Label) -> None:
        """Leave a blank row and write a section's title."""
        self._next(10.0)
        self.merged(title.to(self.language), "section", 22)

    def paragraph(self, text: str, style: str = "text") -> None:
        """Write a text as high as it needs to be."""
        lines = sum(1 + len(part) // 122 for part in text.split("\n"))
        self.merged(text, style, 15 * lines + 4)

    def line(self, text: str, style: str = "text middle", height: float = 21.0) -> None:
        """Write the right-hand part of a row and go to the next."""
        self.sheet.merge_range(self.row, 3, self.row, 4, text, self.styles.of(style))
        self._next(height + 15.0 * (len(text) // _SIGNS_A_LINE))

    def link_beside(self, text: str, target: str, shown: str) -> None:
        """Write a text and a link beside it, and go to the next row."""
        self.sheet.write_string(self.row, 3, text, self.styles.of("text middle"))
        self.sheet.write_url(self.row, 4, target, self.styles.of("link"), shown)
        self._next(21.0)


def write_readme(sheet: Worksheet, sector: Sector, plans: Mapping[str, Plan], language: Language, example: bool,
                 has_library: bool, styles: Styles) -> None:  # fmt: skip
    """Write the sheet from top to bottom."""
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
    sheet.set_portrait()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
    sheet.fit_to_pages(1, 0 if example else 1)  # the story and the sources of an example take a second page
    page = _Page(sheet, language, styles)
    title = (_EXAMPLE_TITLE if example else _BLANK_TITLE).to(language)
    page.merged(title.format(sector=sector.label.to(language)), "title", 42)
    summary = sector.summary.to(language)
    page.merged(summary, "subtitle", 17 * (1 + len(summary) // 105) + 4)
    page.paragraph(_INTRO.to(language))
    if example and sector.story is not None:
        page.section(_STORY_TITLE)
        for part in sector.story.to(language).split("\n\n"):
            page.paragraph(" ".join(part.split()))
    _steps(page, plans, has_library)
    _colours(page)
    page.section(_RULES_TITLE)
    for rule in _RULES:
        page.paragraph(f"•  {rule.to(language)}", "text list")
    _commands(page)
    if sector.stages:
        _stages(page, sector)
    if example:
        _sources(page, plans)


def _steps(page: _Page, plans: Mapping[str, Plan], has_library: bool) -> None:
    page.section(_FIRST_TITLE)
    for place, (keys, said) in enumerate(_FIRST, start=1):
        _step(page, plans, str(place), keys, said.to(page.language), has_library)
    page.section(_BETTER_TITLE)
    for keys, said in _BETTER:
        known = tuple(key for key in keys if key in plans)
        if known:
            _step(page, plans, "+", known, said.to(page.language), has_library)


def _step(page: _Page, plans: Mapping[str, Plan], sign: str, keys: Sequence[str], said: str, has_library: bool) -> None:
    """Write one line a sheet, what it is for beside the first."""
    for nth, key in enumerate(keys):
        name = PROGRESS_SHEET.to(page.language) if key == "progress" else plans[key].name
        page.sheet.write_string(page.row, 1, sign if nth == 0 else "", page.styles.of("step"))
        page.sheet.write_url(page.row, 2, f"internal:'{name}'!A1", page.styles.of("link"), name)
        if key == "recipes" and has_library:
            library = LIBRARY_SHEET.to(page.language)
            page.link_beside(_COPY.to(page.language), f"internal:'{library}'!A1", library)
        else:
            page.line(said if nth == 0 else "", height=21.0 if nth == 0 else 18.0)


def _colours(page: _Page) -> None:
    page.section(_COLOURS_TITLE)
    for style, shown, said in _COLOURS:
        page.sheet.write_string(page.row, 2, shown.to(page.language), page.styles.of(style))
        page.line(said.to(page.language), height=17.0)


def _commands(page: _Page) -> None:
    page.section(_COMMANDS_TITLE)
    for command, said in _COMMANDS:
        text = f"filiere {command} {_FILE.to(page.language)}"
        page.sheet.merge_range(page.row, 1, page.row, 2, text, page.styles.of("code"))
        page.line(said.to(page.language))


def _stages(page: _Page, sector: Sector) -> None:
    page.section(_STAGES_TITLE)
    for at, stage in enumerate(sector.stages, start=1):
        page.sheet.write_string(page.row, 1, str(at), page.styles.of("step"))
        page.sheet.write_string(page.row, 2, stage.label.to(page.language), page.styles.of("stage"))
        page.line(stage.help.to(page.language) if stage.help else "", height=18.0)


def _sources(page: _Page, plans: Mapping[str, Plan]) -> None:
    """List every source once, the most used first."""
    used = Counter(str(source) for plan in plans.values() for source in plan.values("source") if source)
    if not used:
        return
    page.section(_SOURCES_TITLE)
    for source, count in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        times = _ONCE.to(page.language) if count == 1 else _TIMES.to(page.language)
        page.sheet.merge_range(page.row, 1, page.row, 2, times.format(count=number(count, page.language)),
                               page.styles.of("text middle"))  # fmt: skip
        page.line(source)
