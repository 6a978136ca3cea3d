// A button of the file list loads the page anew: what is typed in the form is kept first, and opened again after it.
const writing = document.querySelector("form[data-autosave]");
let typed = writing?.hasAttribute("data-unsaved") ?? false;
let underWay = false;
writing?.addEventListener("input", () => {
  typed = true;
});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!typed || !form.closest("#files") || form.matches("[data-drop]") || form.elements.draft) return;
  event.preventDefault();
  if (underWay) return;
  underWay = true;
  const kept = await keep().catch(() => false);
  underWay = false;
  if (!kept) return refuse();
  const draft = document.createElement("input");
  Object.assign(draft, { type: "hidden", name: "draft", value: "1" });
  form.append(draft);
  form.requestSubmit(event.submitter);
  draft.remove(); // Sent with it; a page that comes back with the browser's button keeps anew.
}, { capture: true });

async function keep() {
  const answer = await fetch(writing.dataset.autosave, { method: "POST", body: new FormData(writing), headers: { Accept: "application/json" }, redirect: "manual" });
  if (answer.ok) localStorage.removeItem(`prongsai:${writing.dataset.person}:${writing.dataset.work}`);
  return answer.ok;
}

// The file stays as it is, and so does the page with the text.
function refuse() {
  const state = document.querySelector("[data-save-state]");
  state.textContent = state.dataset[navigator.onLine ? "textRefused" : "textOffline"];
  state.dataset.state = "offline";
}
