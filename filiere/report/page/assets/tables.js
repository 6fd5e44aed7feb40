// Tables that sort and filter. Long ones show their first rows; the filter always searches them all.
// Only the columns that the width has room for stand in the table; the others open below their row.
const FIRST_ROWS = 15, MORE_ROWS = 200, PRINTED_ROWS = 60, NARROW = 560, LENGTHY = 260;
/** Columns that stand aside first: what a row rests on, and what it shares with many. */
const REFERENCES = new Set(["perimeter", "sector", "confidence", "source", "note", "cell"]);
const WORDY = new Set(["text", "prose", "mark", "source"]);
const filed = new Map();
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A block of type table: {title, columns: [{key, heading, show, values}], height, frozen, inside, outside, warned}. */
function tableBlock(block) {
  const state = filed.get(block.key) || { sort: null, down: false, filter: "", most: block.rows || FIRST_ROWS, open: new Set() };
  filed.set(block.key, state);
  const head = element("tr"), body = element("tbody");
  const count = element("span", { className: "count", "aria-live": "polite" });
  const more = element("div", { className: "more" });
  const table = element("table", { className: "data" },
    element("caption", {}, block.title), element("thead", {}, head), body);
  const roll = element("div", { className: "roll", tabindex: "0", role: "region", "aria-label": block.title }, table);
  const entry = { roll, width: 0, fit };
  const sortBy = (at) => {
    state.down = state.sort === at ? !state.down : !WORDY.has(block.columns[at].show);
    state.sort = at;
    fill();
  };
  /** Show the columns that the width has room for; all others open below their row. */
  function fit(width = roll.clientWidth || document.documentElement.clientWidth - 70) {
    if (width === entry.width) return;
    entry.width = width;
    fill();
  }
  function fill() {
    const rows = ordered(block, state), seen = rows.slice(0, state.most);
    let plan = columnsThatFit(block, seen, entry.width || roll.clientWidth || document.documentElement.clientWidth - 70);
    draw(seen, plan);
    // What was reckoned may be a little short where one word is very long.
    while (roll.clientWidth === entry.width && roll.scrollWidth > roll.clientWidth + 1 && plan.shown.length) {
      plan = { ...plan, shown: plan.shown.slice(0, -1), rest: [...plan.rest, plan.shown.at(-1)].sort((a, b) => a - b) };
      draw(seen, plan);
    }
    count.textContent = said("rows", { shown: digits(seen.length, 0, 0), all: digits(block.height, 0, 0) });
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
  function draw(rows, plan) {
    clear(head).append(...headCells(block, plan, state, sortBy));
    clear(body).append(...rows.flatMap((row, at) => bodyRows(block, row, at, plan, state)));
    if (!rows.length) body.append(element("tr", {}, element("td", { colspan: plan.shown.length + 1 }, said("no_row"))));
  }
  fill();
  filiere.tables.push(entry);
  const filter = element("input", {
    type: "search", value: state.filter, placeholder: said("filter"), "aria-label": said("filter_in", { table: block.title }),
    oninput: (event) => { state.filter = event.target.value; state.most = FIRST_ROWS; fill(); },
  });
  const tools = block.height > 8 ? element("div", { className: "tools" }, filter, count) : null;
  return element("div", { className: "table", "data-table": block.key }, tools, roll, more);
}

function valueAt(block, column, row) {
  const { values, show, shows } = block.columns[column];
  return shown(values[row], shows ? shows[row] : show);
}

const pens = new Map();
/** How many pixels a text takes on one line of a table. */
function textWidth(text) {
  if (!pens.size) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `600 14px ${getComputedStyle(document.documentElement).fontFamily}`;
    pens.set("pen", pen);
  }
  return pens.get("pen").measureText(text).width;
}

/** The width a column asks for: a number on one line, words on a few. */
function columnWidth(block, at, rows, width) {
  const { heading, show } = block.columns[at], narrow = width < NARROW;
  const longest = (text) => Math.max(0, ...text.split(/[\s-]+/).map(textWidth));
  let most = longest(heading) + (narrow ? 0 : 6), full = 0;
  for (const row of rows.slice(0, PRINTED_ROWS)) {
    const text = valueAt(block, at, row);
    if (!text) continue;
    full = Math.max(full, textWidth(text));
    if (WORDY.has(show)) most = Math.max(most, longest(text));
  }
  const room = !WORDY.has(show) || show === "source" ? full : show === "prose" ? Math.min(full, narrow ? 170 : width > 1300 ? 338 : 250) : Math.min(full, narrow ? 105 : 150);
  return Math.max(Math.min(most, 230), room) + 18;
}

