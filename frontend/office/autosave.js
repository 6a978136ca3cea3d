// Saves what is typed: first in this browser, then at the office. A lost connection loses no text.
const form = document.querySelector("form[data-autosave]");
if (form) start(form);

function start(form) {
  const key = `prongsai:${form.dataset.person}:${form.dataset.work}`;
  const state = document.querySelector("[data-save-state]");
  const words = state.dataset;
  let timer;
  let wait = 0;
  let sending = false;

  const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const keep = (rest = {}) => {
    try {
      localStorage.setItem(key, JSON.stringify({ base: form.dataset.base, at: new Date().toISOString(), fields: fields(), ...rest }));
    } catch {
      // No room, or storage is switched off: the office's copy alone has to do.
    }
  };
  const forget = () => localStorage.removeItem(key);
  const say = (text, kind) => {
    state.textContent = text;
    state.dataset.state = kind;
  };
  const clock = (moment) => moment.toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

  async function send(pairs = fields()) {
    const body = new FormData();
    for (const [name, value] of pairs) body.append(name, value);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") throw new Refused(words.textSignedOut);
    const report = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(report.why ?? words.textRefused);
    return report.saved_at;
  }

  async function save() {
    if (sending) return later(1000);
    sending = true;
    say(words.textSaving, "saving");
    try {
      const savedAt = await send();
      forget();
      wait = 0;
      say(`${words.textSaved} ${savedAt}`, "saved");
    } catch (problem) {
      if (problem instanceof Refused) return say(problem.message, "refused");
      wait = Math.min(wait ? wait * 2 : 3000, 30000);
      say(words.textOffline, "offline");
      later(wait);
    } finally {
      sending = false;
    }
  }
  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  form.addEventListener("input", () => {
    keep();
    say(words.textTyping, "typing");
    later(1500);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return;
    clearTimeout(timer);
    keep({ sent: true });
  });
  addEventListener("online", () => later(0));
  offer();

  // A copy from a lost connection is offered, never put in by itself.
  function offer() {
    const copy = JSON.parse(localStorage.getItem(key) ?? "null");
    if (!copy) return;
    const is_same = JSON.stringify(copy.fields.filter(shared)) === JSON.stringify(fields().filter(shared));
    if (is_same || (copy.sent && form.dataset.base !== copy.base)) return forget();
    const box = document.querySelector("[data-restore]");
    box.hidden = false;
    // What this browser holds is newer than what it sent to the office: one offer is enough.
    document.querySelector("[data-kept]")?.toggleAttribute("hidden", true);
    box.querySelector("[data-restore-at]").textContent = clock(new Date(copy.at));
    box.querySelector("[data-restore-yes]").addEventListener("click", async () => {
      try {
        await send(copy.fields);
        forget();
        location.assign(`${location.pathname}?draft=1`);
      } catch (problem) {
        say(problem instanceof Refused ? problem.message : words.textOffline, "offline");
      }
    });
    box.querySelector("[data-restore-no]").addEventListener("click", () => {
      forget();
      box.hidden = true;
    });
  }
}

function shared([name]) {
  return name !== "base_sequence";
}

class Refused extends Error {}
