// How long a notice still stands, counted by the office's clock and not by the phone's; the time itself is on the page.
for (const place of document.querySelectorAll("[data-left]")) {
  const end = performance.now() + Number(place.dataset.left) * 1000;
  const show = () => {
    const minutes = Math.max(0, Math.floor((end - performance.now()) / 60_000));
    const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    place.textContent = `(${place.dataset.words} ${clock})`;
  };
  show();
  setInterval(show, 15_000);
}
