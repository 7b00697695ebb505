// What the preview adds to a page. A script of the old kind, as only those know their own element; the rest are modules.
"use strict";

{
  const { token } = document.currentScript.dataset;
  import("./page.js").then(({ start }) => start(token));
}
