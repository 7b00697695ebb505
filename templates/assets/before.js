// Before anything is shown: that there are scripts, and the colours that the reader has chosen.
"use strict";
document.documentElement.classList.add("js");
// Browsers can forbid storage.
try {
  const theme = localStorage.getItem("variorum-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
