// The search box: a combobox with a spoken result.
import { choose, chooseGroup } from "./chosen.js";
import { data } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { entriesOf, findEntries } from "./finding.js";
import { nameText, t, unitName } from "./language.js";
import { state, tell } from "./state.js";
import { shorten } from "./text.js";

/** @param {Entry} entry */
const shownName = ({ unit, group }) => (unit ? unitName(unit) : nameText(group.short));

/** Why an entry was found, where its own name does not say it. @param {Entry} entry */
function asideOf(entry) {
  if (entry.kind === "former") return t("former_of", { name: entry.name });
  if (entry.kind === "place") return t("place_hit", { name: shorten(entry.name, 40) });
  if (entry.name !== shownName(entry)) return shorten(entry.name, 40);
  return entry.unit?.id ?? t("group_hit");
}

export function startSearch() {
  /** @type {HTMLInputElement} */
  const input = byId("search");
  const list = byId("search-results");
  const spoken = byId("announce");
  const entries = entriesOf(data.units, data.groups);
  /** @type {Entry[]} */
  let hits = [];
  let active = -1;

  const show = () => {
    hits = findEntries(entries, input.value, shownName);
    active = hits.length ? 0 : -1;
    fill(list, hits.map((entry, place) => el("li", { id: `hit-${place}`, role: "option", on: { mousedown: (/** @type {Event} */ event) => { event.preventDefault(); take(place); } } },
      el("bdi", {}, shorten(shownName(entry), 60)), el("span", { class: "aside" }, asideOf(entry)))));
    mark();
    if (input.value.trim()) spoken.textContent = t("n_hits", { n: hits.length });
    // Where nothing is found, the words are there to see as well.
    spoken.className = input.value.trim() && !hits.length ? "small none" : "visually-hidden";
  };

  const mark = () => {
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const close = () => { hits = []; active = -1; mark(); spoken.className = "visually-hidden"; };

  /** @param {number} place */
  const take = (place) => {
    const entry = hits[place];
    if (!entry) return;
    const { unit, group } = entry;
    input.value = shownName(entry);
    close();
    if (unit) {
      choose(unit.index, { pan: true, speak: true });
    } else if (group.extents.length) {
      state.shown.add(group.id);
      tell("all");
      chooseGroup(group.index);
    } else {
      chooseGroup(group.index, { still: true });
    }
  };

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && hits.length) {
      // The list alone closes; a sheet that is open stays.
      event.stopPropagation();
      close();
    }
    if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    if (!hits.length) show();
    else if (event.key !== "Enter") active = (active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
    if (event.key === "Enter") take(Math.max(active, 0));
    else mark();
    event.preventDefault();
  });
}
