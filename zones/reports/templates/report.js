// @ts-check
/** Languages, theme and the chapter in sight. The page is whole without it. */
(() => {
  const NAMES = { fi: "Suomi", sv: "Svenska", en: "English" };
  const root = document.documentElement;
  const place = /** @type {HTMLElement} */ (document.getElementById("page"));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const first = root.lang;
  /** @type {Record<string, { title: string, body: string }>} */
  const editions = { [first]: { title: document.title, body: place.innerHTML } };
  const drawn = [...place.querySelectorAll("img")].map((one) => one.getAttribute("src") ?? "");
  const shared = drawn.map((src) => src.slice("data:image/svg+xml,".length));

  /** @param {string} lang */
  function edition(lang) {
    if (!editions[lang]) {
      const kept = JSON.parse(document.getElementById(`page-${lang}`)?.textContent ?? "");
      // What an image has in common with the same one of the first language is kept there alone.
      kept.body = kept.body.replace(
        /(src="data:image\/svg\+xml,)=(\d+):(\d+):(\d+):([^"]*)/g,
        (/** @type {string[]} */ ...[, head, at, start, end, between]) => {
          const whole = shared[Number(at)];
          return head + whole.slice(0, Number(start)) + between + whole.slice(whole.length - Number(end));
        },
      );
      editions[lang] = kept;
    }
    return editions[lang];
  }

  /** @param {string} lang */
  function speak(lang) {
    const { title, body } = edition(lang);
    // The reader stays at the part that is in sight.
    const part = passed().at(-1);
    const off = part ? part.getBoundingClientRect().top : 0;
    const y = scrollY;
    root.lang = lang;
    document.title = title;
    place.innerHTML = body;
    furnish();
    const same = part && document.getElementById(part.id);
    scrollTo({ top: same ? scrollY + same.getBoundingClientRect().top - off : y, behavior: "instant" });
    mark();
  }

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

  /** Make what only a script can serve. */
  function furnish() {
    const bar = /** @type {HTMLElement} */ (place.querySelector(".controls"));
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", bar.dataset.language ?? "");
    for (const [lang, name] of Object.entries(NAMES)) {
      if (lang !== first && !document.getElementById(`page-${lang}`)) continue;
      const button = made(name, lang === root.lang, () => {
        speak(lang);
        /** @type {HTMLElement | null} */ (place.querySelector(`.controls [lang=${lang}]`))?.focus({ preventScroll: true });
      });
      button.lang = lang;
      group.append(button);
    }
    const theme = made(bar.dataset.dark ?? "", isDark(), () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      theme.setAttribute("aria-pressed", String(isDark()));
    });
    bar.replaceChildren(group, theme);
  }

  /**
   * @param {string} name
   * @param {boolean} pressed
   * @param {() => void} act
   */
  function made(name, pressed, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-pressed", String(pressed));
    button.addEventListener("click", act);
    return button;
  }

  /** @returns {HTMLAnchorElement[]} */
  const links = () => [...place.querySelectorAll(/** @type {"a"} */ (".contents a"))];
  /** The parts that the contents lead to and whose beginning is at or above the top. */
  function passed() {
    const parts = links().flatMap((link) => document.getElementById(link.hash.slice(1)) ?? []);
    return parts.filter((part) => part.getBoundingClientRect().top < 140);
  }

  /** Mark in the contents what is in sight. */
  function mark() {
    const id = passed().at(-1)?.id;
    for (const link of links()) {
      const here = link.hash === `#${id}`;
      if (here === link.hasAttribute("aria-current")) continue;
      if (!here) link.removeAttribute("aria-current");
      else {
        link.setAttribute("aria-current", "true");
        const list = /** @type {HTMLElement} */ (link.closest(".contents"));
        const top = /** @type {HTMLElement} */ (link.closest(".contents > ul > li"));
        list.scrollTo({ left: top.offsetLeft - 16, top: link.offsetTop - list.clientHeight / 2 });
      }
    }
    for (const zone of place.querySelectorAll(".contents .zone")) {
      zone.classList.toggle("open", zone.querySelector("[aria-current]") !== null);
    }
  }

  /** Speak the language that the address asks for, as that of the map does. @param {string[]} parts */
  function heed(...parts) {
    const asked = parts.map((part) => new URLSearchParams(part.slice(1)).get("lang"));
    const wished = asked.find((lang) => lang && (lang === first || document.getElementById(`page-${lang}`)));
    if (!wished || wished === root.lang) return false;
    speak(wished);
    return true;
  }

  let due = 0;
  addEventListener("scroll", () => { due ||= requestAnimationFrame(() => { due = 0; mark(); }); }, { passive: true });
  addEventListener("hashchange", () => { if (!heed(location.hash)) mark(); });
  dark.addEventListener("change", furnish);
  root.classList.add("lively");
  furnish();
  if (!heed(location.hash, location.search)) mark();
})();
