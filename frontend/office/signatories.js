// Another row for a signatory at once; without script, saving brings one.
const button = document.querySelector("[data-add-signatory]");
if (button) {
  button.hidden = false;
  document.querySelector("[data-add-help]").hidden = true;
  button.addEventListener("click", add);
}

function add() {
  const rows = [...document.querySelectorAll(".office-signatory")];
  const [last, place] = [rows.at(-1), rows.length];
  const fresh = last.cloneNode(true);
  for (const element of fresh.querySelectorAll("[id], [name], [for], [aria-describedby]")) renumber(element, place);
  for (const input of fresh.querySelectorAll("input, textarea")) input.value = "";
  for (const error of fresh.querySelectorAll(".ds-validation-message")) error.remove();
  const legend = fresh.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+/, place + 1);
  last.after(fresh);
  fresh.querySelector("input").focus();
  button.hidden = place + 1 >= Number(button.dataset.most);
}

function renumber(element, place) {
  for (const name of ["id", "name", "for", "aria-describedby"]) {
    const value = element.getAttribute(name);
    if (value) element.setAttribute(name, value.replace(/signatory_\d+_/, `signatory_${place}_`));
  }
  element.removeAttribute("aria-invalid");
}
