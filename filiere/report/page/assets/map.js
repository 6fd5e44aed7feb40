// The map: actors and exchanges where the workbook gives coordinates, drawn from them alone, with a scale bar.
const MOST_LINES = 300, KM_PER_DEGREE = 111.195;
const SYMBOLS = { inside: "circle", partner: "rect", private: "diamond", public: "triangle" };

function mapBlock() {
  const net = filiere.view.network;
  const state = filiere.state.map || (filiere.state.map = { when: "plan", all: false, zoom: 1 });
  const place = element("figure", { className: "figure", id: "map-figure" });
  const redraw = () => { clear(place).append(...mapParts(net, state, redraw)); filiere.charts.filter((e) => e.map).forEach((e) => drawn(e)); };
  place.append(...mapParts(net, state, redraw));
  return place;
}

function mapParts(net, state, redraw) {
  filiere.charts = filiere.charts.filter((entry) => { if (entry.map && entry.chart) entry.chart.dispose(); return !entry.map; });
  const points = pointsOf(net);
  const lines = linesOf(net, state, points);
  const title = filiere.view.sections.find((section) => section.id === "map").title;
  const entry = chartBox(title, (chart, width) => drawMap(chart, width, { net, state, points, lines }), (width) => Math.max(340, Math.min(640, width * 0.62)));
  entry.map = true;
  const pick = (change) => { Object.assign(state, change); redraw(); };
  const wider = farther(points);
  const tools = element("div", { className: "choices" });
  if (net.today) tools.append(choice(said("shown"), [["today", said("today")], ["plan", said("plan")]], state.when, (when) => pick({ when })));
  if (wider) tools.append(choice(said("map_frame"), [["here", said("map_here")], ["all", said("map_all")]], state.all ? "all" : "here", (what) => pick({ all: what === "all", zoom: 1 })));
  tools.append(button("+", () => pick({ zoom: Math.min(16, state.zoom * 1.5) }), { "aria-label": said("map_in") }),
    button("−", () => pick({ zoom: Math.max(0.25, state.zoom / 1.5) }), { "aria-label": said("map_out") }));
  const kinds = [...new Set(points.map((point) => point.kind))];
  return [tools, entry.box, legend(["inside", "partner", "private", "public"].filter((kind) => kinds.includes(kind))),
    element("p", { className: "quiet" }, said("map_note", { placed: points.length, all: net.actors.length }),
      points.some((point) => point.moved) ? ` ${said("map_spread")}` : "", lines.cut ? ` ${said("map_most", { count: MOST_LINES })}` : ""),
    foldedTable(placeTable(net, state, points), false, true)];
}

/** Kilometres east and north of the middle of the inside; actors of one spot are set around it. */
function pointsOf(net) {
  const found = net.actors.map((actor, at) => ({ ...actor, at })).filter((actor) => actor.lat !== null && actor.lon !== null);
  const here = found.filter((actor) => actor.kind === "inside");
  const base = here.length ? here : found;
  const mean = (key) => base.reduce((sum, actor) => sum + actor[key], 0) / base.length;
  const lat = mean("lat"), lon = mean("lon"), wide = KM_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  for (const point of found) { point.x = (point.lon - lon) * wide; point.y = (point.lat - lat) * KM_PER_DEGREE; }
  const spots = new Map();
  for (const point of found) {
    const spot = `${point.lat.toFixed(4)} ${point.lon.toFixed(4)}`;
    (spots.get(spot) || spots.set(spot, []).get(spot)).push(point);
  }
  const reach = extent(base);
  const step = 0.022 * Math.max(reach.right - reach.left, reach.top - reach.bottom, 1);
  for (const group of spots.values()) {
    if (group.length > 1) group.forEach((point, at) => {
      const turn = (2 * Math.PI * at) / group.length, radius = step * Math.max(1, group.length / 7);
      point.x += radius * Math.cos(turn); point.y += radius * Math.sin(turn); point.moved = true;
    });
  }
  return found;
}

