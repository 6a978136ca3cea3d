// What is ticked in a table keeps itself, as the boxes on a page do: whoever turns to further rows loses no tick.
const form = document.querySelector("form#redaction:not([data-redacting])");
if (form) {
  const status = document.querySelector("[data-redact-status]");
  let dirty = false;
  let timer;
  const say = (text, state) => {
    status.textContent = text;
    status.dataset.state = state;
  };
  const send = (rest = {}) => fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual", ...rest });
  async function save() {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    say(status.dataset.textSaving, "saving");
    try {
      const answer = await send();
      if (answer.type === "opaqueredirect") return say(status.dataset.textSignedOut, "refused");
      const report = await answer.json().catch(() => ({}));
      if (answer.ok) say(`${status.dataset.textSaved} ${report.saved_at}`, "saved");
      else say(report.why ?? status.dataset.textOffline, "refused");
    } catch {
      dirty = true;
      say(status.dataset.textOffline, "offline");
      timer = setTimeout(save, 5000);
    }
  }
  form.addEventListener("change", (event) => {
    if (event.target.name !== "box") return;
    dirty = true;
    say(status.dataset.textTyping, "typing");
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
  });
  for (const link of document.querySelectorAll('main a[href^="?"]')) {
    link.addEventListener("click", async (event) => {
      if (!dirty) return;
      event.preventDefault();
      await save();
      location.assign(link.href);
    });
  }
  addEventListener("pagehide", () => dirty && send({ keepalive: true }));
}
