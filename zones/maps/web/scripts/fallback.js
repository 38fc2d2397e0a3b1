// What stands in the HTML for pages without scripts shows where they fail too, else gives way.

const root = document.documentElement;

/** Either the page that scripts fill, or what needs none. @param {boolean} scripted */
export function showPage(scripted) {
  root.toggleAttribute("data-scripted", scripted);
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-of-scripts]"))) part.hidden = !scripted;
}

// Before anything is painted, so that a page that starts never flashes what needs no scripts.
export function expectStart() {
  const giveUp = () => { if (root.dataset.ready !== "true") showPage(false); };
  root.toggleAttribute("data-scripted", true);
  addEventListener("error", giveUp);
  document.addEventListener("DOMContentLoaded", giveUp);
}
