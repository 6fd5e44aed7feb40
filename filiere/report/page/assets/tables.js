// Tables that sort and filter. Long ones show their first rows; the filter always searches them all.
const FIRST_ROWS = 15, MORE_ROWS = 200, PRINTED_ROWS = 60;
const WORDY = new Set(["text", "prose", "mark", "source"]);
const filed = new Map();
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A block of type table: {title, columns: [{key, heading, show, values}], height, inside, outside, warned}. */
function tableBlock(block) {
  const state = filed.get(block.key) || { sort: null, down: false, filter: "", most: block.rows || FIRST_ROWS };
  filed.set(block.key, state);
  const body = element("tbody");
  const count = element("span", { className: "count", "aria-live": "polite" });
  const more = element("div", { className: "more" });
  const heads = block.columns.map((column, at) => headCell(column, () => {
    state.down = state.sort === at ? !state.down : !WORDY.has(column.show);
    state.sort = at;
    fill();
  }));
  function fill() {
    const rows = ordered(block, state);
    clear(body).append(...rows.slice(0, state.most).map((row, at) => bodyRow(block, row, at)));
    if (!rows.length) body.append(element("tr", {}, element("td", { colspan: block.columns.length }, said("no_row"))));
    heads.forEach((head, at) => head.setAttribute("aria-sort",
      state.sort !== at ? "none" : state.down ? "descending" : "ascending"));
    count.textContent = said("rows", { shown: digits(Math.min(rows.length, state.most), 0, 0), all: digits(block.height, 0, 0) });
    clear(more);
    if (rows.length > state.most) {
      more.append(button(said("more"), () => { state.most += MORE_ROWS; fill(); }));
      if (rows.length > state.most + MORE_ROWS) {
        more.append(button(said("all_rows"), () => { state.most = rows.length; fill(); }));
      }
    }
    const hidden = rows.length - Math.min(state.most, PRINTED_ROWS);
    if (hidden > 0) more.append(element("p", { className: "printed" }, said("not_printed", { count: digits(hidden, 0, 0) })));
  }
  fill();
  const filter = element("input", {
    type: "search", value: state.filter, placeholder: said("filter"), "aria-label": said("filter_in", { table: block.title }),
    oninput: (event) => { state.filter = event.target.value; state.most = FIRST_ROWS; fill(); },
  });
  const tools = block.height > 8 ? element("div", { className: "tools" }, filter, count) : null;
  const table = element("table", { className: "data" },
    element("caption", {}, block.title), element("thead", {}, element("tr", {}, ...heads)), body);
  const roll = element("div", { className: "roll", tabindex: "0", role: "region", "aria-label": block.title }, table);
  return element("div", { className: "table", "data-table": block.key }, tools, roll, more);
}

function headCell(column, sort) {
  return element("th", { scope: "col", "data-key": column.key, className: WORDY.has(column.show) ? "" : column.show === "count" ? "number narrow" : "number", "aria-sort": "none" },
    button(column.heading, sort, { title: said("sort", { column: column.heading }) }));
}

function bodyRow(block, row, at) {
  const cells = block.columns.map((column, position) => {
    const value = column.values[row], show = column.shows ? column.shows[row] : column.show;
    const text = shown(value, show);
    const cell = element(position === 0 ? "th" : "td", {
      scope: position === 0 ? "row" : null, "data-key": column.key, dir: typeof value === "string" ? "auto" : null,
      className: WORDY.has(show) ? show : show === "count" ? "number narrow" : "number",
    }, text);
    if (/\S{25}/.test(text)) cell.classList.add("long");
    if (show === "mark") markWord(cell, block, value);
    if (show === "use" && typeof value === "number") {
      const bar = element("span", { className: "level", "aria-hidden": "true" });
      bar.style.width = `${Math.max(0, Math.min(1, value)) * 100}%`;
      cell.append(bar);
    }
    return cell;
  });
  return element("tr", { className: at >= PRINTED_ROWS ? "screen" : null }, ...cells);
}

function markWord(cell, block, value) {
  for (const kind of ["inside", "outside", "warned"]) if ((block[kind] || []).includes(value)) cell.classList.add(kind);
}

/** The rows that the filter keeps, in the order asked for; blanks come last whichever way. */
function ordered(block, state) {
  const words = folded(state.filter).split(/\s+/).filter(Boolean);
  const rows = [];
  for (let row = 0; row < block.height; row += 1) {
    if (words.length) {
      const text = folded(block.columns.map((column) => (typeof column.values[row] === "number"
        ? shown(column.values[row], column.show) : column.values[row] || "")).join(" "));
      if (!words.every((word) => text.includes(word))) continue;
    }
    rows.push(row);
  }
  if (state.sort === null || !block.columns[state.sort]) return rows;
  const { values } = block.columns[state.sort], way = state.down ? -1 : 1;
  const compare = new Intl.Collator(filiere.language, { numeric: true }).compare;
  const blank = (value) => value === null || value === undefined || value === "";
  return rows.sort((a, b) => {
    const one = values[a], other = values[b];
    if (blank(one) || blank(other)) return Number(blank(one)) - Number(blank(other)) || a - b;
    const less = typeof one === "number" && typeof other === "number" ? one - other : compare(String(one), String(other));
    return way * less || a - b;
  });
}

/** A table that opens on demand; one beside a chart is printed in any case, its first rows. */
function foldedTable(block, opened = false, beside = false) {
  const made = tableBlock(block);
  const fold = element("details", { className: beside ? "fold beside" : "fold" },
    element("summary", {}, `${block.title} `, element("span", { className: "quiet" }, `(${digits(block.height, 0, 0)})`)), made);
  fold.open = opened;
  return fold;
}
