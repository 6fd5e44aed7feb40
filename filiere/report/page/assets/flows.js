// From the flows of the chain to what a Sankey can draw: nodes, ribbons from left to right, and what runs back.
const MOST_NODES = 60, MOST_OPENED = 30, MOST_RIBBONS = 240;

/** What each flow counts for, as chosen: money as paid (negative where the giver pays) or tonnes. */
function flowAmounts(net, state) {
  const table = net[state.when] || net.plan;
  return table.map(([amount, value], at) => (state.measure === "money" ? value
    : (amount * net.products[net.product[at]].kg) / 1000));
}

/** The actors drawn one by one: all where they are few, else the largest; those of what was opened; the one followed. */
function singled(net, state, sizes) {
  const own = new Set(state.actor >= 0 ? [state.actor] : []);
  const order = [...sizes.keys()].sort((a, b) => sizes.get(b) - sizes.get(a) || a - b);
  if (state.view === "actor") order.slice(0, order.length <= MOST_NODES ? order.length : MOST_NODES / 2).forEach((actor) => own.add(actor));
  for (const bundle of state.opened) {
    order.filter((actor) => ["sell", "buy"].some((side) => bundleOf(net, state, actor, side) === bundle))
      .slice(0, MOST_OPENED).forEach((actor) => own.add(actor));
  }
  return own;
}

/** What an actor is gathered into where it is not drawn by itself. */
function bundleOf(net, state, actor, side) {
  const { kind, stage, group } = net.actors[actor];
  if (kind !== "inside") return `${side} ${kind}`;
  return state.view === "group" && group >= 0 ? `group ${group}` : `stage ${stage}`;
}

/** The node an end of a flow belongs to. What is outside gives at one node and takes at another: it is no loop. */
function nodeOf(net, state, own, actor, side) {
  const { kind, stage, group } = net.actors[actor];
  if (own.has(actor)) return { key: kind === "inside" ? `actor ${actor}` : `actor ${actor} ${side}`, actor, kind };
  const bundle = bundleOf(net, state, actor, side);
  return { key: bundle, bundle, kind, stage, group, side };
}

function nodeName(net, state, node) {
  if (node.actor !== undefined) return net.actors[node.actor].name;
  if (node.kind !== "inside") return said(`${node.side}_${node.kind}`);
  if (node.bundle.startsWith("group")) return net.groups[node.group];
  return state.view === "actor" || state.opened.size ? said("others", { stage: net.stages[node.stage] }) : net.stages[node.stage];
}

/** The kind that colours a ribbon: that of its outside end, inside where both ends are. */
function ribbonKind(net, from, to) {
  const giver = net.actors[from].kind, taker = net.actors[to].kind;
  return giver !== "inside" ? giver : taker;
}

/** Nodes and ribbons of the chain as chosen; ribbons of one product each where they are few enough. */
function flowGraph(net, state) {
  const amounts = flowAmounts(net, state);
  const sizes = new Map();
  amounts.forEach((amount, at) => {
    if (!amount) return;
    for (const actor of [net.from[at], net.to[at]]) sizes.set(actor, (sizes.get(actor) || 0) + Math.abs(amount));
  });
  const own = singled(net, state, sizes);
  let graph = gathered(net, state, own, amounts, true);
  if (graph.ribbons.length > MOST_RIBBONS) graph = gathered(net, state, own, amounts, false);
  layered(graph);
  return { ...graph, amounts };
}

function gathered(net, state, own, amounts, byProduct) {
  const nodes = new Map(), ribbons = new Map();
  let total = 0, reversed = 0, blank = 0;
  amounts.forEach((amount, at) => {
    const moves = (net[state.when] || net.plan)[at][0] > 0;
    if (!amount) { if (moves) blank += 1; return; }
    const product = net.product[at], size = Math.abs(amount);
    const ends = [nodeOf(net, state, own, net.from[at], "sell"), nodeOf(net, state, own, net.to[at], "buy")];
    total += size;
    if (amount < 0) reversed += size;
    ends.forEach((node, side) => {
      if (!nodes.has(node.key)) nodes.set(node.key, { ...node, given: 0, taken: 0, actors: new Set() });
      const known = nodes.get(node.key);
      known[side ? "taken" : "given"] += size;
      known.actors.add(side ? net.to[at] : net.from[at]);
    });
    const kind = ribbonKind(net, net.from[at], net.to[at]);
    const key = `${ends[0].key}|${ends[1].key}|${kind}|${byProduct ? product : ""}`;
    if (!ribbons.has(key)) {
      ribbons.set(key, { from: ends[0].key, to: ends[1].key, kind, product: byProduct ? product : -1, amount: 0, flows: [], again: true });
    }
    const ribbon = ribbons.get(key);
    ribbon.amount += size;
    ribbon.flows.push(at);
    ribbon.again = ribbon.again && net.products[product].again;
  });
  return { nodes: [...nodes.values()], ribbons: [...ribbons.values()], total, reversed, blank };
}

