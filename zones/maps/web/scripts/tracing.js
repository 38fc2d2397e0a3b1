// What the browser has laid out, as SVG: boxes, lines of text and drawings, in the colours seen.
import { svg } from "./dom.js";
import { xmlText } from "./text.js";

const SHAPES = new Set(["g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"]);
const GEOMETRY = ["d", "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "points", "transform", "text-anchor"];
/** What SVG takes where nothing is said. @type {Record<string, string>} */
const PAINT = {
  "fill-rule": "nonzero", "stroke-width": "1px", "stroke-dasharray": "none", "stroke-dashoffset": "0px",
  "stroke-linecap": "butt", "stroke-linejoin": "miter", opacity: "1",
};

/** @param {number} value */
const rounded = (value) => Math.round(value * 100) / 100;

/** A colour of CSS as paint and opacity, which old programs read apart. @param {string} value */
function paintOf(value) {
  const parts = value.match(/^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/);
  if (!parts) return { paint: value, opacity: value === "transparent" || value === "none" ? 0 : 1 };
  return { paint: `#${parts.slice(1, 4).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`, opacity: Number(parts[4] ?? 1) };
}

/** @param {CSSStyleDeclaration} style */
const isHidden = (style) => style.display === "none" || style.visibility === "hidden" || Number(style.opacity) === 0;

/** @param {CSSStyleDeclaration} style @returns {Record<string, string | number>} */
const fontOf = (style) => ({
  "font-family": style.fontFamily, "font-size": parseFloat(style.fontSize),
  ...(style.fontWeight === "400" ? {} : { "font-weight": style.fontWeight }), ...(style.fontStyle === "normal" ? {} : { "font-style": style.fontStyle }),
  ...(parseFloat(style.letterSpacing) ? { "letter-spacing": parseFloat(style.letterSpacing) } : {}),
});

/** @param {CSSStyleDeclaration} style */
function baselineIn(style) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = context.measureText("x");
  /** @param {{ top: number, bottom: number }} line */
  return (line) => line.top + (line.bottom - line.top - above - below) / 2 + above;
}

/** The lines that a text node was broken into. @param {Text} node */
function linesOf(node) {
  /** @type {{ text: string, left: number, right: number, top: number, bottom: number }[]} */
  const lines = [];
  const range = document.createRange();
  let place = 0;
  for (const sign of node.data) {
    range.setStart(node, place);
    range.setEnd(node, place + sign.length);
    place += sign.length;
    const box = range.getBoundingClientRect();
    const line = lines.at(-1);
    const isBlank = !box.width || !sign.trim();
    if (isBlank && !line) continue;
    if (line && (isBlank || Math.abs(box.top - line.top) < box.height / 2)) {
      line.text += sign;
      if (!isBlank) Object.assign(line, { left: Math.min(line.left, box.left), right: Math.max(line.right, box.right) });
    } else {
      lines.push({ text: sign, left: box.left, right: box.right, top: box.top, bottom: box.bottom });
    }
  }
  return lines;
}

/** Draws what stands in the document, with its place counted from an origin. */
export class Tracer {
  /** @param {{ left: number, top: number }} origin */
  constructor(origin) {
    this.origin = origin;
    this.defs = svg("defs");
    /** @type {Set<string>} */
    this.used = new Set();
  }

  /** @param {number} value */
  x(value) { return rounded(value - this.origin.left); }

  /** @param {number} value */
  y(value) { return rounded(value - this.origin.top); }

  /** @param {Element} node @param {Element} out */
  trace(node, out) {
    const style = getComputedStyle(node);
    if (isHidden(style) || node.classList.contains("visually-hidden") || node instanceof HTMLInputElement || node instanceof HTMLImageElement) return;
    if (node instanceof SVGSVGElement) return void out.append(this.drawing(node));
    if (node instanceof HTMLCanvasElement) return this.image(node, out);
    const into = Number(style.opacity) < 1 ? svg("g", { opacity: style.opacity }) : out;
    if (into !== out) out.append(into);
    this.box(node.getBoundingClientRect(), style, into);
    this.point(node, into);
    for (const child of node.childNodes) {
      if (child instanceof Element) this.trace(child, into);
      else if (child instanceof Text && child.data.trim()) this.text(child, style, into);
    }
  }

