// Bars of shares: parts of a whole on top of each other, or the plan beside today's mark.
const LOOKS = {
  inside: { color: INSIDE }, outside: { color: COLOURS.private, decal: HATCH.private },
  public: { color: COLOURS.public, decal: HATCH.public }, plan: { color: INSIDE },
};

/** A block of type bars: {title, what, rows, series: [{name, look, values}], stacked, most, limit, total}. */
function barsBlock(block) {
  const count = Math.min(block.rows.length, block.most || Infinity);
  const entry = chartBox(block.title, (chart, width) => chart.setOption(barOptions(block, count, width), true),
    (width) => 44 + 18 * legendLines(block, width) + count * (width < 560 ? 52 : 28));
  const key = `bars-${block.title}`;
  const fold = foldedTable(barTable(block, key), false, true);
  return element("figure", { className: "figure", "data-bars": block.rows.length },
    element("figcaption", {}, element("h3", {}, block.title),
      count < block.rows.length ? element("p", { className: "quiet" }, said("bars_more", { shown: count, all: block.rows.length })) : null),
    entry.box, fold);
}

/** How many lines the legend above the bars takes. */
function legendLines(block, width) {
  let lines = 1, used = 0;
  for (const one of block.series) {
    const wide = 38 + one.name.length * 7.2;
    if (used && used + wide > width) { lines += 1; used = 0; }
    used += wide;
  }
  return lines;
}

function barTable(block, key) {
  const columns = [{ key: "row", heading: block.what, show: "text", values: block.rows }];
  for (const one of block.series) columns.push({ key: one.look, heading: one.name, show: "percent", values: one.values });
  if (block.total) {
    const total = block.rows.map((_, at) => block.series.reduce((sum, one) => sum + (one.values[at] || 0), 0));
    columns.push({ key: "total", heading: block.total, show: "percent", values: total });
  }
  return { key, title: said("table"), columns, height: block.rows.length };
}

function barOptions(block, count, width) {
  const narrow = width < 560;
  const names = block.rows.slice(0, count);
  const most = Math.max(0, ...block.series.flatMap((one) => one.values.slice(0, count)).filter((v) => v !== null));
  const full = block.stacked && !block.total ? 1 : block.limit ? Math.max(1, most) : niceShare(stackMost(block, count));
  const label = narrow ? { inside: true, align: "left", verticalAlign: "bottom", padding: [0, 0, 9, 0], margin: 0, lineHeight: 13 } : { lineHeight: 13 };
  const left = narrow ? 6 : Math.min(310, width * 0.37), right = narrow ? 46 : 60;
  return {
    animation: false, textStyle: { fontFamily: FONT },
    grid: { left, right, top: 12 + 18 * legendLines(block, width), bottom: 8 },
    legend: { show: block.series.length > 1, top: 0, left: 0, itemWidth: 20, itemHeight: 12, selectedMode: false, textStyle: { color: INK } },
    tooltip: { ...TOOLTIP, trigger: "axis", axisPointer: { type: "shadow" }, formatter: (points) => note(block.rows[points[0].dataIndex],
      ...block.series.map((one) => (one.values[points[0].dataIndex] === null ? null
        : `${one.name}${colon()}${percent(one.values[points[0].dataIndex], 1)}`))) },
    xAxis: { type: "value", max: full * (block.stacked && full === 1 ? 1 : 1.06), show: false },
    yAxis: { type: "category", inverse: true, data: names.map((_, at) => at), axisTick: { show: false }, axisLine: { lineStyle: { color: RULE } }, z: 5,
      axisLabel: { ...label, interval: 0, color: INK, fontSize: 12, 
        formatter: (at) => inLines(names[Number(at)], (narrow ? width - 20 : Math.min(300, width * 0.36)) / 6.8) } },
    series: block.series.map((one, at) => barSeries(block, one, count, narrow, at, full * 1.06, width - left - right)),
  };
}

function stackMost(block, count) {
  let most = 0;
  for (let row = 0; row < count; row += 1) {
    const values = block.series.map((one) => one.values[row] || 0);
    most = Math.max(most, block.stacked ? values.reduce((a, b) => a + b, 0) : Math.max(...values));
  }
  return most;
}

function niceShare(share) { return Math.min(1, Math.max(0.05, Math.ceil(share * 20) / 20)); }

function barSeries(block, one, count, narrow, at, full, room) {
  const values = one.values.slice(0, count);
  if (one.look === "before") {
    return { type: "scatter", name: one.name, data: values.map((value, row) => [value, row]), symbol: "diamond", symbolSize: narrow ? 9 : 11,
      itemStyle: { color: "#fff", borderColor: INK, borderWidth: 1.5 }, z: 10 };
  }
  const last = block.series.filter((other) => other.look !== "before").length - 1 === at;
  const dark = one.look === "inside" || one.look === "plan";
  const label = block.stacked && !block.total
    ? { show: true, position: "inside", color: dark ? "#fff" : INK, fontWeight: 600,
        textBorderColor: dark ? "transparent" : "#fff", textBorderWidth: dark ? 0 : 3,
        formatter: ({ value }) => (value > 0.07 ? shareText(value) : "") }
    : { show: last, position: "right", color: INK, textBorderColor: "#fff", textBorderWidth: 3, formatter: ({ dataIndex }) => barTotal(block, one, dataIndex) };
  const before = block.stacked ? null : block.series.find((other) => other.look === "before");
  // The figure stands behind today's mark where that lies beyond the bar's end.
  const data = !before || !last ? values : values.map((value, row) => {
    const beyond = before.values[row] === null || value === null ? 0 : before.values[row] - value;
    return { value, label: { distance: 11 + Math.max(0, (beyond / full) * room) } };
  });
  return { type: "bar", name: one.name, stack: block.stacked ? "all" : null, data, barWidth: narrow ? 14 : 16,
    itemStyle: LOOKS[one.look], label: { fontSize: 12, distance: 11, ...label },
    ...(narrow ? { barCategoryGap: "60%" } : {}),
    markLine: block.limit && at === 0 ? { silent: true, symbol: "none", lineStyle: { color: QUIET, type: "dashed" }, label: { show: false }, data: [{ xAxis: 1 }] } : undefined };
}

function barTotal(block, one, row) {
  const value = block.stacked ? block.series.reduce((sum, other) => sum + (other.values[row] || 0), 0) : one.values[row];
  return value === null ? "" : shareText(value);
}

/** A share in as few digits as say something. */
function shareText(value) { return percent(value, value < 0.1 && value > 0 ? 1 : 0); }
