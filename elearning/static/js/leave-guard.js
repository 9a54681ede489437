// Before a half-filled form is left by a link or by going back, the browser asks: what was typed is nowhere else.
const form = document.querySelector("[data-fill]");
let isChanged = "changed" in form.dataset;
let isSending = false;

for (const kind of ["input", "change"]) {
  form.addEventListener(kind, () => {
    isChanged = true;
  });
}

// A form that is sent may bring a file, after which this page is still there.
addEventListener("submit", () => {
  isSending = true;
  setTimeout(() => {
    isSending = false;
  }, 5000);
});

addEventListener("beforeunload", (event) => {
  if (isChanged && !isSending) event.preventDefault();
});
