// The page: its heading, its sections and blocks, its languages, and what printing asks for.
window.filiere = filiere;
window.addEventListener("error", (event) => filiere.errors.push(String(event.message)));
window.addEventListener("securitypolicyviolation", (event) => filiere.errors.push(`blocked: ${event.violatedDirective}`));
const DRAW = {
  figures: figuresBlock, remarks: remarksBlock, bars: barsBlock, scatter: scatterBlock, tornado: tornadoBlock, multiples: multiplesBlock, sankey: sankeyBlock, map: mapBlock,
  text: (block) => element("p", {}, block.text), table: (block) => foldedTable(block, block.opened),
};

function figuresBlock(block) {
  const cards = block.cards.map((card) => element("li", { className: "card", "data-figure": card.key },
    element("h3", {}, card.label),
    element("p", { className: "big" }, figureText(card.plan, card.show)),
    beforeLine(card), partLines(card), card.sentence ? element("p", { className: "sentence" }, card.sentence) : null));
  // On a wide window, the number across that leaves the fewest blanks at the end.
  const blanks = (across) => (across - (cards.length % across)) % across;
  return element("ul", { className: `cards ${blanks(4) < blanks(3) ? "four" : "three"}` }, ...cards);
}

function figureText(value, show) { return value === null ? "–" : shown(value, show); }

function beforeLine(card) {
  if (!filiere.view.compares || card.today === null || card.plan === null) return null;
  const change = card.plan - card.today, shares = card.show === "percent";
  const step = shares ? `${digits(100 * change, 1, 1, signed)}\u00a0${said("points")}` : shown(change, card.show === "money" ? "money_change" : "change");
  const still = Math.abs(change) < (shares ? 5e-4 : card.show === "money" ? 0.5 : 0.05);
  return element("p", { className: "before" }, `${said("today")}${colon()}${figureText(card.today, card.show)} `,
    element("span", { className: "step" }, still ? "=" : `${change > 0 ? "▲" : "▼"} ${step}`));
}

function partLines(card) {
  if (!card.parts.length) return null;
  return element("ul", { className: "parts" }, ...card.parts.map((part) => element("li", {}, `${part.label}${colon()}`,
    filiere.view.compares && part.today !== null ? `${figureText(part.today, part.show)} → ` : "",
    element("strong", {}, figureText(part.plan, part.show)))));
}

function remarksBlock(block) {
  return element("dl", { className: "remarks" }, ...block.rows.flatMap((row) => [
    element("dt", { className: row.warned ? "warned" : null }, row.warned ? `⚠ ${row.label}` : row.label),
    element("dd", { className: row.warned ? "warned" : null }, row.text)]));
}

function languageSwitch() {
  const set = element("div", { className: "languages", role: "group", "aria-label": said("language") });
  for (const [code, name] of [["fr", "Français"], ["en", "English"]]) {
    set.append(button(name, () => show(code, true), { lang: code, "aria-pressed": String(code === filiere.language), "data-language": code }));
  }
  return set;
}

/** Build the whole page in a language. */
function show(language, again = false) {
  dropCharts();
  filiere.tables = [];
  filiere.language = language;
  filiere.view = inLanguage(filiere.document, language);
  filiere.words = filiere.view.words;
  document.documentElement.lang = language;
  document.title = filiere.view.title;
  const view = filiere.view;
  if (view.only) { document.documentElement.classList.add("only"); openPartners(); return; }
  const head = element("header", {},
    element("a", { className: "skip", href: "#contents" }, said("skip")),
    element("div", { className: "top" }, view.bilingual ? languageSwitch() : element("span", {}), element("span", {}, filiere.view.partners ? button(said("one_page"), printPartners, { className: "print one-page" }) : null, " ", button(said("print"), () => window.print(), { className: "print" }))),
    element("h1", { dir: "auto" }, view.title), element("p", { className: "subtitle", dir: "auto" }, view.subtitle),
    view.verdict ? element("p", { className: "verdict" }, view.verdict) : null);
  const nav = element("nav", { "aria-label": said("contents") }, element("ul", {},
    ...view.sections.map((section) => element("li", {}, element("a", { href: `#${section.id}` }, section.title)))));
  const main = element("main", { id: "contents", tabindex: "-1" }, ...view.sections.map((section) => element("section", { id: section.id },
    element("h2", {}, section.title), ...section.blocks.map((block) => DRAW[block.type](block)))));
  const foot = element("footer", {}, said("made_by", { version: view.version }));
  clear(document.getElementById("page")).append(head, nav, main, foot);
  drawAll();
  fitTables();
  if (again) document.querySelector(`[data-language="${language}"]`).focus();
}

function fitTables() { filiere.tables.forEach((entry) => entry.fit()); }

let resizing = 0, lastWidth = 0;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => { if (document.documentElement.clientWidth !== lastWidth) { lastWidth = document.documentElement.clientWidth; drawAll(); fitTables(); } }, 120);
});
const unfolded = [];
window.addEventListener("beforeprint", () => {
  // On paper nothing can be opened: the table of a chart is printed with it, other tables if they are open.
  for (const fold of document.querySelectorAll("details.beside:not([open])")) { fold.open = true; unfolded.push(fold); }
  filiere.charts.forEach((entry) => (entry.partners ? null : drawn(entry, PRINTED_WIDTH)));
  filiere.tables.forEach((entry) => entry.fit(PRINTED_TABLE));
});
window.addEventListener("afterprint", () => {
  for (const fold of unfolded.splice(0)) fold.open = false;
  if (!filiere.view.only) closePartners();
  drawAll();
  fitTables();
});

filiere.document = JSON.parse(document.getElementById("data").textContent);
lastWidth = document.documentElement.clientWidth;
show(filiere.document.language);
filiere.ready = true;
