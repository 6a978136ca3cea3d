// While files are being read or wait for the scanner, their progress is asked for every few seconds; then no more.
import { replacePanel } from "./panel.js";

const EVERY = 4000;
let asking = false;
watch();
new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });

function watch() {
  const panel = document.getElementById("files");
  if (asking || !panel?.dataset.busy) return;
  asking = true;
  setTimeout(ask, EVERY);
}

async function ask() {
  const panel = document.getElementById("files");
  const answer = await fetch(panel.dataset.state, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => undefined);
  const state = answer?.ok ? await answer.json() : undefined;
  asking = false;
  // Signed out, or the work moved on: the page says so itself at the next click.
  if (answer && !state) return;
  if (state) await show(panel, state);
  watch();
}

async function show(panel, { files, is_busy, mark }) {
  for (const { slot, percent, words } of files) {
    const line = panel.querySelector(`[data-reading="${CSS.escape(slot)}"]`);
    if (!line || !words) continue;
    line.querySelector("progress").value = percent;
    line.querySelector("span").textContent = words;
  }
  if (mark === panel.dataset.mark) return;
  // Whoever is typing in the list or chooses files there is not disturbed: it is fetched anew at a later turn.
  const active = panel.contains(document.activeElement) ? document.activeElement : undefined;
  if (active?.matches("input, select, [data-sending] *")) return;
  const fresh = await fetch(panel.dataset.files).catch(() => undefined);
  if (!fresh?.ok) return;
  const label = active?.closest("li")?.querySelector("[id^=label-]")?.id;
  replacePanel(await fresh.text());
  // The element that had the focus is gone: go on at the same file.
  if (label) document.getElementById(label)?.closest("li").querySelector("a")?.focus({ preventScroll: true });
}
