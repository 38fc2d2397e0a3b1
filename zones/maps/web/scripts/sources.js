// Links to sources, each under words that tell it from the others.
import { data } from "./data.js";
import { el } from "./dom.js";
import { nameText } from "./language.js";
import { hostOf, isAddress, shorten, titleOf } from "./text.js";

/** A source under its host, the words of its address and its date. @param {number} index */
export function sourceLink(index) {
  const address = data.sources[index];
  const date = data.source_dates[index];
  if (!isAddress(address)) return el("span", {}, date ? nameText(date) : shorten(address, 120));
  const title = titleOf(address);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address },
    hostOf(address), title ? [": ", el("span", { class: "source-title" }, title)] : null, date ? ` (${nameText(date)})` : null);
}
