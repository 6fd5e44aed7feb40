// Small multiples: one panel a measure, each on its own scale; a line from the first case's figure to each other's.
const NAME_LINE = 15, TRACK = 22;

/** A block of type multiples: {title, what, cases: [name], panels: [{label, show, good, values, changes, change}]}. */
function multiplesBlock(block) {
  const entries = block.panels.map((panel) => chartBox(panel.label, (chart, width) => drawPanel(chart, block, panel, width),
    (width) => panelHeight(block, panel, width)));
  const column = (key, heading, show, values, shows) => ({ key, heading, show, values, shows });
  const table = { key: "multiples", title: said("table"), height: block.panels.length, columns: [
    column("figure", block.what, "text", block.panels.map((panel) => panel.label)),
    ...block.cases.map((name, at) => column(`case${at}`, name, "quantity", block.panels.map((panel) => panel.values[at]), block.panels.map((panel) => panel.show)))] };
  return element("figure", { className: "figure", "data-multiples": block.panels.length },
    element("figcaption", {}, element("h3", {}, block.title), element("p", { className: "quiet" }, said("multiples"))),
    element("div", { className: "panels" }, ...entries.map((entry, at) => element("div", { className: "panel" },
      element("h4", {}, block.panels[at].label), entry.box))),
    foldedTable(table, false, true));
}

/** Whether a case's figure is the first case's, but for what arithmetic leaves. */
function same(panel, at) {
  return Math.abs(panel.values[at] - panel.values[0]) <= 1e-6 * Math.max(Math.abs(panel.values[0] || 0), Math.abs(panel.values[at] || 0));
}

/** What stands at the right of a case's name: its figure, and its difference to the first case's. */
function panelText(panel, at) {
  const value = panel.values[at];
  if (value === null) return "–";
  const change = panel.changes[at];
  if (at === 0 || change === null) return shown(value, panel.show);
  const moved = shown(change, panel.change);
  const step = same(panel, at) ? " (=)" : moved === "–" ? "" : ` (${moved}${panel.change === "points" ? `\u00a0${said("points")}` : ""})`;
  return `${shown(value, panel.show)}${step}`;
}

/** A case's name whole, on as many lines as it takes beside its figure. */
function panelName(name, figure, width) {
  const most = Math.max(10, Math.floor((width - 8 * figure.length - 20) / 7)), lines = [""];
  for (const word of name.split(" ").flatMap((one) => one.match(new RegExp(`.{1,${most}}`, "gu")) || [""])) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + 1 + word.length > most) lines.push(word);
    else lines[last] += lines[last] ? ` ${word}` : word;
  }
  return lines;
}

function panelRows(block, panel, width) {
  let top = 4;
  return block.cases.map((name, at) => {
    const figure = panelText(panel, at), lines = panelName(name, figure, width), row = { at, figure, lines, top };
    top += lines.length * NAME_LINE + TRACK;
    return { ...row, track: top - TRACK + 8 };
  });
}

function panelHeight(block, panel, width) {
  const rows = panelRows(block, panel, width);
  return rows.at(-1).track + 12;
}

function drawPanel(chart, block, panel, width) {
  const rows = panelRows(block, panel, width), values = panel.values.map((value, at) => (value !== null && same(panel, at) ? panel.values[0] : value));
  const known = values.filter((value) => value !== null);
  const least = Math.min(...known), most = Math.max(...known), span = most - least || 1, edge = 9;
  const across = (value) => (most === least ? width / 2 : edge + ((value - least) / span) * (width - 2 * edge));
  const start = values[0], parts = [];
  const text = (value, x, y, more) => ({ type: "text", silent: true, x, y, style: { text: value, fill: INK, font: `400 12px ${FONT}`, stroke: "#fff", lineWidth: 3, ...more } });
  if (start !== null) {
    parts.push({ type: "line", silent: true, shape: { x1: across(start), x2: across(start), y1: rows[0].track, y2: rows.at(-1).track }, style: { stroke: QUIET, lineDash: [3, 3], lineWidth: 1 } });
  }
  for (const { at, figure, lines, top, track } of rows) {
    const value = values[at], change = value === start ? 0 : panel.changes[at] || 0, side = Math.sign(change) * panel.good;
    lines.forEach((line, number) => parts.push(text(isolated(line), 0, top + number * NAME_LINE)));
    parts.push(text(figure, width, top, { align: "right", font: `${at ? 600 : 400} 12px ${FONT}` }));
    parts.push({ type: "line", silent: true, shape: { x1: 0, x2: width, y1: track, y2: track }, style: { stroke: RULE, lineWidth: 1 } });
    if (value === null) continue;
    const colour = at === 0 || !change ? QUIET : side < 0 ? WORSE : side > 0 ? BETTER : INK, x = across(value);
    if (start !== null && at) parts.push({ type: "line", silent: true, shape: { x1: across(start), x2: x, y1: track, y2: track }, style: { stroke: colour, lineWidth: 4 } });
    parts.push(side < 0
      ? { type: "polygon", silent: true, shape: { points: [[x, track - 7], [x + 7, track], [x, track + 7], [x - 7, track]] }, style: { fill: colour, stroke: "#fff", lineWidth: 1 } }
      : { type: "circle", silent: true, shape: { cx: x, cy: track, r: 6 }, style: { fill: at ? colour : "#fff", stroke: at ? "#fff" : colour, lineWidth: at ? 1 : 2 } });
  }
  chart.setOption({ animation: false, graphic: parts }, true);
}
