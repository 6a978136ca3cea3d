// Boxes over the page of a file, by mouse, finger and keyboard. The list of ticks beside the picture is the truth: each box
// on the picture stands for one of them, and the form that is sent is the one that works without this script.
const form = document.querySelector("form[data-redacting]");
if (form) start(form);
watch(document.querySelector("[data-redaction-state]"));

function start(form) {
  const stage = form.querySelector("[data-redact-stage]");
  const picture = stage.querySelector("img");
  const list = form.querySelector("[data-redact-choices]");
  const status = document.querySelector("[data-redact-status]");
  const tools = [...form.querySelectorAll("[data-redact-tools]")];
  const button = Object.fromEntries([...form.querySelectorAll("[data-do]")].map((one) => [one.dataset.do, one]));
  const boxes = new Map();
  const past = [];
  const future = [];
  const zooms = [1, 1.5, 2, 3];
  let zoom = 0;
  let drawn = 0;

  const tick = (row) => row.querySelector("input[name=box]");
  const edges = (row) => tick(row).value.split(",").map(Number);
  const rows = () => [...form.querySelectorAll("[data-mark]")].filter((row) => tick(row).value);
  const place = (row) => {
    const [left, top, right, bottom] = edges(row);
    const style = boxes.get(row).style;
    style.left = `${left * 100}%`;
    style.top = `${top * 100}%`;
    style.width = `${(right - left) * 100}%`;
    style.height = `${(bottom - top) * 100}%`;
  };

  // One box for each tick; a line has one only while it is ticked.
  function show() {
    for (const [row, box] of boxes) {
      if (!row.isConnected) {
        box.remove();
        boxes.delete(row);
      }
    }
    rows().forEach((row, at) => {
      const isOn = tick(row).checked;
      if (row.dataset.kind === "line" && !isOn) {
        boxes.get(row)?.remove();
        boxes.delete(row);
        return;
      }
      if (!boxes.has(row)) boxes.set(row, made(row));
      const box = boxes.get(row);
      box.toggleAttribute("data-on", isOn);
      box.setAttribute("aria-pressed", isOn);
      box.setAttribute("aria-label", `${form.dataset.textBox} ${at + 1}: ${row.querySelector("[data-mark-label]").textContent}`);
      place(row);
    });
    form.querySelector("[data-redact-empty]").hidden = list.children.length > 0;
    button.undo.disabled = !past.length;
    button.redo.disabled = !future.length;
  }

  function made(row) {
    const box = document.createElement("button");
    box.type = "button";
    box.className = "redact-box";
    box.setAttribute("aria-describedby", "redact-keys");
    box.addEventListener("click", (event) => {
      // A drag ends with a click, which is not meant as one.
      if (box.dataset.moved) return delete box.dataset.moved;
      // By keyboard, or on a box that is only offered: a click on a chosen one is for moving it.
      if (event.detail === 0 || !tick(row).checked) change(() => { tick(row).checked = !tick(row).checked; });
    });
    box.addEventListener("keydown", (event) => keyed(event, row));
    stage.append(box);
    return box;
  }

  // What can be undone: which ticks there are, where, and whether they are set.
  const snapshot = () => ({
    added: [...list.children],
    values: rows().map((row) => [row, tick(row).value, tick(row).checked]),
  });
  function restore(then) {
    list.replaceChildren(...then.added);
    for (const [row, value, checked] of then.values) {
      name(row, value);
      tick(row).checked = checked;
    }
  }
  function change(act) {
    past.push(snapshot());
    future.length = 0;
    act();
    changed();
  }
  function step(from, to) {
    if (!from.length) return;
    to.push(snapshot());
    restore(from.pop());
    changed();
  }
  function changed() {
    show();
    dirty = true;
    say(status.dataset.textTyping, "typing");
    later(900);
  }

  function name(row, value) {
    tick(row).value = value;
    for (const field of row.querySelectorAll("[data-of]")) field.name = `${field.dataset.of}:${value}`;
  }
  const held = (number) => Math.min(Math.max(number, 0), 1);
  const words = (box) => box.map((edge) => held(edge).toFixed(4)).join(",");

  function add(box) {
    const row = form.querySelector("[data-redact-new]").content.firstElementChild.cloneNode(true);
    drawn += 1;
    row.querySelector("[data-mark-label]").textContent = `${form.dataset.textDrawn} ${drawn}`;
    tick(row).checked = true;
    name(row, words(box));
    list.append(row);
    return row;
  }
  function take(row) {
    const next = boxes.get(rows()[rows().indexOf(row) + 1]) ?? button.add;
    change(() => {
      if (row.dataset.kind === "drawn") row.remove();
      else tick(row).checked = false;
    });
    if (next.isConnected) next.focus();
  }

  function keyed(event, row) {
    if (locked()) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      return take(row);
    }
    if (!step) return;
    event.preventDefault();
    const [left, top, right, bottom] = edges(row);
    const [x, y] = step.map((one) => one * (event.ctrlKey ? 0.001 : 0.005));
    change(() => name(row, words(event.shiftKey ? grown([left, top, right, bottom], x, y) : moved([left, top, right, bottom], x, y))));
  }
  const grown = ([left, top, right, bottom], x, y) => [left, top, Math.max(right + x, left + 0.002), Math.max(bottom + y, top + 0.002)];
  function moved([left, top, right, bottom], x, y) {
    const dx = Math.min(Math.max(x, -left), 1 - right);
    const dy = Math.min(Math.max(y, -top), 1 - bottom);
    return [left + dx, top + dy, right + dx, bottom + dy];
  }

  // Mouse and finger. A finger on the bare page scrolls it, unless it was said to draw.
  const locked = () => form.hasAttribute("data-locked");
  const draws = () => button.draw.getAttribute("aria-pressed") === "true";
  const spot = (event) => {
    const area = picture.getBoundingClientRect();
    return [held((event.clientX - area.left) / area.width), held((event.clientY - area.top) / area.height)];
  };
  stage.addEventListener("pointerdown", (event) => {
    if (locked() || event.button > 0) return;
    const box = event.target.closest(".redact-box");
    const row = box && [...boxes].find(([, one]) => one === box)[0];
    if (row && tick(row).checked) return drag(event, row, box);
    if (!row && (event.pointerType === "mouse" || draws())) draw(event);
  });
  function drag(event, row, box) {
    const start = spot(event);
    const before = edges(row);
    const area = box.getBoundingClientRect();
    const reach = event.pointerType === "mouse" ? 12 : 24;
    const resizes = area.right - event.clientX < Math.min(reach, area.width / 3) && area.bottom - event.clientY < Math.min(reach, area.height / 1.5);
    const then = snapshot();
    follow(event, box, (now) => {
      const [x, y] = spot(now).map((one, at) => one - start[at]);
      if (Math.abs(x) + Math.abs(y) < 0.002) return;
      box.dataset.moved = "yes";
      name(row, words(resizes ? grown(before, x, y) : moved(before, x, y)));
      place(row);
    }, () => {
      if (!box.dataset.moved) return;
      past.push(then);
      future.length = 0;
      changed();
    });
  }
  function draw(event) {
    event.preventDefault();
    const [x, y] = spot(event);
    const shape = document.createElement("div");
    shape.className = "redact-drawing";
    stage.append(shape);
    let box = [x, y, x, y];
    follow(event, stage, (now) => {
      const [nx, ny] = spot(now);
      box = [Math.min(x, nx), Math.min(y, ny), Math.max(x, nx), Math.max(y, ny)];
      shape.style.left = `${box[0] * 100}%`;
      shape.style.top = `${box[1] * 100}%`;
      shape.style.width = `${(box[2] - box[0]) * 100}%`;
      shape.style.height = `${(box[3] - box[1]) * 100}%`;
    }, () => {
      shape.remove();
      if (box[2] - box[0] > 0.004 && box[3] - box[1] > 0.003) change(() => add(box));
    });
  }
  function follow(event, holder, move, end) {
    holder.setPointerCapture(event.pointerId);
    const stop = () => {
      holder.removeEventListener("pointermove", move);
      holder.removeEventListener("pointerup", stop);
      holder.removeEventListener("pointercancel", stop);
      end();
    };
    holder.addEventListener("pointermove", move);
    holder.addEventListener("pointerup", stop);
    holder.addEventListener("pointercancel", stop);
  }

  const acts = {
    add() {
      let row;
      change(() => { row = add([0.35, 0.45, 0.65, 0.5]); });
      boxes.get(row).focus();
      boxes.get(row).scrollIntoView({ block: "center", inline: "center" });
    },
    draw() {
      const isOn = !draws();
      button.draw.setAttribute("aria-pressed", isOn);
      stage.toggleAttribute("data-drawing", isOn);
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    smaller: () => enlarge(-1),
    larger: () => enlarge(1),
  };
  function enlarge(by) {
    zoom = Math.min(Math.max(zoom + by, 0), zooms.length - 1);
    stage.dataset.zoom = zooms[zoom];
    if (zooms[zoom] >= 2 && picture.dataset.large) {
      picture.src = picture.dataset.large;
      delete picture.dataset.large;
    }
  }
  for (const [key, one] of Object.entries(button)) one.addEventListener("click", () => (locked() && !key.endsWith("er") ? null : acts[key]()));
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.matches("input:not([type=checkbox])")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    (key === "y" || event.shiftKey ? acts.redo : acts.undo)();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "box" && event.target.dataset.of !== "ground") return;
    if (event.target.name === "box") {
      const isOn = event.target.checked;
      event.target.checked = !isOn;
      past.push(snapshot());
      future.length = 0;
      event.target.checked = isOn;
    }
    changed();
  });

  // Saving by itself.
  let dirty = false;
  let timer;
  let sending;
  const say = (text, state) => {
    status.textContent = text;
    status.dataset.state = state;
  };
  function later(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }
  const send = (rest = {}) => fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual", ...rest });
  async function save() {
    clearTimeout(timer);
    await sending;
    if (!dirty) return;
    dirty = false;
    say(status.dataset.textSaving, "saving");
    sending = send().then(async (answer) => {
      if (answer.type === "opaqueredirect") return say(status.dataset.textSignedOut, "refused");
      const report = await answer.json().catch(() => ({}));
      if (answer.ok) say(`${status.dataset.textSaved} ${report.saved_at}`, "saved");
      else say(report.why ?? status.dataset.textOffline, "refused");
    }).catch(() => {
      dirty = true;
      say(status.dataset.textOffline, "offline");
      later(5000);
    });
    await sending;
  }
  for (const link of document.querySelectorAll("a[data-page]")) {
    link.addEventListener("click", async (event) => {
      if (!dirty) return;
      event.preventDefault();
      await save();
      location.assign(link.href);
    });
  }
  addEventListener("pagehide", () => dirty && send({ keepalive: true }));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
  });

  for (const one of tools) one.hidden = false;
  stage.querySelector("[data-redact-static]").remove();
  show();
  // Where a link from the list of findings leads to.
  const wanted = location.hash.startsWith("#finding-") && form.querySelector(`[name^="finding:"][value="${CSS.escape(location.hash.slice(9))}"]`);
  if (wanted) boxes.get(wanted.closest("[data-mark]"))?.focus();
}

// While the file is being made: how far it is, and the page anew when it is ready.
async function watch(line) {
  if (!line) return;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const answer = await fetch(line.dataset.redactionState, { headers: { Accept: "application/json" } }).catch(() => null);
    const report = answer?.ok ? await answer.json().catch(() => null) : null;
    if (report?.words && report.words !== line.textContent) line.textContent = report.words;
    if (report && report.state !== "making") return location.reload();
  }
}
