// Bars that run both ways from nought: what each change, loss or lever adds or takes, the largest first.

const NAME_LINES = 5;

/** A block of type tornado: {title, what, heading, show, rows, values, notes, better: -1, 0 or 1, most}. */
function tornadoBlock(block) {
  const count = Math.min(block.rows.length, block.most || Infinity);
  const entry = chartBox(block.title, (chart, width) => chart.setOption(tornadoOptions(block, width), true),
    (width) => tornadoHeight(block, width));
  const column = (key, heading, show, values) => ({ key, heading, show, values });
  const table = { key: `tornado-${block.title}`, title: said("table"), height: block.rows.length,
    columns: [column("row", block.what, "prose", block.rows), column("value", block.heading, block.show, block.values)] };
  return element("figure", { className: "figure", "data-tornado": block.rows.length },
    element("figcaption", {}, element("h3", {}, block.title),
      count < block.rows.length ? element("p", { className: "quiet" }, said("bars_more", { shown: count, all: block.rows.length })) : null),
    entry.box, foldedTable(table, false, true));
}

function tornadoHeight(block, width) {
  return 10 + headingLines(block, width) * 16 + nameOver(block, width) + Math.min(block.rows.length, block.most || Infinity) * rowHeight(block, width);
}

/** A row of bars is as high as the longest of its names takes lines: none is cut. */
function rowHeight(block, width) {
  return width < 560 ? 30 + 14 * nameLines(block, width) : Math.max(44, 8 + 15 * nameLines(block, width));
}
function nameRoom(width) { return width < 560 ? (width - 16) / 6.9 : Math.min(440, width * 0.4) / 6.6; }
function nameLines(block, width) {
  const count = Math.min(block.rows.length, block.most || Infinity);
  return Math.max(1, ...block.rows.slice(0, count).map((name) => inLines(name, nameRoom(width), NAME_LINES).split("\n").length));
}
/** How far the name above the first bar reaches over the top of its row. */
function nameOver(block, width) {
  return width < 560 ? Math.max(0, 12 + 14 * nameLines(block, width) - rowHeight(block, width) / 2) : 0;
}

/** How many lines the heading above the bars takes. */
function headingLines(block, width) { return Math.ceil((block.heading.length * 6.6) / (width - 16)); }

/** Whether a change is for the better, for the worse, or neither. */
function goodness(block, value) { return Math.sign(value) * block.better; }

function tornadoOptions(block, width) {
  const narrow = width < 560, count = Math.min(block.rows.length, block.most || Infinity);
  const values = block.values.slice(0, count);
  const most = Math.max(1e-12, ...values), least = Math.min(0, ...values), room = 0.3 * (most - least);
  const side = Math.min(440, width * 0.4);
  const label = narrow ? { inside: true, align: "left", verticalAlign: "bottom", padding: [0, 0, 10, 0], margin: 0, lineHeight: 14 }
    : { lineHeight: 15 };
  return {
    animation: false, textStyle: { fontFamily: FONT },
    grid: { left: narrow ? 6 : side, right: 12, top: 8 + 16 * headingLines(block, width) + nameOver(block, width), bottom: 8 },
    tooltip: { ...TOOLTIP, trigger: "axis", axisPointer: { type: "shadow" }, formatter: ([{ dataIndex: at }]) => note(block.rows[at],
      `${block.heading}${colon()}${tornadoText(block, block.values[at])}`, block.notes && block.notes[at]) },
    title: { text: block.heading, right: 0, top: 0, padding: 0, textStyle: { fontSize: 12, lineHeight: 16, fontWeight: 400, color: QUIET, fontFamily: FONT, width: width - 16, overflow: "break" } },
    xAxis: { type: "value", show: false, min: least < 0 ? least - room : 0, max: most > 1e-12 ? most + room : room },
    yAxis: { type: "category", inverse: true, data: values.map((_, at) => at), axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: INK } }, z: 5,
      axisLabel: { ...label, interval: 0, color: INK, fontSize: 12, formatter: (at) => inLines(block.rows[Number(at)], nameRoom(width), NAME_LINES) } },
    series: [{ type: "bar", barWidth: narrow ? 14 : 18,
      data: values.map((value) => ({
        value, itemStyle: goodness(block, value) < 0 ? { color: WORSE, decal: HATCH.private } : { color: goodness(block, value) > 0 ? BETTER : QUIET },
        label: { show: true, position: value < 0 ? "left" : "right", color: INK, fontSize: 12, formatter: () => tornadoText(block, value) },
      })) }],
  };
}

/** A name on at most so many lines, broken between words alone. */
function inLines(text, most, count = 2) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const at = lines.length - 1;
    if (!lines[at]) lines[at] = word;
    else if (at === count - 1 || lines[at].length + 1 + word.length <= most) lines[at] += ` ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => isolated(shortened(line, most))).join("\n");
}

function tornadoText(block, value) {
  if (block.show === "change" && Math.abs(value) >= 100) return digits(value, 0, 0, signed);
  const text = shown(value, block.show);
  return block.show === "percent" && value > 0 ? `+${text}` : text;
}
