// Whoever signs out leaves nothing of theirs in this browser; drafts of others at the same desk stay.
document.addEventListener("submit", (event) => {
  const person = event.target.dataset.signsOut;
  if (!person) return;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`prongsai:${person}:`)) localStorage.removeItem(key);
  }
});
