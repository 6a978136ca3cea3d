// Many files at once, one request each: a file that fails is sent again, one that came in before is not.
// While the machine reads, its progress is asked for; what is typed in a row is kept at the office.
const TOGETHER = 2;
const ATTEMPTS = 6;
const PAUSE = 3000;

for (const zone of document.querySelectorAll("[data-intake]")) start(zone);
const batch = document.querySelector("[data-intake-batch]");
if (batch) follow(batch);
document.addEventListener("change", keepTyped);

function start(zone) {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset.over = "yes";
  });
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) delete zone.dataset.over;
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    bringIn(zone, [...event.dataTransfer.files]);
  });
  zone.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    bringIn(zone, [...zone.elements.files.files]);
  });
}

async function bringIn(zone, files) {
  const list = zone.querySelector("[data-intake-progress]");
  const outcome = zone.outcome ??= { batch: "", refused: 0, done: 0, all: 0, waiting: [], workers: 0 };
  list.querySelector("[data-intake-go-on]")?.remove();
  for (const file of files) outcome.waiting.push({ file, line: row(zone, list, file) });
  outcome.all += files.length;
  zone.elements.files.value = "";
  // The first one alone: it opens the batch that the others join.
  if (!outcome.batch && !outcome.workers) await work(zone, outcome, 1);
  await Promise.all(Array.from({ length: TOGETHER - outcome.workers }, () => work(zone, outcome)));
  if (outcome.workers || outcome.waiting.length) return;
  if (outcome.batch && !outcome.refused) location.assign(outcome.batch);
  else if (outcome.batch) offer(list, outcome.batch, zone);
}

async function work(zone, outcome, most = Infinity) {
  const status = zone.querySelector("[data-intake-status]");
  outcome.workers += 1;
  for (let count = 0; count < most && outcome.waiting.length; count += 1) {
    await one(zone, outcome.waiting.shift(), outcome);
    status.textContent = `${zone.dataset.textDone} ${outcome.done}/${outcome.all}`;
  }
  outcome.workers -= 1;
}

async function one(zone, next, outcome) {
  const { file, line } = next;
  if (line.dataset.cancelled) return;
  if (file.size > Number(zone.dataset.limit)) return refuse(next, zone.dataset.textTooLarge, outcome);
  try {
    const taken = (await known(zone, file)) ?? (await sent(zone, next));
    outcome.batch ||= taken.batch;
    if (taken.refusal) return refuse(next, taken.refusal, outcome);
    outcome.done += 1;
    say(line, taken.is_known ? zone.dataset.textThere : zone.dataset.textDone, 1);
    line.querySelector("button").remove();
  } catch (problem) {
    if (problem instanceof Cancelled) return;
    refuse(next, problem instanceof SignedOut ? zone.dataset.textSignedOut : zone.dataset.textFailed, outcome);
    again(zone, next, outcome);
  }
}

function refuse({ line }, text, outcome) {
  outcome.refused += 1;
  line.classList.add("ds-validation-message");
  line.querySelector("progress").hidden = true;
  line.querySelector("button").remove();
  line.querySelector("span").textContent = text;
}

// Whoever has lost the connection for long tries again when it is back, without choosing the file anew.
function again(zone, { file, line }, outcome) {
  line.append(button(zone.dataset.textTryAgain, file.name, () => {
    outcome.refused -= 1;
    outcome.all -= 1;
    line.remove();
    bringIn(zone, [file]);
  }));
}

// Only over a safe connection can a browser tell what bytes it holds; without, everything is sent.
async function known(zone, file) {
  if (!crypto.subtle || !file.size) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer()).catch(() => null);
  if (!digest) return null;
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const query = new URLSearchParams({ unit: zone.elements.unit.value, sha256 });
  const answer = await fetch(`${zone.dataset.known}?${query}`, { redirect: "manual" }).catch(() => null);
  return answer?.ok ? (await answer.json()).known : null;
}

