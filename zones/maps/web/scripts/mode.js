// What the map shows while extents are compared or members are tried: said on the map, with its end.
import { byId, el, fill, icon } from "./dom.js";
import { endOf, nameText, number, t } from "./language.js";
import { commonYear, componentsOf, peopleAt, sidesNow, total } from "./members.js";
import { partPatch } from "./overlay.js";
import { state, tell } from "./state.js";

/** @param {Side} side */
function figuresNow({ members }) {
  const sides = sidesNow();
  const year = commonYear([...members, ...(sides?.first.members ?? [])]);
  return { members: members.size, people: total(members, (index) => peopleAt(index, year)), year, pieces: componentsOf(members) };
}

function endMode() {
  const back = state.tried ? "try-button" : "compare-button";
  Object.assign(state, { compared: null, tried: null });
  tell("sides");
  byId(back).focus();
}

export function buildMode() {
  const sides = sidesNow();
  const bar = byId("mode");
  bar.hidden = !sides;
  if (!sides) return void fill(bar);
  const { first, second, isTrial } = sides;
  const { members, people, year, pieces } = figuresNow(second);
  const ending = isTrial ? t("try_end") : t("compare_end");
  const words = isTrial
    ? [el("b", {}, `${nameText(first.group.short, 60)}: ${t("not_documented")}`), el("span", {}, [t("n_municipalities", { n: members }), people === null ? "" : `${number(people)} ${year === null ? t("people") : t("people_short", { date: endOf(year) })}`,
      pieces === null ? "" : t("n_parts", { n: pieces })].filter(Boolean).join(" · "))]
    : [el("span", {}, partPatch("first"), nameText(first.group.short, 40), first.group === second.group ? " A" : ""), el("span", {}, partPatch("second"), nameText(second.group.short, 40), first.group === second.group ? " B" : "")];
  fill(bar, el("div", {}, words), el("button", { type: "button", class: "icon", "aria-label": ending, title: ending, on: { click: endMode } }, icon("m5 5 10 10M15 5 5 15")));
}
