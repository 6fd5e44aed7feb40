// One sheet of A4 for partners: the headline, the chain, five figures, five decisions, who gains. Nothing else is printed with it.
const SHEET_WIDTH = 700, SHEET_HEIGHT = 1012, CHAIN_HEIGHT = 330, LARGEST_LETTERS = 18.5, SMALLEST_LETTERS = 11.2;

function partnersSheet() {
  const { partners, title, subtitle, whose, source, network } = filiere.view;
  const state = { ...startOf(network), view: "stage", when: "plan" };
  const graph = flowGraph(network, state), written = (amount) => (state.measure === "money" ? money(amount) : `${quantity(amount)}\u00a0t`);
  const entry = chartBox(said("the_chain"), (chart, width) => drawSankey(chart, width, { net: network, state, graph, pick: () => {}, written }), CHAIN_HEIGHT);
  entry.partners = true;
  const kinds = new Set(graph.ribbons.map((ribbon) => ribbon.kind));
  const list = (tag, lines) => element(tag, {}, ...lines.map((line) => element("li", {}, line)));
  const sheet = element("article", { className: "sheet" },
    element("header", {}, element("h1", {}, title), element("p", { className: "subtitle" }, subtitle || whose), element("p", { className: "verdict" }, partners.verdict)),
    element("ul", { className: "five" }, ...partners.figures.map((figure) => element("li", {},
      element("span", { className: "what" }, figure.label), element("strong", {}, figureText(figure.plan, figure.show)), sheetBefore(figure)))),
    graph.ribbons.length ? element("section", {}, element("h2", {}, said("the_chain")), entry.canvas,
      legend(["inside", "partner", "private", "public"].filter((kind) => kind === "inside" || kinds.has(kind)), ...(graph.ribbons.some((ribbon) => ribbon.back) ? ["return_short"] : []))) : null,
    element("div", { className: "two" },
      element("section", {}, element("h2", {}, said("five_decisions")), partners.decisions.length ? list("ol", partners.decisions) : element("p", {}, said("no_decision"))),
      element("section", {}, element("h2", {}, said("who_gains")), list("ul", partners.gains))),
    element("footer", {}, source));
  return { sheet, entry: graph.ribbons.length ? entry : null };
}

function sheetBefore(figure) {
  if (!filiere.view.compares || figure.today === null) return null;
  return element("span", { className: "was" }, `${said("today")}${colon()}${figureText(figure.today, figure.show)}`);
}

/** Put the sheet on the page, draw its chain, and make its letters as large as all of it fits with. */
function openPartners() {
  closePartners();
  const { sheet, entry } = partnersSheet();
  document.documentElement.classList.add("onepage");
  document.getElementById("page").append(sheet);
  if (!entry) filiere.charts = filiere.charts.filter((one) => !one.partners);
  else drawn(entry, SHEET_WIDTH);
  for (let size = LARGEST_LETTERS; ; size -= 0.5) {
    sheet.style.fontSize = `${size}px`;
    if (size - 0.5 < SMALLEST_LETTERS || sheet.scrollHeight <= SHEET_HEIGHT) break;
  }
}

function closePartners() {
  document.documentElement.classList.remove("onepage");
  for (const entry of filiere.charts) if (entry.partners && entry.chart) entry.chart.dispose();
  filiere.charts = filiere.charts.filter((entry) => !entry.partners);
  for (const sheet of document.querySelectorAll(".sheet")) sheet.remove();
}

function printPartners() { openPartners(); window.print(); }
