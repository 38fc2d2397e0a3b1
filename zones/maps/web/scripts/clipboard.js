// Text to the clipboard, also of a page that was opened as a file.
import { el } from "./dom.js";

/** Copy text, by selecting it where the browser gives no clipboard; whether it worked. @param {string} text @param {HTMLElement} host */
export async function copyText(text, host) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { readonly: true, class: "visually-hidden" });
    area.value = text;
    host.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return copied;
  }
}

/** Copy a table for word processors and spreadsheets; as plain text where the browser takes no more. @param {string} text @param {string} markup @param {HTMLElement} host */
export async function copyTable(text, markup, host) {
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([markup], { type: "text/html" }),
    })]);
    return true;
  } catch {
    return copyText(text, host);
  }
}