  /** @param {DOMRect} rect @param {CSSStyleDeclaration} style @param {Element} out */
  box(rect, style, out) {
    const { paint, opacity } = paintOf(style.backgroundColor);
    const striped = this.gradient(style.backgroundImage);
    const sides = ["Top", "Right", "Bottom", "Left"].map((side) => ({
      width: /** @type {any} */ (style)[`border${side}Style`] === "none" ? 0 : parseFloat(/** @type {any} */ (style)[`border${side}Width`]), ...paintOf(/** @type {any} */ (style)[`border${side}Color`]),
    }));
    const [{ width }] = sides;
    const even = width > 0 && sides.every((side) => side.width === width);
    if (!rect.width || !rect.height) return;
    if (opacity || striped || even) {
      const inset = even ? width / 2 : 0;
      out.append(svg("rect", {
        x: this.x(rect.left + inset), y: this.y(rect.top + inset), width: rounded(rect.width - 2 * inset), height: rounded(rect.height - 2 * inset), rx: parseFloat(style.borderTopLeftRadius) || 0,
        fill: striped ?? (opacity ? paint : "none"), ...(opacity < 1 && !striped ? { "fill-opacity": opacity } : {}),
        ...(even ? { stroke: sides[0].paint, "stroke-width": width, "stroke-opacity": sides[0].opacity } : {}),
      }));
    }
    if (even) return;
    const ends = [[rect.left, rect.top, rect.right, rect.top], [rect.right, rect.top, rect.right, rect.bottom], [rect.left, rect.bottom, rect.right, rect.bottom], [rect.left, rect.top, rect.left, rect.bottom]];
    sides.forEach((side, place) => {
      if (!side.width || !side.opacity) return;
      const [x1, y1, x2, y2] = ends[place];
      out.append(svg("line", { x1: this.x(x1), y1: this.y(y1), x2: this.x(x2), y2: this.y(y2), stroke: side.paint, "stroke-width": side.width, "stroke-opacity": side.opacity }));
    });
  }

  /** Stripes of CSS as a pattern. @param {string} image */
  gradient(image) {
    const angle = Number(image.match(/^repeating-linear-gradient\((-?[\d.]+)deg/)?.[1]);
    const stops = [...image.matchAll(/(rgba?\([^)]*\)) ([\d.]+)px/g)].map(([, colour, at]) => ({ colour, at: Number(at) }));
    if (!Number.isFinite(angle) || stops.length < 2) return null;
    const id = `gradient-${this.defs.childElementCount}`;
    const width = stops[stops.length - 1].at;
    const bars = stops.slice(1).map(({ colour, at }, place) => {
      const { paint, opacity } = paintOf(colour);
      return svg("rect", { x: stops[place].at, y: 0, width: rounded(at - stops[place].at), height: width, fill: paint, "fill-opacity": opacity });
    });
    this.defs.append(svg("pattern", { id, patternUnits: "userSpaceOnUse", width, height: width, patternTransform: `rotate(${angle - 90})` }, ...bars));
    return `url(#${id})`;
  }