/** Decide what runs back (as little as possible, by-products first), then give each node its column. */
function layered(graph) {
  const rank = new Map(improved(graph, sequence(graph)).map((key, at) => [key, at]));
  for (const ribbon of graph.ribbons) ribbon.back = rank.get(ribbon.to) <= rank.get(ribbon.from);
  const ahead = graph.ribbons.filter((ribbon) => !ribbon.back);
  const after = new Map(), before = new Map();
  for (const ribbon of ahead) {
    (after.get(ribbon.from) || after.set(ribbon.from, []).get(ribbon.from)).push(ribbon.to);
    (before.get(ribbon.to) || before.set(ribbon.to, []).get(ribbon.to)).push(ribbon.from);
  }
  const column = new Map();
  const order = [...graph.nodes].sort((a, b) => rank.get(a.key) - rank.get(b.key));
  for (const node of order) {
    column.set(node.key, Math.max(0, ...(before.get(node.key) || []).map((key) => column.get(key) + 1)));
  }
  // A mere supplier stands just before the first that it supplies.
  for (const node of order) {
    if (before.has(node.key) || !after.has(node.key)) continue;
    column.set(node.key, Math.max(0, Math.min(...after.get(node.key).map((key) => column.get(key))) - 1));
  }
  const last = Math.max(0, ...column.values());
  for (const node of graph.nodes) {
    node.column = !node.bundle || node.kind === "inside" ? column.get(node.key) : node.side === "sell" ? 0 : last;
  }
}

/** How much flows from each node to each other; by-products hardly count, so that they are what runs back. */
function weights(graph) {
  const out = new Map(graph.nodes.map((node) => [node.key, new Map()]));
  const into = new Map(graph.nodes.map((node) => [node.key, new Map()]));
  for (const ribbon of graph.ribbons) {
    if (ribbon.from === ribbon.to) continue;
    const weight = ribbon.amount * (ribbon.again ? 1e-3 : 1);
    out.get(ribbon.from).set(ribbon.to, (out.get(ribbon.from).get(ribbon.to) || 0) + weight);
    into.get(ribbon.to).set(ribbon.from, (into.get(ribbon.to).get(ribbon.from) || 0) + weight);
  }
  return { out, into };
}

/** The order after moving single nodes for as long as less runs back. */
function improved(graph, order) {
  const { out } = weights(graph);
  const flow = (from, to) => out.get(from).get(to) || 0;
  const found = [...order];
  for (let pass = 0, better = true; better && pass < 12; pass += 1) {
    better = false;
    for (const key of order) {
      const at = found.indexOf(key);
      let best = at, most = 1e-9;
      for (const step of [-1, 1]) {
        let gain = 0;
        for (let spot = at + step; spot >= 0 && spot < found.length; spot += step) {
          gain += step * (flow(found[spot], key) - flow(key, found[spot]));
          if (gain > most) { most = gain; best = spot; }
        }
      }
      if (best !== at) { found.splice(at, 1); found.splice(best, 0, key); better = true; }
    }
  }
  return found;
}

/** An order of the nodes in which little runs back: sources first, sinks last, else the most giving one (Eades, Lin, Smyth 1993). */
function sequence(graph) {
  const { out, into } = weights(graph);
  const first = [], last = [], left = new Set(graph.nodes.map((node) => node.key));
  const sum = (weights) => { let all = 0; for (const weight of weights.values()) all += weight; return all; };
  const take = (key) => {
    left.delete(key);
    for (const other of out.get(key).keys()) into.get(other).delete(key);
    for (const other of into.get(key).keys()) out.get(other).delete(key);
  };
  while (left.size) {
    let found = true;
    while (found) {
      found = false;
      for (const key of [...left]) {
        if (!out.get(key).size) { last.unshift(key); take(key); found = true; }
        else if (!into.get(key).size) { first.push(key); take(key); found = true; }
      }
    }
    if (!left.size) break;
    let best = null, most = -Infinity;
    for (const key of left) {
      const lead = sum(out.get(key)) - sum(into.get(key));
      if (lead > most) { most = lead; best = key; }
    }
    first.push(best);
    take(best);
  }
  return first.concat(last);
}
