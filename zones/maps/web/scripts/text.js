// Text and lists, with nothing of the page.

/** A name as it is searched for. @param {string} text */
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

/** Names may be as long as their owner likes; places with little room show the start. @param {string} text */
export const shorten = (text, most = 80) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Only web addresses become links; anything else stays text. @param {string} text */
export const isAddress = (text) => /^https?:\/\//i.test(text);

/** @param {string} address */
export const hostOf = (address) => address.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0];

/** A part of an address as words, where it is made of any. @param {string} part */
function wordsOf(part) {
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // An address that is badly encoded stays as it is.
  }
  text = text.replace(/\.(html?|php|aspx?)$/i, "").replace(/[-_(]*\d{5,}\)?$/, "").replace(/[-_+\s]+/g, " ").trim();
  return /\p{L}{3}/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : "";
}

/** What an address says of its page: the words of its last part, or what is asked of it; "" where it is a host alone. @param {string} address */
export function titleOf(address, most = 70) {
  const [path, asked = ""] = address.replace(/^https?:\/\/[^/?#]*/i, "").split("#")[0].split("?");
  const words = path.split("/").filter(Boolean).slice(-1).map(wordsOf)[0] ?? "";
  return shorten(asked ? [words, asked.replace(/&/g, " ")].filter(Boolean).join(", ") : words, most);
}

/** A line that a spreadsheet would take for a formula, of full width too, is written as text. @param {string} text */
export const harmless = (text) => (/^-?[0-9]+([.,][0-9]+)?$/.test(text) ? text
  : text.replace(/(?<![^\n\r])(?=[\t\r]|[^\S\n\r\ufeff]*[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[^\S\n\r]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g, "'"));

/** @param {string} text */
export const quoted = (text) => (/["\n\r,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What XML may hold: neither control characters nor halves of a pair. @param {string} text */
export const xmlText = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");

/** A name for a file that every system takes. @param {string[]} parts */
export const fileName = (parts) => parts.map((part) => fold(part).replace(/[’']/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60)).filter(Boolean).join("-") || "map";

/** @type {<T>(items: Iterable<T>, pick: (item: T) => number | null) => number} */
export function sum(items, pick) {
  let total = 0;
  for (const item of items) total += pick(item) || 0;
  return total;
}
