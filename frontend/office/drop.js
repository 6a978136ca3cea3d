// Files by drag and drop, with progress; the same form sends them without script.
import "./rescue.js";

document.addEventListener("dragover", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.dataset.over = "yes";
});
document.addEventListener("dragleave", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (zone && !zone.contains(event.relatedTarget)) delete zone.dataset.over;
});
document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  delete zone.dataset.over;
  upload(zone, [...event.dataTransfer.files]);
});
document.addEventListener("submit", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  upload(zone, [...zone.elements.files.files]);
}, { capture: true });

async function upload(zone, files) {
  const list = zone.querySelector("[data-progress]");
  let slot = zone.elements.slot.value;
  const refused = [];
  let newest;
  for (const file of files) {
    const line = row(list, file.name);
    const taken = await send(zone, file, slot, line.querySelector("progress")).catch(() => ({ name: file.name, refusal: list.dataset.textOffline }));
    slot = "";
    line.remove();
    if (taken.refusal) refused.push(taken);
    else newest = taken.slot;
  }
  await refresh(refused, newest);
}

function row(list, name) {
  const line = document.createElement("li");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  line.append(name, bar);
  list.append(line);
  return line;
}

function send(zone, file, slot, bar) {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", zone.elements.csrfmiddlewaretoken.value);
    body.append("slot", slot);
    if (zone.elements.keeps_original?.checked) body.append("keeps_original", "yes");
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", zone.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.total ? event.loaded / event.total : 0;
    });
    request.addEventListener("load", () => (request.response?.taken ? resolve(request.response.taken[0]) : reject(request.status)));
    request.addEventListener("error", reject);
    request.send(body);
  });
}

async function refresh(refused, newest) {
  const panel = document.getElementById("files");
  const answer = await fetch(panel.dataset.files);
  if (answer.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("files");
    panel.replaceWith(fresh);
  }
  const list = document.querySelector("[data-progress]");
  for (const { name, refusal } of refused) {
    const line = document.createElement("li");
    line.className = "ds-validation-message";
    line.textContent = `${name}: ${refusal}`;
    line.tabIndex = -1;
    list.append(line);
  }
  // The button that had the focus is gone: go on at what was refused, or at the newest file.
  const next = list.querySelector("li") ?? document.getElementById(`label-${newest}`)?.closest("li").querySelector("a");
  next?.focus();
}