function extent(points) {
  const xs = points.map((point) => point.x), ys = points.map((point) => point.y);
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

function farther(points) {
  const here = points.filter((point) => point.kind === "inside");
  if (!here.length || here.length === points.length) return false;
  const near = extent(here), all = extent(points);
  return all.right - all.left > 1.25 * (near.right - near.left) || all.top - all.bottom > 1.25 * (near.top - near.bottom);
}

function linesOf(net, state, points) {
  const spots = new Map(points.map((point) => [point.at, point]));
  const table = net[state.when] || net.plan, pairs = new Map();
  net.from.forEach((from, at) => {
    const to = net.to[at];
    if (!table[at][0] || !spots.has(from) || !spots.has(to)) return;
    const key = `${from}|${to}`;
    if (!pairs.has(key)) pairs.set(key, { from: spots.get(from), to: spots.get(to), value: 0, flows: [], kind: ribbonKind(net, from, to) });
    const pair = pairs.get(key);
    pair.value += Math.abs(table[at][1]);
    pair.flows.push(at);
  });
  const found = [...pairs.values()].sort((a, b) => b.value - a.value);
  const kept = found.slice(0, MOST_LINES).reverse();
  kept.cut = found.length > MOST_LINES;
  return kept;
}

function frameOf(points, state, width, height) {
  const here = points.filter((point) => point.kind === "inside");
  const frame = extent(state.all || !here.length || !farther(points) ? points : here);
  const middle = { x: (frame.left + frame.right) / 2, y: (frame.bottom + frame.top) / 2 };
  // The same number of kilometres to a pixel both ways.
  const scale = (1.3 * Math.max((frame.right - frame.left) / width, (frame.top - frame.bottom) / height, 1e-3)) / state.zoom;
  return { scale, x: [middle.x - (scale * width) / 2, middle.x + (scale * width) / 2], y: [middle.y - (scale * height) / 2, middle.y + (scale * height) / 2] };
}

function drawMap(chart, width, { net, state, points, lines }) {
  const height = chart.getHeight(), frame = frameOf(points, state, width, height);
  const most = Math.max(1e-9, ...lines.map((line) => line.value));
  const moved = new Map(points.map((point) => [point.at, 0]));
  for (const line of lines) for (const end of [line.from, line.to]) moved.set(end.at, moved.get(end.at) + line.value);
  const largest = Math.max(1e-9, ...moved.values());
  const axis = (reach) => ({ type: "value", min: reach[0], max: reach[1], show: false });
  const table = net[state.when] || net.plan;
  chart.setOption({
    animation: false, textStyle: { fontFamily: FONT }, tooltip: { ...TOOLTIP, trigger: "item" },
    grid: { left: 0, right: 0, top: 0, bottom: 0 }, xAxis: axis(frame.x), yAxis: axis(frame.y),
    series: [
      { type: "lines", coordinateSystem: "cartesian2d", clip: true, symbol: ["none", "arrow"], symbolSize: 7, emphasis: { lineStyle: { opacity: 1 } },
        data: lines.map((line) => ({
          coords: [[line.from.x, line.from.y], [line.to.x, line.to.y]],
          lineStyle: { color: COLOURS[line.kind], width: 1 + (lines.length > 150 ? 3.5 : 7) * Math.sqrt(line.value / most), opacity: 0.5, curveness: 0.16 },
          tooltip: { formatter: () => note(`${isolated(line.from.name)} → ${isolated(line.to.name)}`, ...lineNotes(net, table, line), money(line.value), said(line.kind)) },
        })) },
      { type: "scatter", clip: true, z: 5, labelLayout: { hideOverlap: true }, emphasis: { focus: "none" },
        data: points.map((point) => ({
          value: [point.x, point.y], symbol: SYMBOLS[point.kind], symbolSize: 9 + 15 * Math.sqrt(moved.get(point.at) / largest),
          itemStyle: { color: COLOURS[point.kind], borderColor: "#fff", borderWidth: 1.5 },
          label: { show: true, position: "right", color: INK, fontSize: 11, textBorderColor: "#fff", textBorderWidth: 3, formatter: () => isolated(shortened(point.name, width < 560 ? 20 : 34)) },
          tooltip: { formatter: () => note(point.name, point.perimeter, point.place, money(moved.get(point.at))) },
        })) },
    ],
    graphic: scaleBar(frame.scale, width, height),
  }, true);
  chart.off("click");
  chart.on("click", { seriesType: "scatter" }, (event) => followFromMap(points[event.dataIndex].at));
}

function lineNotes(net, table, line) {
  const flows = [...line.flows].sort((a, b) => Math.abs(table[b][1]) - Math.abs(table[a][1])).slice(0, 5);
  return flows.map((at) => `${net.products[net.product[at]].name}${colon()}${quantity(table[at][0])}\u00a0${net.products[net.product[at]].unit}`);
}

function followFromMap(actor) {
  filiere.state.sankey.actor = actor;
  show(filiere.language);
  document.getElementById("chain").scrollIntoView();
}

/** A bar of a round number of kilometres, about a fifth of the width. */
function scaleBar(scale, width, height) {
  const wanted = (scale * width) / 5, power = 10 ** Math.floor(Math.log10(wanted));
  const length = [5, 2, 1].map((one) => one * power).find((one) => one <= wanted) || power;
  const pixels = length / scale, y = height - 16;
  const text = length >= 1 ? `${digits(length, 0, 0)}\u00a0km` : `${digits(length * 1000, 0, 0)}\u00a0m`;
  const line = (x1, y1, x2, y2) => ({ type: "line", silent: true, shape: { x1, y1, x2, y2 }, style: { stroke: INK, lineWidth: 2 }, z: 50 });
  return [line(14, y, 14 + pixels, y), line(14, y - 5, 14, y + 5), line(14 + pixels, y - 5, 14 + pixels, y + 5),
    { type: "text", silent: true, left: 18, top: y - 20, z: 50, style: { text, fill: INK, font: `600 12px ${FONT}` } },
    { type: "text", silent: true, left: width - 34, top: 8, z: 50, style: { text: "N\n↑", lineHeight: 15, fill: INK, font: `600 13px ${FONT}`, align: "center" } }];
}

function placeTable(net, state, points) {
  const table = net[state.when] || net.plan;
  const given = new Map(), taken = new Map();
  net.from.forEach((from, at) => {
    given.set(from, (given.get(from) || 0) + table[at][1]);
    taken.set(net.to[at], (taken.get(net.to[at]) || 0) + table[at][1]);
  });
  const column = (key, heading, show, take) => ({ key, heading, show, values: points.map(take) });
  return { key: "map", title: said("table"), height: points.length, columns: [
    column("actor", said("actor"), "text", (point) => point.name), column("perimeter", said("perimeter"), "text", (point) => point.perimeter),
    column("place", said("place"), "text", (point) => point.place),
    column("delivers", `${said("delivers")} (${net.currency})`, "money", (point) => given.get(point.at) || 0),
    column("receives", `${said("receives")} (${net.currency})`, "money", (point) => taken.get(point.at) || 0),
  ] };
}
