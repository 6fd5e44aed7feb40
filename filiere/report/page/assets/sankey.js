// The Sankey of the chain: choices, drawing, return arcs, what a click follows, and its table.
const NODE_WIDTH = 16, THICKEST_ARC = 34, THINNEST_ARC = 3;

function sankeyBlock() {
  const net = filiere.view.network;
  const state = filiere.state.sankey || (filiere.state.sankey = startOf(net));
  const place = element("figure", { className: "figure", id: "sankey" });
  const redraw = () => { clear(place).append(...sankeyParts(net, state, redraw)); filiere.charts.filter((e) => e.sankey).forEach((e) => drawn(e)); };
  place.append(...sankeyParts(net, state, redraw));
  return place;
}

function startOf(net) {
  const kinds = new Set(net.actors.filter((actor) => actor.kind === "inside").map((actor) => actor.stage));
  const priced = net.plan.some(([, value]) => value);
  return { when: "plan", measure: priced ? "money" : "mass", view: net.actors.length > 14 && kinds.size > 1 ? "stage" : "actor",
           opened: new Set(), product: -1, actor: -1 };
}

function sankeyParts(net, state, redraw) {
  filiere.charts = filiere.charts.filter((entry) => { if (entry.sankey && entry.chart) entry.chart.dispose(); return !entry.sankey; });
  const graph = flowGraph(net, state);
  const pick = (change) => {
    const focus = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.value : null;
    Object.assign(state, change);
    redraw();
    const again = focus && document.querySelector(`#sankey [data-value="${focus}"]`);
    if (again) again.focus();
  };
  const written = (amount) => (state.measure === "money" ? money(amount) : `${quantity(amount)}\u00a0t`);
  const entry = chartBox(filiere.view.sections.find((section) => section.id === "chain").title,
    (chart, width) => drawSankey(chart, width, { net, state, graph, pick, written }),
    (width) => sankeyHeight(graph, width), 780);
  entry.sankey = true;
  filiere.charts.push(...filiere.charts.splice(filiere.charts.indexOf(entry), 1));
  const followed = state.product >= 0 || state.actor >= 0;
  const part = followed ? graph.ribbons.reduce((sum, ribbon) => sum + ribbon.flows.reduce((some, at) => some
    + (follows(net, state, at) ? Math.abs(graph.amounts[at]) : 0), 0), 0) : 0;
  const facts = element("p", { className: "quiet", id: "sankey-total", "data-total": graph.total, "data-measure": state.measure, "data-when": state.when },
    said("total", { total: written(graph.total) }), followed ? ` ${said("followed", { amount: written(part) })}` : "",
    graph.reversed && state.measure === "money" ? ` ${said("reversed", { amount: written(graph.reversed) })}` : "",
    graph.blank ? ` ${state.measure === "money" ? said("unpriced", { count: graph.blank }) : said("weightless")}` : "");
  const kinds = [...new Set(graph.ribbons.map((ribbon) => ribbon.kind))];
  const parts = [sankeyChoices(net, state, pick), graph.ribbons.length ? entry.box : element("p", {}, said("nothing")),
    legend(["inside", "partner", "private", "public"].filter((kind) => kind === "inside" || kinds.includes(kind)),
      ...(graph.ribbons.some((ribbon) => ribbon.back) ? ["return"] : [])),
    facts, element("p", { className: "quiet hint" }, said("hint")), foldedTable(ribbonTable(net, state, graph), false, true)];
  if (!graph.ribbons.length) filiere.charts = filiere.charts.filter((other) => other !== entry);
  return parts;
}

function sankeyChoices(net, state, pick) {
  const box = element("div", { className: "choices" });
  if (net.today) box.append(choice(said("shown"), [["today", said("today")], ["plan", said("plan")]], state.when, (when) => pick({ when })));
  box.append(choice(said("measure"), [["money", said("money")], ["mass", said("mass")]], state.measure, (measure) => pick({ measure })));
  const views = [["stage", said("stage")], ...(net.groups.length ? [["group", said("group")]] : []), ["actor", said("actor")]];
  box.append(choice(said("grouped"), views, state.view, (view) => pick({ view, opened: new Set() })));
  const named = (list) => list.map((one, at) => [at, one.name]).sort((a, b) => a[1].localeCompare(b[1], filiere.language));
  const moving = new Set([...net.from, ...net.to]);
  box.append(select(said("follow_product"), [[-1, said("every_product")], ...named(net.products)], state.product, (product) => pick({ product })),
    select(said("follow_actor"), [[-1, said("every_actor")], ...named(net.actors).filter(([at]) => moving.has(at))], state.actor, (actor) => pick({ actor })));
  if (state.product >= 0 || state.actor >= 0 || state.opened.size) {
    box.append(button(said("whole"), () => pick({ product: -1, actor: -1, opened: new Set() }), { className: "whole" }));
  }
  return box;
}

