// Text and lists, with nothing of the page.

/** A name as it is searched for. @param {string} text */
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

/** Names may be as long as their owner likes; places with little room show the start. @param {string} text */
export const shorten = (text, most = 80) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Only web addresses become links; anything else stays text. @param {string} text */
export const isAddress = (text) => /^https?:\/\//i.test(text);

/** @param {string} address */
export const hostOf = (address) => address.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0];

/** A line that a spreadsheet would take for a formula, of full width too, is written as text. @param {string} text */
export const harmless = (text) => (/^-?[0-9]+([.,][0-9]+)?$/.test(text) ? text
  : text.replace(/(?<![^\n\r])(?=[\t\r]|[^\S\n\r\ufeff]*[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[^\S\n\r]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g, "'"));

/** @param {string} text */
export const quoted = (text) => (/["\n\r,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @type {<T>(items: Iterable<T>, pick: (item: T) => number | null) => number} */
export function sum(items, pick) {
  let total = 0;
  for (const item of items) total += pick(item) || 0;
  return total;
}
