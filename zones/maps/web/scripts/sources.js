// Links to sources, each under words that tell it from the others.
import { data } from "./data.js";
import { el } from "./dom.js";
import { nameText, t } from "./language.js";
import { hostOf, isAddress, shorten, titleOf } from "./text.js";

/** What stands for the source of a list that a user gives. */
const GIVEN = "given by the user";

/** A source as it is, or in words. @param {number} index */
export const sourceText = (index) => data.sources[index] === GIVEN ? t("given_source") : data.sources[index];

/** A source under its host, the words of its address and its date. @param {number} index */
export function sourceLink(index) {
  const address = data.sources[index];
  if (address === GIVEN) return el("span", {}, t("given_source"));
  if (!isAddress(address)) return el("span", { lang: "en" }, shorten(address, 120));
  const date = data.source_dates[index];
  const title = titleOf(address);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address },
    hostOf(address), title ? [": ", el("span", { class: "source-title" }, title)] : null, date ? ` (${nameText(date)})` : null);
}
