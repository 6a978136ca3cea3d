// A browser may show a page that it kept: this asks whether an emergency notice is live now, and puts up the banner.
// Without it the banner is part of every page that comes from the server.
const place = document.getElementById("notices");
const PAUSE = 60_000;

async function refresh() {
  try {
    const answer = await fetch(place.dataset.notices, { cache: "no-cache", credentials: "omit" });
    if (!answer.ok) return;
    const { banner } = await answer.json();
    const fresh = document.createElement("div");
    fresh.innerHTML = banner[document.documentElement.lang] ?? banner.th;
    // Only what is new: whoever is reading the banner should not lose their place in it.
    if (fresh.innerHTML.trim() !== place.innerHTML.trim()) place.innerHTML = fresh.innerHTML;
  } catch {
    // No network: what stands there is the last that is known.
  }
}

if (place) {
  refresh();
  setInterval(() => document.visibilityState === "visible" && refresh(), PAUSE);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
  addEventListener("pageshow", (event) => event.persisted && refresh());
}