/** Whether a flow belongs to what is followed. */
function follows(net, state, at) {
  return (state.product < 0 || net.product[at] === state.product) && (state.actor < 0 || net.from[at] === state.actor || net.to[at] === state.actor);
}

/** The most nodes that stand above one another. */
function tallest(graph) {
  const columns = new Map();
  for (const node of graph.nodes) columns.set(node.column, (columns.get(node.column) || 0) + 1);
  return Math.max(0, ...columns.values());
}

function sankeyHeight(graph, width) {
  return Math.max(width < 700 ? 460 : 540, 70 + (graph.nodes.length > 24 ? 52 : 27) * tallest(graph));
}

function drawSankey(chart, width, all) {
  const { graph } = all;
  const names = new Map(graph.nodes.map((node) => [node.key, nodeName(all.net, all.state, node)]));
  const back = joined(graph.ribbons.filter((ribbon) => ribbon.back));
  const option = (bottom) => sankeyOption(all, names, width, bottom);
  chart.setOption(option(16), true);
  if (back.length) {
    // The arcs run back below the chart: once to learn the scale, once with room for them.
    const room = () => back.reduce((sum, ribbon) => sum + arcWidth(ribbon, scaleOf(chart)) + 3, 0);
    const bottom = Math.min(24 + room(), chart.getHeight() * 0.4);
    chart.setOption(option(bottom), true);
    chart.setOption({ graphic: returnArcs(chart, all, names, bottom, back) });
  }
  chart.off("click");
  chart.on("click", { seriesType: "sankey" }, (event) => clicked(event, all));
}

function placed(chart) {
  return chart.getModel().getSeriesByIndex(0).getGraph().nodes.map((node) => ({ key: node.id, ...node.getLayout() }));
}

function scaleOf(chart) {
  const node = placed(chart).reduce((best, one) => (one.value > best.value ? one : best));
  return node.value ? node.dy / node.value : 0;
}

