// Comparing a text with its picture: Ctrl+Enter says that they are the same, a button goes to the next doubtful word.
const form = document.querySelector("form[data-checking]");
if (form) start(form);

function start(form) {
  const text = form.elements.text;
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(document.querySelector("[data-same-button]"));
  });
  const button = document.querySelector("[data-next-doubt]");
  if (!button) return;
  button.hidden = false;
  const doubts = [...document.querySelectorAll(".office-machine-text mark")];
  let place = 0;
  let from = 0;
  button.addEventListener("click", () => {
    // What was mended already is not found any more, and is passed over.
    for (let tries = 0; tries < doubts.length; tries += 1) {
      if (place === 0) from = 0;
      const word = doubts[place].textContent;
      const at = text.value.indexOf(word, from);
      place = (place + 1) % doubts.length;
      if (at < 0) continue;
      from = at + word.length;
      text.focus();
      text.setSelectionRange(at, from);
      return;
    }
  });
}
