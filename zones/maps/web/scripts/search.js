// Search by any name, former name or code: a combobox with a spoken result.
function startSearch() {
  const input = byId("search");
  const list = byId("search-results");
  const index = [];
  for (const unit of data.units) {
    const names = new Set([unit.fi, unit.sv, unit.en, unit.code, unit.id].filter(Boolean));
    for (const name of names) index.push({ unit, name, key: fold(name), former: false });
    for (const name of unit.former) index.push({ unit, name, key: fold(name), former: true });
  }
  for (const group of data.groups) {
    for (const name of new Set([...Object.values(group.short), ...Object.values(group.names), ...group.aliases].filter(Boolean))) {
      index.push({ group, name, key: fold(name), former: false });
    }
  }
  let hits = [];
  let active = -1;

  const find = (text) => {
    const key = fold(text);
    if (!key) return [];
    // The name that the reader sees goes before the other names.
    const isShown = (entry) => !entry.former && entry.name === (entry.unit ? unitName(entry.unit) : nameOf(entry.group.short).text);
    const rank = (entry) => (entry.key === key ? 0 : entry.key.startsWith(key) ? 2 : entry.key.includes(key) ? 4 : 9) + (isShown(entry) ? 0 : 1);
    const seen = new Set();
    return index.map((entry) => ({ entry, rank: rank(entry) })).filter((hit) => hit.rank < 9)
      .sort((a, b) => a.rank - b.rank || a.entry.key.length - b.entry.key.length || (a.entry.key < b.entry.key ? -1 : 1))
      .filter(({ entry }) => {
        const target = entry.unit ?? entry.group;
        if (seen.has(target)) return false;
        seen.add(target);
        return true;
      }).slice(0, 8).map((hit) => hit.entry);
  };

  const show = () => {
    hits = find(input.value);
    active = hits.length ? 0 : -1;
    fill(list, hits.map((entry, place) => {
      const shown = entry.unit ? unitName(entry.unit) : nameOf(entry.group.short).text;
      const aside = entry.former ? t("former_of", { name: entry.name }) : entry.name !== shown ? shorten(entry.name, 40) : entry.unit ? entry.unit.id : t("group_hit");
      return el("li", { id: `hit-${place}`, role: "option", "aria-selected": String(place === active), on: { mousedown: (event) => { event.preventDefault(); take(place); } } },
        el("bdi", {}, shorten(shown, 60)), el("span", { class: "aside" }, aside));
    }));
    mark();
    if (input.value.trim()) byId("announce").textContent = t("n_hits", { n: hits.length });
    // Where nothing is found, the words are there to see as well.
    byId("announce").className = input.value.trim() && !hits.length ? "small none" : "visually-hidden";
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

  const close = () => { hits = []; active = -1; mark(); byId("announce").className = "visually-hidden"; };

  const take = (place) => {
    const entry = hits[place];
    if (!entry) return;
    input.value = entry.unit ? unitName(entry.unit) : nameOf(entry.group.short).text;
    close();
    if (entry.unit) {
      choose(entry.unit.index, { pan: true, speak: true });
    } else if (entry.group.extents.length) {
      state.shown.add(entry.group.id);
      refreshAll();
      fitGroup(entry.group);
      byId("announce").textContent = `${input.value}: ${t("n_municipalities", { n: extentOf(entry.group).units.length })}`;
    } else {
      byId("announce").textContent = `${input.value}: ${t("members_unknown")}`;
    }
  };

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!hits.length) show();
      else active = (active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (!hits.length) show();
      take(Math.max(active, 0));
      event.preventDefault();
    } else if (event.key === "Escape") {
      close();
    }
  });
}
