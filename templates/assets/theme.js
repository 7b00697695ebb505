// What the pages can do better with a script. All of it works without, except copying.
"use strict";

document.documentElement.classList.add("js");

// Copies the code that stands beside the button.
async function copyCode(button) {
  const code = button.parentElement.querySelector("code") || button.closest("figure, .code-extra")?.querySelector("code");
  if (!code || !navigator.clipboard) return;
  await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ""));
  const label = button.textContent;
  button.textContent = document.body.dataset.copied;
  button.disabled = true;
  setTimeout(() => {
    button.textContent = label;
    button.disabled = false;
  }, 2000);
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
