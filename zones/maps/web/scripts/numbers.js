// Numbers as each language writes them, by the same rules as `zones.texts.format_number`.
export const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** The absolute value, and its sign where that is more than nothing. @param {string} locale @param {number} value @param {number} digits */
function parts(locale, value, digits, useGrouping = true) {
  const key = `${locale}/${digits}/${useGrouping}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping });
  formats.set(key, format);
  const text = format.format(Math.abs(value));
  return { text, sign: /[1-9]/.test(text) ? Math.sign(value) : 0 };
}

/** @param {Lang} lang @param {number | null | undefined} value */
export function formatNumber(lang, value, digits = 0, signed = false) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const { text, sign } = parts(LOCALES[lang], value, digits);
  return `${sign < 0 ? "\u2212" : signed && sign > 0 ? "+" : ""}${text}`;
}

/** @param {Lang} lang @param {number | null | undefined} value */
export function formatPercent(lang, value, digits = 1, signed = false) {
  const text = formatNumber(lang, value, digits, signed);
  return text === "–" ? text : `${text}${lang === "en" ? "%" : "\u00a0%"}`;
}

/** A number for another program: rounded as it is shown, with no groups. @param {number} value @param {number} digits */
export function plainNumber(value, digits) {
  const { text, sign } = parts("en-GB", value, digits, false);
  return `${sign < 0 ? "-" : ""}${text}`;
}
