// Many files at once, one request each: a file that fails is sent again, one that came in before is not.
// While the machine reads, its progress is asked for; what is typed in a row is kept at the office.
import { Sending, onFiles } from "./sending.js";

const TOGETHER = 2;
const PAUSE = 3000;

const underWay = new WeakMap();
onFiles("[data-intake]", (zone, files) => {
  zone.querySelector("[data-intake-go-on]")?.remove();
  if (!underWay.has(zone)) underWay.set(zone, begin(zone));
  underWay.get(zone).add(files);
});
const batch = document.querySelector("[data-intake-batch]");
if (batch) follow(batch);
document.addEventListener("change", keepTyped);

function begin(zone) {
  // The first file alone: it opens the batch that the others join.
  let address = "";
  const sending = new Sending(zone, {
    together: TOGETHER,
    known: (file) => known(zone, file),
    fields: () => ["csrfmiddlewaretoken", "batch", "unit"].map((name) => [name, zone.elements[name].value]),
    taken: (taken) => (address ||= taken.batch),
    ended: () => {
      if (address && !sending.refused) location.assign(address);
      else if (address) offer(sending.list, address);
    },
  });
  return sending;
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

function offer(list, address) {
  const line = document.createElement("li");
  line.dataset.intakeGoOn = "yes";
  const link = Object.assign(document.createElement("a"), { href: address, className: "ds-link", textContent: list.dataset.textGoOn });
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
