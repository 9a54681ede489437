// Loaded for everyone who is logged in: logging out sends what is still on the device first, answers and what was watched
// of films, and then leaves nothing of it, in this tab or another; half-filled forms go as well.
// What is of another person, who had this computer before, goes as soon as somebody else is logged in.
import { forgetAll, forgetOthers, kept, sendKept } from "./answer-queue.js";
import * as films from "./film-queue.js";
import * as drafts from "./form-drafts.js";

const LOSE =
  "Ostatnie odpowiedzi z testu są tylko na tym urządzeniu i nie można ich teraz wysłać. " +
  "Czy wylogować Cię i usunąć te odpowiedzi?";

const LOSE_FILMS =
  "Nie możemy teraz zapisać wszystkiego, co udało Ci się obejrzeć. Czy wylogować Cię mimo to? " +
  "Część filmu trzeba będzie obejrzeć ponownie.";

const LEFT = "wylogowano";
const { person } = document.querySelector("[data-account]").dataset;
forgetOthers(person);
films.forgetOthers(person);
drafts.forgetOthers(person);

function forget() {
  forgetAll();
  films.forgetAll();
  drafts.forgetAll();
}

// The other tabs are told when the server has answered: what they load then is nobody's any more.
function leave() {
  forget();
  addEventListener("pagehide", () => localStorage.setItem(LEFT, String(Date.now())));
}

addEventListener("storage", (event) => {
  if (event.key !== LEFT) return;
  forget();
  setTimeout(() => location.reload());
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches('form[action$="/logout/"]')) return;
  films.report();
  if (!kept(person).length && !films.kept(person).length) return leave();
  event.preventDefault();
  const token = form.elements.csrfmiddlewaretoken.value;
  if (!(await sendKept(person, token)) && !confirm(LOSE)) return;
  if (!(await films.sendKept(person, token)) && !confirm(LOSE_FILMS)) return;
  leave();
  form.submit();
});
