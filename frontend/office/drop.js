// Files onto the work that is being written: each lies in its slot as soon as it is in; the list is fetched anew at the end.
import "./rescue.js";
import { replacePanel } from "./panel.js";
import { Sending, onFiles } from "./sending.js";

const underWay = new WeakMap();
onFiles("[data-drop]", (zone, files) => {
  if (!underWay.has(zone)) underWay.set(zone, begin(zone));
  underWay.get(zone).add(files, zone.elements.slot.value);
});

function begin(zone) {
  let newest;
  return new Sending(zone, {
    fields: ({ slot }) => [
      ["csrfmiddlewaretoken", zone.elements.csrfmiddlewaretoken.value],
      ["slot", slot],
      ...(zone.elements.keeps_original?.checked ? [["keeps_original", "yes"]] : []),
    ],
    taken: (taken) => (newest = taken.refusal ? newest : taken.slot),
    ended: () => refresh(zone, newest),
  });
}

async function refresh(zone, newest) {
  const answer = await fetch(document.getElementById("files").dataset.files).catch(() => undefined);
  if (answer?.ok) replacePanel(await answer.text());
  // The button that had the focus is gone: go on at what was refused, or at the newest file.
  const next = zone.querySelector("[data-sending] li") ?? document.getElementById(`label-${newest}`)?.closest("li").querySelector("a");
  next?.focus();
}
