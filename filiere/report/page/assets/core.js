"use strict";
// What every part of the page shares: the document, its language, numbers, and elements that only ever hold text.
// Nothing here or in the charts touches a window before it is called: pictures are drawn by the same code without one.
const filiere = { errors: [], charts: [], tables: [], state: {}, document: null, words: null };

const INSIDE = PALETTE.inside, BETTER = PALETTE.better, WORSE = PALETTE.worse;
const COLOURS = { inside: INSIDE, partner: PALETTE.partner, private: PALETTE.private, public: PALETTE.public };
const SIGNS = { inside: "●", partner: "■", private: "◆", public: "▲" };
const INK = PALETTE.ink, QUIET = PALETTE.quiet, RULE = PALETTE.rule;
// Hatching, so that what is outside is told apart without colour.
const HATCH = {
  private: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color: "rgba(0,0,0,.45)" },
  public: { symbol: "circle", dashArrayX: [[7, 7], [0, 7, 7, 0]], dashArrayY: [4, 0], color: "rgba(0,0,0,.55)" },
  partner: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: 0, color: "rgba(255,255,255,.7)" },
};
const HATCHED = { outside: HATCH.private, public: HATCH.public };
const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** The value in one language: what holds both is resolved, all else stays as it is. */
function inLanguage(value, language) {
  if (Array.isArray(value)) return value.length && typeof value[0] === "object" && value[0] !== null
    ? value.map((part) => inLanguage(part, language)) : value;
  if (value === null || typeof value !== "object") return value;
  if ("_fr" in value) return inLanguage(value[language === "fr" ? "_fr" : "_en"], language);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inLanguage(part, language)]));
}

/** A text of the page, with its {holes} filled. */
function said(key, facts = {}) {
  return filiere.words[key].replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** An element; strings among the children become text, never markup. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function clear(box) { while (box.firstChild) box.firstChild.remove(); return box; }

/** A colon as the language sets it. */
function colon() { return filiere.language === "fr" ? "\u00a0: " : ": "; }
/** Names from the workbook may run from right to left: they are isolated from the words around them. */
function isolated(name) { return `\u2068${name}\u2069`; }

function shortened(text, most) {
  const signs = Array.from(text);
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : text;
}

const formats = new Map();
function digits(value, least, most, style = {}) {
  const key = JSON.stringify([filiere.language, least, most, style]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(filiere.language === "fr" ? "fr-FR" : "en-GB",
      { minimumFractionDigits: least, maximumFractionDigits: most, ...style }));
  }
  return formats.get(key).format(value).replace("-", "−"); // a minus, not a hyphen
}

/** A quantity to about three digits that matter. */
function quantity(value) {
  const size = Math.abs(value);
  if (size < 1e-4) return "0";
  const places = size >= 100 || Math.abs(value - Math.round(value)) <= 1e-6 * Math.max(1, size) ? 0 : size >= 10 ? 1 : size >= 0.01 ? 2 : 4;
  return digits(value, places, places);
}

/** A percentage, with as many places as tell it from nothing and from the whole: 99.98% is not 100.0%. */
function percent(share, places = 0, style = {}) {
  if (Math.abs(share) < 1e-6) return digits(0, 0, 0, { style: "percent", ...style });
  const missing = Math.min(Math.abs(share), Math.abs(Math.abs(share) - 1));
  while (missing >= 1e-6 && 100 * missing <= 0.5 / 10 ** places) places++;
  return digits(share, places, places, { style: "percent", ...style });
}
function money(value) { return `${digits(value, 0, 0)}\u00a0${filiere.view.network.currency}`; }

const signed = { signDisplay: "exceptZero" };
/** A value as its column shows it. */
function shown(value, show) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value !== "number") return String(value);
  switch (show) {
    case "percent": return percent(value, 1);
    case "use": return percent(value, 0);
    case "points": return Math.abs(value) < 0.05 ? (Math.abs(value) < 0.005 ? "–" : "≈\u00a00") : digits(value, 1, 1, signed);
    case "money": return digits(value, 0, 0);
    case "money_change": return digits(value, 0, 0, signed);
    case "change": return Math.abs(value) < 0.05 ? "–" : digits(value, 0, 1, signed);
    case "price_change": return digits(value, 2, 2, signed);
    case "percent_change": return Math.abs(value) < 1e-6 ? "–" : percent(value, 1, signed);
    case "price": return digits(value, 2, 2);
    case "count": return digits(value, 0, 0);
    case "small": return value !== 0 && Math.abs(value) < 1e-3 ? digits(value, 0, 1, { notation: "scientific" }) : digits(value, 0, 3);
    default: return quantity(value);
  }
}

function button(text, click, properties = {}) {
  return element("button", { type: "button", onclick: click, ...properties }, text);
}

/** A row of buttons of which one is pressed. */
function choice(label, options, current, pick) {
  const set = element("div", { className: "choice", role: "group", "aria-label": label });
  set.append(element("span", { className: "choice-label", "aria-hidden": "true" }, label));
  for (const [value, text] of options) {
    set.append(button(text, () => pick(value), { "aria-pressed": String(value === current), "data-value": value }));
  }
  return set;
}

/** A labelled drop-down; the values are positions, the texts come from the workbook. */
function select(label, options, current, pick) {
  const list = element("select", { onchange: (event) => pick(Number(event.target.value)) });
  for (const [value, text] of options) {
    const option = element("option", { value: String(value) }, text);
    option.selected = value === current;
    list.append(option);
  }
  return element("label", { className: "pick" }, `${label} `, list);
}