async function sent(zone, { file, line }) {
  for (let attempt = 1; ; attempt += 1) {
    say(line, attempt === 1 ? zone.dataset.textSending : zone.dataset.textAgain, 0);
    try {
      const report = await send(zone, file, line);
      return report.taken[0];
    } catch (problem) {
      if (problem instanceof SignedOut || problem instanceof Cancelled || attempt === ATTEMPTS) throw problem;
      await new Promise((go) => setTimeout(go, Math.min(500 * 2 ** attempt, 15000)));
      if (line.dataset.cancelled) throw new Cancelled();
    }
  }
}

function send(zone, file, line) {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "batch", "unit"]) body.append(name, zone.elements[name].value);
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", zone.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      const part = event.total ? event.loaded / event.total : 0;
      say(line, `${zone.dataset.textSending} ${Math.floor(part * 100)}%`, part);
    });
    request.addEventListener("load", () => {
      if (request.response?.taken) resolve(request.response);
      // Anything but an answer of ours, such as the sign-in page, will not change by asking again.
      else reject(request.status < 500 ? new SignedOut() : new Error(request.status));
    });
    request.addEventListener("error", () => reject(new Error("offline")));
    request.addEventListener("abort", () => reject(new Cancelled()));
    line.addEventListener("cancel", () => request.abort(), { once: true });
    request.send(body);
  });
}

class Cancelled extends Error {}
class SignedOut extends Error {}

function row(zone, list, file) {
  const line = document.createElement("li");
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  line.append(`${file.name} `, document.createElement("span"), bar);
  line.append(button(zone.dataset.textCancel, file.name, () => cancel(zone, line)));
  line.querySelector("span").textContent = zone.dataset.textWaiting;
  list.append(line);
  return line;
}

function button(text, name, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "ds-button", textContent: text });
  Object.assign(made.dataset, { variant: "tertiary", size: "sm" });
  made.setAttribute("aria-label", `${text} ${name}`);
  made.addEventListener("click", act);
  return made;
}

function cancel(zone, line) {
  line.dataset.cancelled = "yes";
  line.dispatchEvent(new Event("cancel"));
  zone.outcome.all -= 1;
  say(line, zone.dataset.textCancelled, 0);
  line.querySelector("progress").hidden = true;
  line.querySelector("button").remove();
  // The button that had the focus is gone.
  line.tabIndex = -1;
  line.focus();
}

function say(line, text, part) {
  line.querySelector("span").textContent = text;
  line.querySelector("progress").value = part;
}

function offer(list, address, zone) {
  const line = document.createElement("li");
  line.dataset.intakeGoOn = "yes";
  const link = Object.assign(document.createElement("a"), { href: address, className: "ds-link", textContent: zone.dataset.textGoOn });
  line.append(link);
  list.append(line);
  link.focus();
}

async function follow(batch) {
  const states = () => [...batch.querySelectorAll("[data-state=reading]")];
  while (states().length) {
    await new Promise((go) => setTimeout(go, PAUSE));
    const answer = await fetch(batch.dataset.intakeBatch, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) continue;
    const { arrivals } = await answer.json();
    const told = new Map(arrivals.map((each) => [each.ref, each]));
    const read = states().filter((line) => show(line, told.get(line.dataset.arrival)));
    if (read.length) await refresh(read);
  }
  const status = document.querySelector("[data-read-status]");
  if (status) status.textContent = status.dataset.textDone;
}

// True when it is read: the row has to be fetched anew.
function show(line, told) {
  if (!told || told.state !== "reading") return Boolean(told);
  line.querySelector("[data-words]").textContent = told.words;
  line.querySelector("progress").value = told.percent;
  return false;
}

async function refresh(lines) {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const line of lines) {
    const fresh = page.getElementById(line.id);
    if (fresh) line.replaceWith(fresh);
    else line.remove();
  }
}

async function keepTyped(event) {
  const form = event.target.form;
  if (!form?.dataset.keep) return;
  const note = form.querySelector("[data-kept]");
  const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
  note.hidden = !answer?.ok;
}
