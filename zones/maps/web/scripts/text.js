// Text and lists, with nothing of the page.

/** A name as it is searched for. @param {string} text */
export const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

/** Names may be as long as their owner likes; places with little room show the start. @param {string} text */
export const shorten = (text, most = 80) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Only web addresses become links; anything else stays text. @param {string} text */
export const isAddress = (text) => /^https?:\/\//i.test(text);

/** @param {string} address */
export const hostOf = (address) => address.replace(/^https?:\/\/(www\.)?/i, "").split("/")[0];

/** A cell that a spreadsheet would take for a formula is written as text. @param {string} text */
export const harmless = (text) => (/^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text);

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
