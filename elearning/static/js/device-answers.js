// Loaded for everyone who is logged in: logging out sends what is still on the device first, and then leaves nothing of it,
// in this tab or another.
// Answers of another person, who had this computer before, go as soon as somebody else is logged in.
import { forgetAll, forgetOthers, kept, sendKept } from "./answer-queue.js";

const LOSE =
  "Ostatnie odpowiedzi z testu są tylko na tym urządzeniu i nie można ich teraz wysłać. " +
  "Czy wylogować Cię i usunąć te odpowiedzi?";

const LEFT = "wylogowano";
const { person } = document.querySelector("[data-account]").dataset;
forgetOthers(person);

function leave() {
  forgetAll();
  localStorage.setItem(LEFT, String(Date.now())); // tells the other tabs
}

addEventListener("storage", (event) => {
  if (event.key === LEFT) setTimeout(() => location.reload());
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches('form[action$="/logout/"]')) return;
  if (!kept(person).length) return leave();
  event.preventDefault();
  const sent = await sendKept(person, form.elements.csrfmiddlewaretoken.value);
  if (!sent && !confirm(LOSE)) return;
  leave();
  form.submit();
});
