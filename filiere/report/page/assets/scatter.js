// Points between two scales: a front, with its knee apart.

/** A block of type scatter: {title, axes: [{title, show}], points: [{x, y, name, knee, note}], line, knee}. */
function scatterBlock(block) {
  const entry = chartBox(block.title, (chart, width) => chart.setOption(scatterOptions(block, width), true),
    (width) => (width < 560 ? 380 : 480));
  const column = (key, heading, show, take) => ({ key, heading, show, values: block.points.map(take) });
  const table = { key: "scatter", title: said("table"), height: block.points.length, columns: [
    column("point", said("point"), "text", (point) => (point.knee ? `${point.name} (${block.knee})` : point.name)),
    column("x", block.axes[0].title, block.axes[0].show, (point) => point.x),
    column("y", block.axes[1].title, block.axes[1].show, (point) => point.y)] };
  return element("figure", { className: "figure" }, entry.box, foldedTable(table, false, true));
}

function scatterOptions(block, width) {
  const narrow = width < 560;
  // The upright title stands clear of the figures on its axis, however long they are, and inside the picture.
  const longest = Math.max(...block.points.map((point) => shown(point.y, block.axes[1].show).length));
  const axis = (which, more) => ({
    type: "value", scale: true, boundaryGap: ["6%", "6%"], name: block.axes[which].title, nameLocation: "middle", nameTextStyle: { color: INK, fontWeight: 600, fontSize: 13 },
    axisLabel: { color: INK, hideOverlap: true, formatter: (value) => shown(value, block.axes[which].show) },
    axisLine: { show: true, lineStyle: { color: QUIET } }, splitLine: { lineStyle: { color: RULE, type: "dotted" } }, splitNumber: narrow ? 3 : 6, ...more,
  });
  return {
    animation: false, textStyle: { fontFamily: FONT },
    grid: { left: 40, right: 60, top: 26, bottom: 34, containLabel: true },
    tooltip: { ...TOOLTIP, trigger: "item", formatter: ({ dataIndex }) => pointNote(block, block.points[dataIndex]) },
    xAxis: axis(0, { nameGap: 30 }), yAxis: axis(1, { nameGap: 7 * longest + 24 }),
    series: [
      { type: "line", data: block.points.map((point) => [point.x, point.y]), showSymbol: false, silent: true, tooltip: { show: false },
        lineStyle: { color: QUIET, width: block.line ? 1.5 : 0, type: "dashed" } },
      { type: "scatter", data: block.points.map((point) => ({
        value: [point.x, point.y], symbol: point.knee ? "diamond" : "circle", symbolSize: point.knee ? 22 : 12,
        itemStyle: { color: point.knee ? COLOURS.private : INSIDE, borderColor: point.knee ? INK : "#fff", borderWidth: 1.5, opacity: 1 },
        label: { show: true, ...(point.knee ? { position: "bottom" } : newsLines(point, narrow).length ? { position: "right", align: "left" } : { position: "top" }), lineHeight: 14, color: INK, fontWeight: point.knee ? 700 : 400, textBorderColor: "#fff", textBorderWidth: 3,
          formatter: () => [point.knee ? `${block.knee} (${point.name})` : point.name, ...newsLines(point, narrow)].join("\n") },
      })), labelLayout: { hideOverlap: true }, z: 5 },
    ],
  };
}

/** What opens from the point before to this one, where there is room to say it. */
function newsLines(point, narrow) {
  if (narrow || !point.news) return [];
  const lines = point.news.slice(0, 3).map((line) => isolated(shortened(line, 40)));
  return point.news.length > 3 ? [...lines, "…"] : lines;
}

function pointNote(block, point) {
  return note(`${said("point")} ${point.name}${point.knee ? ` (${block.knee})` : ""}`,
    `${block.axes[0].title}${colon()}${shown(point.x, block.axes[0].show)}`, `${block.axes[1].title}${colon()}${shown(point.y, block.axes[1].show)}`, point.note, ...(point.news || []));
}
