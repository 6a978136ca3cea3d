// Files to the office, one request each: how far it is, cancel, again after a lost line, and a word at once about what
// would be refused anyway. Every form that takes files uses this; its list (office/parts/sending.html) holds the words.
const ATTEMPTS = 6;

class Cancelled extends Error {}
class SignedOut extends Error {}

// By drop and by the form's own button; also in forms that come into the page later.
export function onFiles(selector, act) {
  const zoneOf = (event) => event.target.closest?.(selector);
  document.addEventListener("dragover", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.dataset.over = "yes";
  });
  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) delete zone.dataset.over;
  });
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    delete zone.dataset.over;
    act(zone, [...event.dataTransfer.files]);
  });
  document.addEventListener("submit", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    event.stopPropagation();
    act(zone, [...zone.elements.files.files]);
    zone.elements.files.value = "";
  }, { capture: true });
}

// `fields(entry)` is what goes with a file (its `slot` is of the first of those added together), `known(file)` tells what is
// there already, `taken` hears what came in; `ended` is called whenever nothing is left to do. `together` are sent at once; the very first goes alone.
export class Sending {
  constructor(zone, { fields, taken, ended, known = async () => null, together = 1 }) {
    Object.assign(this, { zone, fields, taken, ended, known, together });
    this.list = zone.querySelector("[data-sending]");
    this.status = zone.querySelector("[data-sending-status]");
    this.texts = this.list.dataset;
    this.waiting = [];
    this.workers = this.done = this.all = this.refused = 0;
  }

  async add(files, slot = "") {
    this.waiting.push(...files.map((file, place) => ({ file, line: this.#row(file), slot: place ? "" : slot })));
    this.all += files.length;
    await this.#go();
  }

  async #go() {
    while (!this.done && !this.workers && this.waiting.length) await this.#work(1);
    await Promise.all(Array.from({ length: Math.max(0, this.together - this.workers) }, () => this.#work()));
    if (!this.workers && !this.waiting.length) this.ended();
  }

  async #work(most = Infinity) {
    this.workers += 1;
    for (let count = 0; count < most && this.waiting.length; count += 1) {
      await this.#one(this.waiting.shift());
      this.status.textContent = `${this.texts.textDone} ${this.done}/${this.all}`;
    }
    this.workers -= 1;
  }

  async #one(entry) {
    const { file, line } = entry;
    if (line.dataset.cancelled) return;
    if (file.size > Number(this.texts.limit)) return this.#refuse(entry, this.texts.textTooLarge);
    try {
      const taken = (await this.known(file)) ?? (await this.#sent(entry));
      this.taken(taken);
      if (taken.refusal) return this.#refuse(entry, taken.refusal);
      this.done += 1;
      say(line, taken.is_known ? this.texts.textThere : this.texts.textDone, 1);
      line.dataset.sent = "yes";
      line.querySelector("button")?.remove();
    } catch (problem) {
      if (problem instanceof Cancelled) return;
      this.#refuse(entry, problem instanceof SignedOut ? this.texts.textSignedOut : this.texts.textFailed);
      this.#offerAgain(entry);
    }
  }

  async #sent(entry) {
    for (let attempt = 1; ; attempt += 1) {
      if (entry.line.dataset.cancelled) throw new Cancelled();
      say(entry.line, attempt === 1 ? this.texts.textSending : this.texts.textAgain, 0);
      try {
        return await this.#send(entry);
      } catch (problem) {
        if (problem instanceof SignedOut || problem instanceof Cancelled || attempt === ATTEMPTS) throw problem;
        await new Promise((go) => setTimeout(go, Math.min(500 * 2 ** attempt, 15000)));
      }
    }
  }

  #send(entry) {
    const { file, line } = entry;
    return new Promise((resolve, reject) => {
      const body = new FormData();
      for (const [name, value] of this.fields(entry)) body.append(name, value);
      body.append("files", file);
      const request = new XMLHttpRequest();
      request.open("POST", this.zone.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        const part = event.total ? event.loaded / event.total : 0;
        say(line, `${this.texts.textSending} ${Math.floor(part * 100)}%`, part);
      });
      request.upload.addEventListener("load", () => {
        say(line, this.texts.textChecking, 1);
        // The office has all of it: there is nothing left to cancel.
        line.querySelector("button")?.remove();
      });
      request.addEventListener("load", () => {
        if (request.response?.taken) resolve(request.response.taken[0]);
        // Anything but an answer of ours, such as the sign-in page, will not change by asking again.
        else reject(request.status < 500 ? new SignedOut() : new Error(request.status));
      });
      request.addEventListener("error", () => reject(new Error("offline")));
      request.addEventListener("abort", () => reject(new Cancelled()));
      line.addEventListener("cancel", () => request.abort(), { once: true });
      request.send(body);
    });
  }

  #refuse({ line }, text) {
    this.refused += 1;
    line.classList.add("ds-validation-message");
    line.querySelector("progress").hidden = true;
    line.querySelector("button")?.remove();
    line.querySelector("span").textContent = text;
    line.tabIndex = -1;
  }

  // Whoever has lost the connection for long tries again when it is back, without choosing the file anew.
  #offerAgain(entry) {
    entry.line.append(button(this.texts.textTryAgain, entry.file.name, () => {
      this.refused -= 1;
      const line = this.#row(entry.file);
      entry.line.replaceWith(line);
      this.waiting.push({ ...entry, line });
      line.tabIndex = -1;
      line.focus();
      this.#go();
    }));
  }

  #row(file) {
    const line = document.createElement("li");
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    line.append(`${file.name} `, document.createElement("span"), bar);
    line.append(button(this.texts.textCancel, file.name, () => this.#cancel(line)));
    line.querySelector("span").textContent = this.texts.textWaiting;
    this.list.append(line);
    return line;
  }

  #cancel(line) {
    line.dataset.cancelled = "yes";
    line.tabIndex = -1;
    line.dispatchEvent(new Event("cancel"));
    this.all -= 1;
    say(line, this.texts.textCancelled, 0);
    line.querySelector("progress").hidden = true;
    line.querySelector("button").remove();
    // The button that had the focus is gone.
    line.focus();
  }
}

function button(text, name, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "ds-button", textContent: text });
  Object.assign(made.dataset, { variant: "tertiary", size: "sm" });
  made.setAttribute("aria-label", `${text} ${name}`);
  made.addEventListener("click", act);
  return made;
}

function say(line, text, part) {
  line.querySelector("span").textContent = text;
  line.querySelector("progress").value = part;
}