function sankeyOption({ net, state, graph, written }, names, width, bottom) {
  const last = Math.max(...graph.nodes.map((node) => node.column));
  const gap = (width - 2 * (width < 800 ? 120 : 170)) / Math.max(1, last);
  const dim = (ribbon) => !ribbon.flows.some((at) => follows(net, state, at));
  const lit = new Set(graph.ribbons.filter((ribbon) => !dim(ribbon)).flatMap((ribbon) => [ribbon.from, ribbon.to]));
  const side = width < 800 ? 120 : 170, few = graph.nodes.length <= 24;
  const returned = new Set(graph.ribbons.filter((ribbon) => ribbon.back).map((ribbon) => ribbon.to));
  // Names stand beside the ribbons: left of the first nodes, right of the last, above all others.
  const spot = (node) => (node.column === last ? { position: "right" }
    : node.column === 0 && !returned.has(node.key) ? { position: "left" }
      : { position: [0, -3], align: "left", verticalAlign: "bottom" });
  const written2 = (node) => (few ? `\n${written(Math.max(node.given, node.taken))}` : "");
  const most = (node) => Math.floor((node.column === last || node.column === 0 ? side - 14 : gap + 4) / (few ? 6.4 : 5.9));
  return {
    animation: false, textStyle: { fontFamily: FONT }, tooltip: { ...TOOLTIP, trigger: "item" },
    series: [{
      type: "sankey", nodeAlign: "left", nodeWidth: NODE_WIDTH, nodeGap: !few ? 31 : width < 800 && tallest(graph) <= 5 ? 58 : 40, layoutIterations: 48, draggable: false,
      left: side, right: side, top: 34, bottom,
      emphasis: { focus: "adjacency", lineStyle: { opacity: 0.75 } }, blur: { lineStyle: { opacity: 0.08 }, itemStyle: { opacity: 0.3 } },
      lineStyle: { curveness: 0.5 },
      data: graph.nodes.map((node) => ({
        name: node.key, depth: node.column, value: Math.max(node.given, node.taken),
        itemStyle: { color: COLOURS[node.kind], borderColor: INK, borderWidth: node.bundle ? 0.8 : 0.4, decal: HATCH[node.kind], opacity: lit.has(node.key) ? 1 : 0.25 },
        label: { show: lit.has(node.key), color: INK, fontSize: few ? 12 : 11, lineHeight: few ? 15 : 13, textBorderColor: "#fff", textBorderWidth: 3, ...spot(node),
          formatter: () => `${node.kind === "inside" ? "" : `${SIGNS[node.kind]} `}${inLines(names.get(node.key), Math.max(9, most(node)), few && (node.column === 0 || node.column === last) ? 3 : 2)}${written2(node)}` },
        tooltip: { formatter: () => note(names.get(node.key), node.bundle ? said("members_of", { count: node.actors.size }) : said(node.kind),
          node.taken ? `${said("receives")}${colon()}${written(node.taken)}` : "", node.given ? `${said("delivers")}${colon()}${written(node.given)}` : "") },
      })),
      links: graph.ribbons.filter((ribbon) => !ribbon.back).map((ribbon) => ({
        source: ribbon.from, target: ribbon.to, value: ribbon.amount, ribbon: graph.ribbons.indexOf(ribbon),
        lineStyle: { color: COLOURS[ribbon.kind], opacity: dim(ribbon) ? 0.05 : 0.42 },
        tooltip: { formatter: () => ribbonNote({ net, state, written }, names, ribbon) },
      })),
    }],
  };
}

function ribbonNote({ net, state, written }, names, ribbon) {
  const table = net[state.when] || net.plan;
  const lines = ribbon.product >= 0
    ? [`${net.products[ribbon.product].name}${colon()}${quantity(ribbon.flows.reduce((sum, at) => sum + table[at][0], 0))}\u00a0${net.products[ribbon.product].unit}`]
    : [...new Set(ribbon.flows.map((at) => net.products[net.product[at]].name))].slice(0, 6);
  return note(`${isolated(names.get(ribbon.from))} → ${isolated(names.get(ribbon.to))}`, ...lines, written(ribbon.amount), said(ribbon.kind),
    ribbon.back ? said("return") : "");
}

/** One arc a pair of nodes, whatever the products. */
function joined(ribbons) {
  const pairs = new Map();
  for (const ribbon of ribbons) {
    const key = `${ribbon.from}|${ribbon.to}|${ribbon.kind}`, known = pairs.get(key);
    pairs.set(key, known ? { ...known, amount: known.amount + ribbon.amount, flows: [...known.flows, ...ribbon.flows], product: -1 } : ribbon);
  }
  return [...pairs.values()];
}

/** Arcs are as thick as what they carry, up to a bound: a large exchange within one stage would hide the rest. */
function arcWidth(ribbon, scale) { return Math.max(THINNEST_ARC, Math.min(THICKEST_ARC, ribbon.amount * scale)); }

