// Puts a freshly fetched list of files in the place of the one on the page. The form in it stays, with what is on its way
// and what can be sent again; only its slots are the new ones.
export function replacePanel(html) {
  const panel = document.getElementById("files");
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("files");
  const [zone, unused] = [panel, fresh].map((each) => each.querySelector("[data-drop]"));
  if (zone && unused) {
    zone.elements.slot.replaceWith(unused.elements.slot);
    unused.replaceWith(zone);
  }
  panel.replaceWith(fresh);
  for (const line of fresh.querySelectorAll("[data-sent]")) line.remove();
}
