// Links to sources, each under words that tell it from the others.
import { data } from "./data.js";
import { el } from "./dom.js";
import { nameText } from "./language.js";
import { hostOf, isAddress, shorten, titleOf } from "./text.js";

/** What a source is called: its address, or words in the language of the page. @param {number} index */
export function sourceText(index) {
  const source = data.sources[index];
  return typeof source === "string" ? source : nameText(source);
}

/** A source under its host, the words of its address and its date. @param {number} index */
export function sourceLink(index) {
  const address = data.sources[index];
  if (typeof address !== "string") return el("span", {}, sourceText(index));
  if (!isAddress(address)) return el("span", { lang: "en" }, shorten(address, 120));
  const date = data.source_dates[index];
  const title = titleOf(address);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address },
    hostOf(address), title ? [": ", el("span", { class: "source-title" }, title)] : null, date ? ` (${nameText(date)})` : null);
}
