// What the colours mean, and how many people live where.
function buildLegend() {
  const box = byId("legend");
  if (state.view === "groups") {
    const shown = shownGroups();
    const striped = groupsByUnit().some((groups) => groups.length > 1);
    fill(box, el("ul", { class: "legend plain chips" },
      shown.map((group) => el("li", {}, el("span", { class: "patch", style: { background: colourOf(group) } }), nameNode(group.short, 60))),
      el("li", {}, el("span", { class: "patch", style: { background: base().unit } }), el("span", {}, t("in_no_group")))),
      striped ? el("p", { class: "small" }, layers.canvas ? t("view_groups_canvas") : t("view_groups_note")) : null);
    return;
  }
  const { view } = state;
  const counts = new Array(LIMITS[view].length + 1).fill(0);
  let unknown = 0;
  for (const unit of data.units) {
    const rank = classOf(valueOf(unit, view), view);
    if (rank === null) unknown += 1;
    else counts[rank] += 1;
  }
  const limits = LIMITS[view];
  const write = (value) => (view === "change" ? number(value, 0, { signDisplay: "exceptZero" }) : number(value));
  const words = (rank) => (rank === 0 ? t("under", { value: write(limits[0]) }) : rank === limits.length ? t("at_least", { value: write(limits[rank - 1]) }) : write(limits[rank - 1]) + (view === "change" ? " – " : "–") + write(limits[rank]));
  fill(box,
    el("p", { class: "legend-title" }, t(`legend_${view}`)),
    el("ul", { class: "legend plain two" },
      counts.map((count, rank) => el("li", {}, el("span", { class: "patch", style: { background: rampOf(view)[rank] } }), el("span", {}, words(rank)), el("span", { class: "count" }, number(count)))),
      unknown ? el("li", {}, el("span", { class: "patch", style: { background: base().unit } }), el("span", {}, t("no_figure")), el("span", { class: "count" }, number(unknown))) : null),
    el("p", { class: "small" }, t("legend_note")));
}

// Who lives where: only in A, in A and B, only in B.
function buildOverlap() {
  byId("overlap").parentElement.hidden = data.groups.length === 0;
  const shown = shownGroups();
  const found = groupsByUnit();
  const mixes = new Map();
  found.forEach((groups, index) => {
    if (!groups.length) return;
    const key = groups.map((group) => group.index).join("-");
    if (!mixes.has(key)) mixes.set(key, { groups, units: 0, people: 0 });
    const mix = mixes.get(key);
    mix.units += 1;
    mix.people += data.units[index].people ?? 0;
  });
  const parts = [...mixes.values()].sort((a, b) => a.groups[0].index - b.groups[0].index || a.groups.length - b.groups.length);
  const total = sum(parts, (part) => part.people);
  const several = parts.filter((part) => part.groups.length > 1);
  const name = (group) => nameNode(group.short, 40);
  const words = (part) => (part.groups.length === 1
    ? [several.some((other) => other.groups.includes(part.groups[0])) ? `${t("only")} ` : "", name(part.groups[0])]
    : part.groups.flatMap((group, place) => (place ? [" + ", name(group)] : [name(group)])));
  const most = parts.length > 14 ? [...parts].sort((a, b) => b.people - a.people).slice(0, 14) : parts;
  fill(byId("overlap"),
    data.zones_apart ? el("p", { class: "apart" }, t("zones_apart", { n: data.zones.length })) : null,
    shown.length === 0 ? el("p", { class: "small" }, t("nothing_shown")) : [
      el("div", { class: "bar", "aria-hidden": "true" }, parts.map((part) => el("span", { style: { "flex-grow": String(Math.max(part.people, total * 0.004)), background: stripesCss(part.groups) } }))),
      el("ul", { class: "legend plain" }, most.map((part) => el("li", {},
        el("span", { class: "patch", style: { background: stripesCss(part.groups) } }), el("span", {}, words(part)),
        el("span", { class: "count", title: t("n_municipalities", { n: part.units }) }, number(part.people), el("span", { class: "bounds" }, ` ${percent(total ? (100 * part.people) / total : 0)}`))))),
      parts.length > most.length ? el("p", { class: "small" }, t("and_more", { n: parts.length - most.length })) : null,
      el("p", { class: "small" }, several.length ? t("overlap_note", { n: sum(several, (part) => part.units) }) : shown.length > 1 ? t("no_overlap") : "", " ", t("newest_people")),
    ]);
}