  /** A dot that a style sheet sets before a label. @param {Element} node @param {Element} out */
  point(node, out) {
    const style = getComputedStyle(node, "::before");
    if (style.content !== '""' || style.position !== "absolute" || style.display === "none" || !parseFloat(style.width)) return;
    const rect = node.getBoundingClientRect();
    const [width, height] = [parseFloat(style.width), parseFloat(style.height)];
    const halo = style.boxShadow.match(/^(rgba?\([^)]*\)) 0px 0px 0px ([\d.]+)px/);
    const dot = { cx: this.x(rect.left + parseFloat(style.left) + width / 2), cy: this.y(rect.top + parseFloat(style.top) + height / 2) };
    if (halo) out.append(svg("circle", { ...dot, r: width / 2 + Number(halo[2]), fill: paintOf(halo[1]).paint }));
    out.append(svg("circle", { ...dot, r: width / 2, fill: paintOf(style.backgroundColor).paint }));
  }

  /** @param {Text} node @param {CSSStyleDeclaration} style @param {Element} out */
  text(node, style, out) {
    const baseline = baselineIn(style);
    const halo = style.textShadow.match(/rgba?\([^)]*\)/)?.[0];
    for (const line of linesOf(node)) {
      const words = xmlText(line.text.replace(/\s+/g, (space) => (space.includes("\u00a0") ? space : " ")).trim());
      if (!words) continue;
      const common = {
        x: this.x(line.left), y: this.y(baseline(line)), ...fontOf(style),
        // In another font the line keeps its length, so that nothing runs over.
        ...(words.length > 1 ? { textLength: rounded(line.right - line.left), lengthAdjust: "spacingAndGlyphs" } : {}),
      };
      const said = style.textTransform === "uppercase" ? words.toLocaleUpperCase(document.documentElement.lang) : words;
      const layers = [...(halo ? [{ fill: "none", stroke: paintOf(halo).paint, "stroke-width": 3, "stroke-linejoin": "round" }] : []), { fill: paintOf(style.color).paint }];
      for (const layer of layers) {
        const made = svg("text", { ...common, ...layer });
        made.textContent = said;
        out.append(made);
      }
    }
  }

  /** @param {HTMLCanvasElement} node @param {Element} out */
  image(node, out) {
    const rect = node.getBoundingClientRect();
    if (!node.width || !node.height) return;
    out.append(svg("image", { x: this.x(rect.left), y: this.y(rect.top), width: rounded(rect.width), height: rounded(rect.height), href: node.toDataURL("image/png") }));
  }

  /** @param {SVGSVGElement} node */
  drawing(node) {
    const rect = node.getBoundingClientRect();
    const view = node.viewBox.baseVal;
    const scale = view?.width ? Math.min(rect.width / view.width, rect.height / view.height) : 1;
    const [left, top] = view?.width ? [rect.left + (rect.width - view.width * scale) / 2 - view.x * scale, rect.top + (rect.height - view.height * scale) / 2 - view.y * scale] : [rect.left, rect.top];
    const made = svg("g", { transform: `translate(${this.x(left)} ${this.y(top)})${scale === 1 ? "" : ` scale(${rounded(scale)})`}` });
    made.append(...[...node.children].flatMap((child) => this.shape(child) ?? []));
    return made;
  }

  /** @param {Element} node @returns {Element | null} */
  shape(node) {
    const style = getComputedStyle(node);
    if (!SHAPES.has(node.tagName) || isHidden(style) || node.getAttribute("d") === "M0 0") return null;
    /** @type {Record<string, string | number>} */
    const said = {};
    for (const name of GEOMETRY) {
      const value = node.getAttribute(name);
      if (value === null) continue;
      said[name] = value.endsWith("%") && node instanceof SVGGraphicsElement ? rounded(/** @type {any} */ (node.getBBox())[name] ?? 0) : value;
    }
    if (node.tagName !== "g") Object.assign(said, this.paint(style));
    if (node.tagName === "text") Object.assign(said, fontOf(style));
    const made = svg(node.tagName, said);
    if (node.tagName === "text" || node.tagName === "tspan") made.textContent = xmlText(node.textContent ?? "");
    else made.append(...[...node.children].flatMap((child) => this.shape(child) ?? []));
    return made;
  }

  /** @param {CSSStyleDeclaration} style */
  paint(style) {
    /** @type {Record<string, string | number>} */
    const said = {};
    for (const name of ["fill", "stroke"]) {
      const value = style.getPropertyValue(name);
      const pattern = value.match(/^url\("?#([\w-]+)"?\)/)?.[1];
      const { paint, opacity } = pattern ? { paint: this.pattern(pattern), opacity: 1 } : paintOf(value);
      if (name === "stroke" && paint === "none") return { ...said, opacity: style.opacity };
      said[name] = paint;
      const whole = opacity * Number(style.getPropertyValue(`${name}-opacity`));
      if (whole < 1 && paint !== "none") said[`${name}-opacity`] = rounded(whole);
    }
    for (const [name, usual] of Object.entries(PAINT)) {
      const value = style.getPropertyValue(name);
      if (value !== usual) said[name] = value.replaceAll("px", "");
    }
    return said;
  }

  /** Takes a pattern of the page along. @param {string} id */
  pattern(id) {
    const found = document.getElementById(id);
    if (!this.used.has(id) && found) {
      this.used.add(id);
      const made = svg("pattern", { id });
      for (const name of ["patternUnits", "width", "height", "patternTransform"]) {
        const value = found.getAttribute(name);
        if (value !== null) made.setAttribute(name, value);
      }
      made.append(...[...found.children].flatMap((child) => this.shape(child) ?? []));
      this.defs.append(made);
    }
    return `url(#${id})`;
  }
}
