// Small helpers. Text from the data only ever becomes a text node or an attribute value.
const byId = (id) => document.getElementById(id);

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (key === "style") {
      for (const [name, part] of Object.entries(value)) node.style.setProperty(name, part);
    } else if (key === "checked" || key === "selected" || key === "hidden" || key === "open") {
      node[key] = value;
    } else {
      node.setAttribute(key, value === true ? "" : String(value));
    }
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

function svg(tag, props = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const fold = (text) =>
  String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

// Names may be as long as their owner likes; places with little room show the start.
const shorten = (text, most = 80) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// Only web addresses become links; anything else stays text.
const isAddress = (text) => /^https?:\/\//i.test(text);

function sum(items, pick) {
  let total = 0;
  for (const item of items) total += pick(item) || 0;
  return total;
}
