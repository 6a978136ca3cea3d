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
  const status = zone.querySelector("[data-intake-status]");
  const waiting = files.map((file) => ({ file, line: row(list, file.name, zone.dataset.textWaiting) }));
  const outcome = { batch: "", refused: 0, done: 0 };
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await one(zone, next, outcome);
      outcome.done += 1;
      status.textContent = `${zone.dataset.textDone} ${outcome.done}/${files.length}`;
    }
  };
  // The first one alone: it opens the batch that the others join.
  if (waiting.length) await one(zone, waiting.shift(), outcome).then(() => (outcome.done += 1));
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  if (outcome.batch && !outcome.refused) location.assign(outcome.batch);
  else if (outcome.batch) offer(list, outcome.batch, zone);
}

async function one(zone, { file, line }, outcome) {
  try {
    const taken = (await known(zone, file)) ?? (await sent(zone, file, line));
    outcome.batch ||= taken.batch;
    if (taken.refusal) refuse(line, taken.refusal, outcome);
    else say(line, taken.is_known ? zone.dataset.textThere : zone.dataset.textDone, 1);
  } catch (problem) {
    refuse(line, problem instanceof SignedOut ? zone.dataset.textSignedOut : zone.dataset.textFailed, outcome);
  }
}

function refuse(line, text, outcome) {
  outcome.refused += 1;
  line.classList.add("ds-validation-message");
  line.querySelector("progress").remove();
  line.querySelector("span").textContent = text;
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

async function sent(zone, file, line) {
  for (let attempt = 1; ; attempt += 1) {
    say(line, attempt === 1 ? zone.dataset.textSending : zone.dataset.textAgain, 0);
    try {
      const report = await send(zone, file, line.querySelector("progress"));
      return report.taken[0];
    } catch (problem) {
      if (problem instanceof SignedOut || attempt === ATTEMPTS) throw problem;
      await new Promise((go) => setTimeout(go, Math.min(500 * 2 ** attempt, 15000)));
    }
  }
}

function send(zone, file, bar) {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "batch", "unit"]) body.append(name, zone.elements[name].value);
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", zone.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.total ? event.loaded / event.total : 0;
    });
    request.addEventListener("load", () => {
      if (request.response?.taken) resolve(request.response);
      // Anything but an answer of ours, such as the sign-in page, will not change by asking again.
      else reject(request.status < 500 ? new SignedOut() : new Error(request.status));
    });
    request.addEventListener("error", () => reject(new Error("offline")));
    request.send(body);
  });
}

class SignedOut extends Error {}

function row(list, name, text) {
  const line = document.createElement("li");
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", name);
  line.append(`${name} `, document.createElement("span"), bar);
  line.querySelector("span").textContent = text;
  list.append(line);
  return line;
}

function say(line, text, part) {
  line.querySelector("span").textContent = text;
  line.querySelector("progress").value = part;
}

function offer(list, address, zone) {
  const line = document.createElement("li");
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