/** What runs back, as arcs below the chart: out of the right of one node, into the left of another. */
function returnArcs(chart, all, names, bottom, back) {
  const { graph, net, state, pick } = all;
  const spots = new Map(placed(chart).map((spot) => [spot.key, spot]));
  const scale = scaleOf(chart), model = chart.getModel().getSeriesByIndex(0).layoutInfo;
  const used = new Map();
  const ahead = (key, side) => graph.ribbons.filter((r) => !r.back && r[side] === key).reduce((sum, r) => sum + r.amount, 0);
  const spot = (key, side, amount) => {
    const at = spots.get(key), mark = `${key}|${side}`;
    const before = used.has(mark) ? used.get(mark) : ahead(key, side);
    used.set(mark, before + amount);
    return { x: model.x + at.x + (side === "from" ? at.dx : 0), y: model.y + at.y + Math.min((before + amount / 2) * scale, Math.max(0, at.dy - 2)) };
  };
  const room = bottom - 14, arcs = [...back].sort((a, b) => a.amount - b.amount);
  const full = arcs.reduce((sum, ribbon) => sum + arcWidth(ribbon, scale) + 3, 0);
  const squeeze = Math.min(1, room / full);
  let base = chart.getHeight() - bottom + 8;
  return arcs.map((ribbon) => {
    const thick = Math.max(2, arcWidth(ribbon, scale) * squeeze), out = spot(ribbon.from, "from", ribbon.amount), into = spot(ribbon.to, "to", ribbon.amount);
    const low = base + thick / 2, bend = 16 + Math.min(10, thick / 2);
    base += thick + 3 * squeeze;
    const dim = !ribbon.flows.some((at) => follows(net, state, at));
    const shape = { points: arcPoints(out, into, low, bend * 1.6) };
    return { type: "group", children: [
      { type: "polyline", shape, style: { fill: "none", stroke: COLOURS[ribbon.kind], lineWidth: thick, opacity: dim ? 0.05 : 0.42 },
        tooltip: { formatter: () => ribbonNote(all, names, ribbon) }, onclick: () => ribbon.product >= 0 && pick({ product: state.product === ribbon.product ? -1 : ribbon.product }) },
      ...arrows(into, out, low, thick).map((points) => ({ type: "polygon", silent: true, shape: { points }, style: { fill: COLOURS[ribbon.kind], opacity: dim ? 0.06 : 1 } })),
    ] };
  });
}

/** The heads that say which way an arc runs: where it arrives, and along its way back. */
function arrows(into, out, low, thick) {
  const high = Math.max(4, Math.min(7, thick / 2 + 2)), middle = (into.x + out.x) / 2;
  return [[[into.x, into.y], [into.x - 8, into.y - high], [into.x - 8, into.y + high]],
    [[middle - 6, low], [middle + 4, low - high], [middle + 4, low + high]]];
}

/** Out to the right, down, back along the bottom, up, and in from the left. */
function arcPoints(out, into, low, bend) {
  const turn = (x, from, to, way) => Array.from({ length: 13 }, (_, step) => {
    const t = step / 12, s = 1 - t;
    return [x + way * bend * 3 * s * t, from * (s ** 3 + 3 * s * s * t) + to * (3 * s * t * t + t ** 3)];
  });
  return [...turn(out.x, out.y, low, 1), ...turn(into.x, low, into.y, -1)];
}

function clicked(event, { graph, state, pick }) {
  if (event.dataType === "edge") {
    const ribbon = graph.ribbons[event.data.ribbon];
    if (ribbon.product >= 0) pick({ product: state.product === ribbon.product ? -1 : ribbon.product });
    return;
  }
  const node = graph.nodes.find((one) => one.key === event.data.name);
  if (node.actor !== undefined) pick({ actor: state.actor === node.actor ? -1 : node.actor });
  else pick({ opened: new Set([...state.opened, node.bundle]) });
}

/** The flows that are drawn, one a row; of what is followed alone where something is. */
function ribbonTable(net, state, graph) {
  const table = net[state.when] || net.plan;
  const rows = graph.ribbons.flatMap((ribbon) => ribbon.flows).filter((at) => follows(net, state, at));
  const kg = (at) => net.products[net.product[at]].kg;
  rows.sort((a, b) => Math.abs(table[b][1]) - Math.abs(table[a][1]) || a - b);
  const column = (key, heading, show, take) => ({ key, heading, show, values: rows.map(take) });
  return { key: "sankey", title: said("table"), height: rows.length, frozen: 3, inside: [said("inside")], outside: [said("private"), said("public"), said("partner")], columns: [
    column("from", said("from"), "text", (at) => net.actors[net.from[at]].name), column("to", said("to"), "text", (at) => net.actors[net.to[at]].name),
    column("product", said("product"), "text", (at) => net.products[net.product[at]].name),
    column("kind", said("kind"), "mark", (at) => said(ribbonKind(net, net.from[at], net.to[at]))),
    column("quantity", said("quantity"), "quantity", (at) => table[at][0]), column("unit", said("unit"), "text", (at) => net.products[net.product[at]].unit),
    column("value", `${said("value")} (${net.currency})`, "money", (at) => table[at][1]),
    column("mass", said("tonnes"), "quantity", (at) => (kg(at) ? (table[at][0] * kg(at)) / 1000 : null)),
  ] };
}