/** What a row is about stands first and is never left out; then figures and words; last what a row rests on. */
function columnsThatFit(block, rows, width) {
  const narrow = width < NARROW, all = block.columns.map((_, at) => at);
  const rests = (at) => REFERENCES.has(block.columns[at].key) || block.columns[at].show === "source";
  const same = (at) => block.height > 1 && block.columns[at].values.every((value) => value === block.columns[at].values[0]);
  // A long text would stretch its row: it opens below, unless it is what the row is about.
  const lengthy = (at) => at > 1 && block.columns[at].show === "prose" && block.columns[at].values.some((value) => String(value || "").length > LENGTHY);
  const figure = (at) => !WORDY.has(block.columns[at].show) || block.columns[at].key === "unit";
  const names = all.slice(0, Math.max(1, block.frozen || 1)).filter((at) => at === 0 || (WORDY.has(block.columns[at].show) && !rests(at)));
  const lead = narrow ? names : [0], others = all.filter((at) => !lead.includes(at));
  const turn = (at) => (names.includes(at) ? 0 : rests(at) ? 4 : same(at) ? 3 : narrow && !figure(at) ? 2 : 1);
  const inline = others.filter((at) => !lengthy(at));
  let left = width - Math.max(...lead.map((at) => columnWidth(block, at, rows, width))) - 16;
  const shown = [];
  for (const at of inline.sort((a, b) => turn(a) - turn(b) || a - b)) {
    const wide = columnWidth(block, at, rows, width);
    if (wide > left) continue;
    left -= wide;
    shown.push(at);
  }
  shown.sort((a, b) => a - b);
  return { lead, shown, rest: others.filter((at) => !shown.includes(at)) };
}

function headCells(block, plan, state, sortBy) {
  const sorted = (at) => (state.sort !== at ? "none" : state.down ? "descending" : "ascending");
  const sorter = (at) => button(block.columns[at].heading, () => sortBy(at), { title: said("sort", { column: block.columns[at].heading }) });
  const cells = plan.shown.map((at) => {
    const { key, show } = block.columns[at];
    return element("th", { scope: "col", "data-key": key, "data-heading": block.columns[at].heading, className: kindOf(show), "aria-sort": sorted(at) }, sorter(at));
  });
  const first = element("th", { scope: "col", "data-key": block.columns[0].key, "data-heading": plan.lead.map((at) => block.columns[at].heading).join(" · "), "aria-sort": sorted(plan.lead.includes(state.sort) ? state.sort : 0),
    className: plan.lead.length > 1 ? "text" : kindOf(block.columns[0].show) }, ...plan.lead.map(sorter));
  return [first, ...cells];
}

function kindOf(show) { return WORDY.has(show) ? show : show === "count" ? "number narrow" : "number"; }

/** A row, and below it, once opened, what found no room beside it. */
function bodyRows(block, row, at, plan, state) {
  const screen = at >= PRINTED_ROWS ? "screen" : null;
  const rest = plan.rest.filter((column) => valueAt(block, column, row) !== "");
  const cells = plan.shown.map((column) => bodyCell(block, column, row, "td"));
  const lead = bodyCell(block, plan.lead[0], row, "th");
  if (plan.lead.length > 1) lead.className = "text";
  for (const column of plan.lead.slice(1)) lead.append(element("span", { className: "second", dir: "auto", "data-key": block.columns[column].key }, valueAt(block, column, row)));
  const line = element("tr", { className: screen }, lead, ...cells);
  if (!rest.length) return [line];
  const below = element("tr", { className: "below" }, element("td", { colspan: plan.shown.length + 1 }, element("dl", {}, ...rest.map((column) =>
    element("div", {}, element("dt", {}, block.columns[column].heading), element("dd", { dir: "auto", "data-key": block.columns[column].key }, valueAt(block, column, row)))))));
  const turn = button("", () => {
    const open = !state.open.has(row);
    if (open) { state.open.add(row); line.after(below); } else { state.open.delete(row); below.remove(); }
    turn.setAttribute("aria-expanded", String(open));
  }, { className: "turn", "aria-label": said("unfold"), title: said("unfold"), "aria-expanded": String(state.open.has(row)) });
  lead.prepend(turn);
  return state.open.has(row) ? [line, below] : [line];
}

function bodyCell(block, at, row, tag) {
  const column = block.columns[at], value = column.values[row], show = column.shows ? column.shows[row] : column.show;
  const text = shown(value, show);
  const cell = element(tag, {
    scope: tag === "th" ? "row" : null, "data-key": column.key, dir: typeof value === "string" ? "auto" : null, className: kindOf(show),
  }, text);
  if (/\S{25}/.test(text)) cell.classList.add("long");
  if (show === "mark") markWord(cell, block, value);
  if (show === "use" && typeof value === "number") {
    const bar = element("span", { className: "level", "aria-hidden": "true" });
    bar.style.width = `${Math.max(0, Math.min(1, value)) * 100}%`;
    cell.append(bar);
  }
  return cell;
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
