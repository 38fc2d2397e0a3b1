// Making nodes. Text from the data only ever becomes a text node or an attribute value.

/** @type {<T extends HTMLElement = HTMLElement>(id: string) => T} */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

const AS_PROPERTY = new Set(["checked", "selected", "hidden", "open"]);

/** @type {<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Record<string, any>, ...children: Child[]) => HTMLElementTagNameMap[K]} */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (key === "style") {
      for (const [name, part] of Object.entries(value)) node.style.setProperty(name, part);
    } else if (AS_PROPERTY.has(key)) {
      Object.assign(node, { [key]: value });
    } else {
      node.setAttribute(key, value === true ? "" : String(value));
    }
  }
  return append(node, children);
}

/** @type {<T extends Element>(node: T, children: Child[]) => T} */
export function append(node, children) {
  for (const child of /** @type {any[]} */ (children).flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** @param {string} tag @param {Record<string, any>} props @param {...Element} children */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** @type {<T extends Element>(node: T, ...children: Child[]) => T} */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** Tell those who hear the page. @param {string} text */
export const say = (text) => { byId("announce").textContent = text; };

/** @param {string} path */
export const icon = (path) =>
  svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round" }));

/** The row of buttons of which one is pressed. @type {<T extends string>(id: string, values: readonly T[], current: T, words: (value: T) => string, pick: (value: T) => void) => void} */
export function buildSegmented(id, values, current, words, pick) {
  const box = byId(id);
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const focused = box.contains(active) ? active?.dataset.value : null;
  const buttons = values.map((value) => el("button", {
    type: "button", "data-value": value, "aria-pressed": String(value === current), on: { click: () => pick(value) },
  }, words(value)));
  fill(box, buttons);
  if (focused) buttons.find((button) => button.dataset.value === focused)?.focus();
}
