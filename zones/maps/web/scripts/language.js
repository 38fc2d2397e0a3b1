// Words and numbers in the language of the reader.
const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
const OWN_NAMES = { fi: "Suomi", sv: "Svenska", en: "English" };
const formats = new Map();

function t(key, values = {}) {
  const words = data.texts[state.lang];
  let text = words[key];
  if (text === undefined && typeof values.n === "number") {
    const rule = new Intl.PluralRules(LOCALES[state.lang]).select(values.n);
    text = words[`${key}_${rule}`] ?? words[`${key}_other`];
  }
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}

// A word of a closed list (role, confidence, ...): the catalogue's own word where none is known.
const term = (list, word) => data.terms[state.lang][`${list}.${word}`] ?? word;

function number(value, digits = 0, options = {}) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const key = `${state.lang}/${digits}/${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(LOCALES[state.lang], {
      minimumFractionDigits: digits, maximumFractionDigits: digits, ...options,
    }));
  }
  return formats.get(key).format(value);
}

const percent = (value, digits = 1, sign = "auto") =>
  value === null || value === undefined
    ? "–"
    : number(value / 100, digits, { style: "percent", signDisplay: sign });

const range = (low, high, digits = 0) => `${number(low, digits)}–${number(high, digits)}`;

// Names: the language asked for, else Finnish (or whatever there is), marked with its language.
function nameOf(names) {
  for (const lang of [state.lang, "fi", "sv", "en"]) if (names[lang]) return { text: names[lang], lang };
  return { text: names.any ?? "", lang: null };
}

function nameNode(names, most) {
  const { text, lang } = nameOf(names);
  const fallback = lang && lang !== state.lang;
  return el(
    "bdi",
    { lang: fallback ? lang : null, class: fallback ? "foreign" : null, title: fallback ? t("name_only_in", { lang: t(`lang_${lang}`) }) : null },
    most ? shorten(text, most) : text,
  );
}

const unitName = (unit) => (state.lang === "fi" ? unit.fi : unit[state.lang] || unit.fi);

// Both national names, the reader's own first.
function unitNames(unit) {
  const shown = unitName(unit);
  return [shown, ...[unit.fi, unit.sv].filter((name) => name && name !== shown)]
    .filter((name, index, all) => all.indexOf(name) === index);
}

function translatePage() {
  document.documentElement.lang = state.lang;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const [attribute, name] of [["tLabel", "aria-label"], ["tTitle", "title"], ["tPlaceholder", "placeholder"]]) {
    const selector = attribute.replace("t", "data-t-").toLowerCase();
    for (const node of document.querySelectorAll(`[${selector}]`)) node.setAttribute(name, t(node.dataset[attribute]));
  }
  const title = nameOf(data.title);
  document.title = title.text;
  byId("title").textContent = shorten(title.text, 160);
  byId("subtitle").textContent = data.years.people
    ? t("subtitle", { division: String(data.years.division), people: t("end_of", { year: String(data.years.people) }), boundaries: String(data.years.boundaries) })
    : t("subtitle_own", { n: data.units.length });
}
