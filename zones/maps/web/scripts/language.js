// Words, names and numbers in the language of the reader.
import { data } from "./data.js";
import { byId, el } from "./dom.js";
import { LOCALES, formatNumber, formatPercent } from "./numbers.js";
import { state } from "./state.js";
import { shorten } from "./text.js";

export const OWN_NAMES = { fi: "Suomi", sv: "Svenska", en: "English" };

/** @param {string} key @param {Record<string, string | number>} values */
export function t(key, values = {}) {
  const words = data.texts[state.lang];
  let text = words[key];
  if (text === undefined && typeof values.n === "number") {
    const rule = new Intl.PluralRules(LOCALES[state.lang]).select(values.n);
    text = words[`${key}_${rule}`] ?? words[`${key}_other`];
  }
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** A word of a closed list (role, confidence, ...), or the catalogue's own. @param {string} list @param {string} word */
export const term = (list, word) => data.terms[state.lang][`${list}.${word}`] ?? word;

/** @param {number | null | undefined} value */
export const number = (value, digits = 0, signed = false) => formatNumber(state.lang, value, digits, signed);

/** @param {number | null | undefined} value */
export const percent = (value, digits = 1, signed = false) => formatPercent(state.lang, value, digits, signed);

/** @param {number} low @param {number} high */
export const range = (low, high, digits = 0) => `${number(low, digits)}–${number(high, digits)}`;

/** The year of a figure as the end of that year. @param {number | string} year */
export const endOf = (year) => t("end_of", { year: String(year) });

/** The name in the language asked for, else Finnish (or whatever there is). @param {Names} names */
export function nameOf(names) {
  for (const lang of /** @type {Lang[]} */ ([state.lang, "fi", "sv", "en"])) {
    const text = names[lang];
    if (text) return { text, lang };
  }
  return { text: names.any ?? "", lang: null };
}

/** @param {Names} names */
export const nameText = (names, most = 10_000) => shorten(nameOf(names).text, most);

/** A name that is in another language than the page says so. @param {Names} names @param {number} [most] */
export function nameNode(names, most) {
  const { text, lang } = nameOf(names);
  const foreign = lang && lang !== state.lang;
  return el("bdi", { lang: foreign ? lang : null, class: foreign ? "foreign" : null, title: foreign ? t("name_only_in", { lang: t(`lang_${lang}`) }) : null },
    most ? shorten(text, most) : text);
}

/** @param {Unit} unit */
export const unitName = (unit) => unit[state.lang] || unit.fi;

/** Both national names, the reader's own first. @param {Unit} unit */
export const unitNames = (unit) => [...new Set([unitName(unit), unit.fi, unit.sv ?? unit.fi])];

export function translatePage() {
  document.documentElement.lang = state.lang;
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-t]"))) node.textContent = t(node.dataset.t ?? "");
  for (const [from, to] of [["data-t-label", "aria-label"], ["data-t-title", "title"], ["data-t-placeholder", "placeholder"]]) {
    for (const node of document.querySelectorAll(`[${from}]`)) node.setAttribute(to, t(node.getAttribute(from) ?? ""));
  }
  const { text } = nameOf(data.title);
  document.title = text;
  byId("title").textContent = shorten(text, 160);
}
