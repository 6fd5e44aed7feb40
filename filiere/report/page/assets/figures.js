// Pictures for slides, drawn without a window: each chart of a document in a frame with its title, legend and source.
const PAPER = 960, WIDE_PAPER = 1400, EDGE = 28;

/** Every picture of a document: [{title, svg}]. */
function figuresOf(view, language) {
  filiere.language = language;
  filiere.view = view;
  filiere.words = view.words;
  const found = [];
  for (const section of view.sections) {
    for (const block of section.blocks) if (PICTURED[block.type]) found.push(...PICTURED[block.type](block, section));
  }
  return found.map(framed);
}

const PICTURED = {
  sankey: (block, section) => (filiere.view.network.today ? ["today", "plan"] : ["plan"]).flatMap((when) => sankeyPictures(section, when)),
  map: (block, section) => [mapPicture(section)],
  bars: (block) => {
    const count = Math.min(block.rows.length, block.most || Infinity), width = PAPER - 2 * EDGE;
    return [{ title: block.title, height: 62 + count * 28, draw: (chart) => chart.setOption(barOptions(block, count, width)),
      said: count < block.rows.length ? said("bars_first", { shown: count, all: block.rows.length }) : "" }];
  },
  scatter: (block) => [{ title: block.title, height: 470, draw: (chart) => chart.setOption(scatterOptions(block, PAPER - 2 * EDGE)) }],
  multiples: (block) => block.panels.map((panel) => ({ title: panel.label, height: panelHeight(block, panel, PAPER - 2 * EDGE),
    draw: (chart) => drawPanel(chart, block, panel, PAPER - 2 * EDGE), said: said("multiples") })),
  tornado: (block) => [{ title: block.title, height: tornadoHeight(block, PAPER), draw: (chart) => chart.setOption(tornadoOptions(block, PAPER - 2 * EDGE)) }],
};

/** The chain by stage, and by actor where they are few enough to be read. */
function sankeyPictures(section, when) {
  const net = filiere.view.network, start = startOf(net);
  const views = start.view === "stage" && net.actors.length <= MOST_NODES ? ["stage", "actor"] : [start.view];
  return views.map((by) => {
    const state = { ...start, when, view: by }, graph = flowGraph(net, state);
    const written = (amount) => (state.measure === "money" ? money(amount) : `${quantity(amount)}\u00a0t`);
    const kinds = new Set(graph.ribbons.map((ribbon) => ribbon.kind));
    const parts = [section.title, ...(net.today ? [said(when).toLocaleLowerCase(filiere.language)] : []), ...(views.length > 1 ? [said(`by_${by}`)] : [])];
    const paper = graph.nodes.length > 24 ? WIDE_PAPER : PAPER, width = paper - 2 * EDGE;
    return { title: parts.join(" – "), paper, height: graph.ribbons.length ? sankeyHeight(graph, width) : 0,
      draw: (chart) => drawSankey(chart, width, { net, state, graph, pick: () => {}, written }),
      legend: ["inside", "partner", "private", "public"].filter((kind) => kind === "inside" || kinds.has(kind))
        .concat(graph.ribbons.some((ribbon) => ribbon.back) ? ["return"] : []),
      said: said("total", { total: written(graph.total) }) };
  });
}

function mapPicture(section) {
  const net = filiere.view.network, state = { when: "plan", all: false, zoom: 1 };
  const points = pointsOf(net), lines = linesOf(net, state, points), width = PAPER - 2 * EDGE;
  const kinds = new Set(points.map((point) => point.kind));
  return { title: section.title, cut: true, height: Math.round(width * 0.56), draw: (chart) => drawMap(chart, width, { net, state, points, lines }),
    legend: ["inside", "partner", "private", "public"].filter((kind) => kinds.has(kind)),
    said: said("map_note", { placed: points.length, all: net.actors.length }) };
}

/** A chart as SVG with its frame around it. */
function framed(picture) {
  const paper = picture.paper || PAPER, width = paper - 2 * EDGE, legendHeight = picture.legend ? 26 : 0, top = 70 + legendHeight;
  const height = top + picture.height + (picture.said ? 20 : 0) + 42;
  const frame = drawnAs(paper, height, (chart) => chart.setOption({ animation: false, graphic: slideOf(picture, paper, height, top) }));
  const chart = picture.height ? drawnAs(width, picture.height, picture.draw) : "";
  const [, head, rest] = /^(<svg[^>]*>)([^]*)$/.exec(frame);
  const inside = chart.replace(/^<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  // What a chart draws beyond its box is covered by the frame: a clip would make it ten times slower to turn into pixels.
  return { title: picture.title, svg: `${head}<rect width="${paper}" height="${height}" fill="#fff"/><g transform="translate(${EDGE},${top})">${inside}</g>${rest}` };
}

function drawnAs(width, height, draw) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  draw(chart);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Background, title, whose chain it is, legend, and where the figures come from. */
function slideOf(picture, paper, height, top) {
  const width = paper - 2 * EDGE;
  const text = (value, x, y, size, fill, more = {}) => ({ type: "text", silent: true, x, y, style: {
    text: value, fill, font: `${more.weight || 400} ${size}px ${FONT}`, width: more.width || width, overflow: "truncate", ellipsis: "…", ...more.style } });
  const cover = (x, y, wide, high) => ({ type: "rect", silent: true, shape: { x, y, width: wide, height: high }, style: { fill: "#fff" } });
  const view = filiere.view, parts = [
    ...(picture.cut ? [cover(0, 0, paper, top), cover(0, top + picture.height, paper, height), cover(0, top, EDGE, picture.height), cover(paper - EDGE, top, EDGE, picture.height)] : []),
    text(isolated(picture.title), EDGE, 18, 21, BETTER, { weight: 700 }),
    text(isolated(view.whose), EDGE, 46, 12, QUIET),
    text(view.source, EDGE, height - 26, 11, QUIET),
  ];
  if (picture.said) parts.push(text(picture.said, EDGE, height - 44, 11, QUIET));
  let x = EDGE;
  for (const kind of picture.legend || []) {
    const words = said(kind === "return" ? "return_short" : kind);
    parts.push(...swatch(kind, x, 72), text(words, x + 30, 74, 12, INK, { width: 300 }));
    x += 48 + 6.4 * words.length;
  }
  return parts;
}

function swatch(kind, x, y) {
  if (kind === "return") {
    return [{ type: "line", silent: true, shape: { x1: x, y1: y + 8, x2: x + 24, y2: y + 8 }, style: { stroke: INSIDE, lineWidth: 8, opacity: 0.42 } },
      { type: "polygon", silent: true, shape: { points: [[x + 8, y + 8], [x + 15, y + 3], [x + 15, y + 13]] }, style: { fill: INSIDE } }];
  }
  return [{ type: "rect", silent: true, shape: { x, y, width: 24, height: 16 }, style: { fill: COLOURS[kind], stroke: INK, lineWidth: 0.8 } },
    { type: "text", silent: true, x: x + 12, y: y + 8, style: { text: SIGNS[kind], fill: kind === "inside" || kind === "partner" ? "#fff" : INK,
      font: `400 10px ${FONT}`, align: "center", verticalAlign: "middle" } }];
}
