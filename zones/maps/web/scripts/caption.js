// Title, years and a compact legend above the map, where header and panel are not shown.
import { base, colourOf } from "./colour.js";
import { byId, el, fill } from "./dom.js";
import { withStatus } from "./evidence.js";
import { statusPatch } from "./evidencekey.js";
import { isEmbedded } from "./frame.js";
import { nameNode, t } from "./language.js";
import { extentOf, shownGroups, state } from "./state.js";

/** What a part of the panel shows, without its controls and ids. @param {Iterable<Element>} parts */
export function copied(parts) {
  return [...parts].map((part) => {
    const copy = /** @type {Element} */ (part.cloneNode(true));
    for (const node of [copy, ...copy.querySelectorAll("[id]")]) node.removeAttribute("id");
    for (const button of copy.querySelectorAll("button.lights")) button.replaceWith(...button.childNodes);
    for (const node of copy.querySelectorAll("button, select, input")) node.remove();
    for (const node of [copy, ...copy.querySelectorAll("[data-linked]")]) node.removeAttribute("data-linked");
    return copy;
  });
}

/** The groups by colour, and what a paler fill or an outline says. */
function groupsKey() {
  const groups = shownGroups();
  const statuses = /** @type {Status[]} */ (["documented", "extent", "former"]).filter((status) => groups.some((group) => withStatus(/** @type {Extent} */ (extentOf(group)), status).length));
  return el("ul", { class: "legend" },
    groups.map((group) => el("li", {}, statusPatch(colourOf(group), "documented"), nameNode(group.short, 60))),
    statuses.map((status) => el("li", { class: "status" }, statusPatch(base().link, status), el("span", {}, t(`status_${status}`)))));
}

const isShown = () => isEmbedded() || document.documentElement.classList.contains("presenting");

export function refreshCaption() {
  byId("caption").hidden = !isShown();
  if (!isShown()) return;
  byId("caption-title").textContent = byId("title").textContent;
  byId("caption-years").textContent = byId("subtitle").textContent;
  fill(byId("caption-legend"), state.view === "groups" ? groupsKey() : copied(byId("legend").querySelectorAll(".legend, .legend-title, svg")).filter((part) => !part.closest("li")));
  const link = /** @type {HTMLAnchorElement} */ (byId("caption-open"));
  link.hidden = !isEmbedded();
  link.href = location.href.replace(/([#&])embed=?(&|$)/, "$1");
}
