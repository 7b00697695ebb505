// What the pages can do better with a script. All of it works without, except copying.
"use strict";

// Browsers give pages the clipboard only over a safe connection.
if (navigator.clipboard) document.documentElement.classList.add("can-copy");

// Copies the code of the block that the button stands in, and says so in place of the button's name.
async function copyCode(button) {
  // Code with annotations is in several pieces.
  const pieces = [...(button.closest(".code-block")?.querySelectorAll("pre > code") ?? [])];
  const code = pieces.map((piece) => piece.textContent).join("");
  if (!code) return;
  await navigator.clipboard.writeText(code.replace(/\n$/, ""));
  button.dataset.name ??= button.getAttribute("aria-label");
  button.setAttribute("aria-label", document.body.dataset.copied);
  setTimeout(() => button.setAttribute("aria-label", button.dataset.name), 2000);
}

function closePickers(except) {
  for (const picker of document.querySelectorAll(".picker[open]")) {
    if (picker !== except) picker.open = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy");
  if (button) copyCode(button);
  closePickers(event.target.closest(".picker"));
});

document.addEventListener("keydown", (event) => {
  const picker = event.key === "Escape" && document.querySelector(".picker[open]");
  if (!picker) return;
  picker.open = false;
  picker.querySelector("summary").focus();
});

// Brings the current page into view in a long navigation, without moving the page itself.
const navigation = document.getElementById("theme-navigation");
const current = navigation?.querySelector("[aria-current]");
if (current) {
  const centre = () => {
    const offset = current.getBoundingClientRect().top - navigation.getBoundingClientRect().top;
    if (offset > navigation.clientHeight - 48) navigation.scrollTop += offset - navigation.clientHeight / 2;
  };
  centre();
  navigation.addEventListener("toggle", centre);
}

// A guide that was reached through a learning track goes on in that track alone.
const track = new URLSearchParams(location.search).get("learn");
const places = [...document.querySelectorAll("[data-track]")];
if (places.some((place) => place.dataset.track === track)) {
  for (const place of places) place.hidden = place.dataset.track !== track;
}
