"use strict";
const given = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
let said = (key) => given.words.en[key];

function problem(one) {
  const row = document.createElement("li");
  row.className = one.severity;
  const place = document.createElement("b");
  place.textContent = (one.cell ? one.cell + " · " : "") + said(one.severity) + " [" + one.code + "] ";
  row.append(place, one.message);
  if (one.hint) {
    const hint = document.createElement("small");
    hint.textContent = "→ " + one.hint;
    row.append(hint);
  }
  return row;
}

function choices(select, values, chosen) {
  const name = (value) => (value === "reference" ? said("reference") : value);
  select.replaceChildren(...values.map((value) => new Option(name(value), value)));
  select.value = chosen;
}

function show(state) {
  said = (key) => given.words[state.language][key];
  document.documentElement.lang = state.language;
  at("name").textContent = state.workbook;
  at("status").textContent = said(state.status);
  at("status").dataset.status = state.status;
  at("scenario-word").textContent = said("scenario");
  at("language-word").textContent = said("language");
  choices(at("scenario"), state.scenarios, state.scenario);
  at("language").value = state.language;
  const rows = state.problems.map(problem);
  for (const line of state.lines) {
    const row = document.createElement("li");
    row.className = "error";
    row.textContent = line;
    rows.push(row);
  }
  at("problems").replaceChildren(...rows);
  const frame = at("plan");
  frame.hidden = state.plan === 0;
  frame.title = said("plan");
  frame.className = state.stale ? "stale" : "";
  at("stale").hidden = !state.stale || state.plan === 0;
  at("stale").textContent = said("stale").replace("{time}", state.made);
  if (state.plan !== 0 && frame.dataset.plan !== String(state.plan)) {
    const way = "/plan?" + state.plan;
    // Replaced rather than gone to: the button Back leads out of the page, not through former plans.
    if (frame.dataset.plan) frame.contentWindow.location.replace(way);
    else frame.src = way;
    frame.dataset.plan = state.plan;
  }
  at("results").hidden = !state.results;
  at("results").textContent = said("results");
}

async function ask() {
  const answer = await fetch("/state", { credentials: "same-origin" });
  if (answer.ok) show(await answer.json());
}

async function change(what) {
  await fetch("/state", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-Filiere-Token": given.token },
    body: JSON.stringify(what),
  });
}

at("choices").addEventListener("submit", (event) => event.preventDefault());
at("scenario").addEventListener("change", (event) => change({ scenario: event.target.value }));
at("language").addEventListener("change", (event) => change({ language: event.target.value }));
const events = new EventSource("/events");
events.onmessage = ask;
events.onerror = () => { at("status").textContent = said("gone"); };
show(given.state);
