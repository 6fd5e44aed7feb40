// Charts: one library, one look, pictures to save, and a size that follows the window and the sheet of paper.
const PRINTED_WIDTH = 700;
/** The width that a table may ask for on screen so that it fits a sheet of paper, where its letters are smaller. */
const PRINTED_TABLE = 880;
/** What no XML may hold (XML 1.0, 2.2), even escaped. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** A box with a chart in it. `draw(chart, width)` gives it its options; it is called again when the width changes. */
function chartBox(title, draw, height, least = 0) {
  const canvas = element("div", { className: "canvas", role: "img", "aria-label": said("chart_of", { title }) });
  canvas.style.minWidth = `${least}px`;
  const box = element("div", { className: "chart" }, least ? element("p", { className: "quiet slide" }, `↔ ${said("slide")}`) : null,
    element("div", { className: "roll", tabindex: least ? "0" : null, role: least ? "region" : null, "aria-label": least ? title : null }, canvas),
    element("div", { className: "saving" },
      button(`${said("picture")} (SVG)`, () => savePicture(entry, title, "svg")),
      button("PNG", () => savePicture(entry, title, "png"))));
  const entry = { box, canvas, draw, chart: null, height, width: 0 };
  filiere.charts.push(entry);
  return entry;
}

/** Draw a chart in the width it has now, or in `width`. */
function drawn(entry, width = entry.canvas.clientWidth) {
  if (!width) return;
  entry.width = width;
  entry.canvas.style.height = `${typeof entry.height === "function" ? entry.height(width) : entry.height}px`;
  if (!entry.chart) entry.chart = echarts.init(entry.canvas, null, { renderer: "svg", width });
  entry.chart.resize({ width, height: parseFloat(entry.canvas.style.height) });
  entry.draw(entry.chart, width);
}

function drawAll() { filiere.charts.forEach((entry) => drawn(entry)); }

function dropCharts() {
  for (const entry of filiere.charts) if (entry.chart) entry.chart.dispose();
  filiere.charts = [];
}

function savePicture(entry, title, kind) {
  const svg = new XMLSerializer().serializeToString(entry.canvas.querySelector("svg")).replace(UNWRITABLE, "\ufffd");
  const source = new Blob([svg], { type: "image/svg+xml" });
  const name = `${title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "filiere"}.${kind}`;
  if (kind === "svg") { offer(source, name); return; }
  const picture = new Image(), address = URL.createObjectURL(source);
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * entry.canvas.clientWidth;
    canvas.height = 2 * entry.canvas.clientHeight;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => offer(blob, name), "image/png");
  };
  picture.src = address;
}

function offer(blob, name) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The content of a tooltip, as an element: a heading and lines of text. */
function note(heading, ...lines) {
  return element("div", { className: "note" }, element("strong", { dir: "auto" }, heading),
    ...lines.filter(Boolean).map((line) => element("div", {}, line)));
}

const TOOLTIP = { confine: true, borderColor: RULE, extraCssText: "max-width:22rem;white-space:normal;overflow-wrap:anywhere",
  textStyle: { color: INK, fontFamily: FONT, fontSize: 13 }, transitionDuration: 0 };

/** The colours, each with its sign and its hatching, in words. */
function legend(kinds, ...more) {
  const list = element("ul", { className: "legend" });
  for (const kind of kinds) {
    list.append(element("li", {}, element("span", { className: `swatch ${kind}`, "aria-hidden": "true" }, SIGNS[kind] || ""), said(kind)));
  }
  for (const kind of more) list.append(element("li", {}, element("span", { className: `swatch ${kind.replace("_short", "")}`, "aria-hidden": "true" }), said(kind)));
  return list;
}
