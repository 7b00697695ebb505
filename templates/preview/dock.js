// The corner of the page that belongs to the preview: a shadow tree, so that neither style reaches the other.
import { element } from "./elements.js";
import { tag } from "./words.js";

/** Adds the tree to the page. It is shown when its style has arrived. */
export function createDock() {
  const host = element("variorum-preview", { lang: tag, dir: "ltr" });
  const root = host.attachShadow({ mode: "open" });
  const style = element("link", { rel: "stylesheet", href: "/_variorum/client.css" });
  const inside = element("div", { class: "dock", hidden: true });
  style.addEventListener("load", () => (inside.hidden = false));
  root.append(style, inside);
  followTheme(host);
  document.body.append(host);
  return inside;
}

// The reader's choice of colours, where the theme has one.
function followTheme(host) {
  const { documentElement } = document;
  const follow = () => {
    const { theme } = documentElement.dataset;
    if (theme) host.dataset.theme = theme;
    else delete host.dataset.theme;
  };
  follow();
  new MutationObserver(follow).observe(documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}

/** Keeps as much of the page's foot free as `box` takes of the window. */
export function keepFootFree(box) {
  const { body, documentElement } = document;
  const own = parseFloat(getComputedStyle(body).paddingBottom) || 0;
  const keep = () => {
    const height = Math.ceil(box.getBoundingClientRect().height);
    body.style.paddingBottom = `${own + height}px`;
    documentElement.style.scrollPaddingBottom = `${height + 8}px`;
    // The theme keeps what it fixes to the foot of the window above this.
    documentElement.style.setProperty("--foot", `${height}px`);
  };
  new ResizeObserver(keep).observe(box);
}
