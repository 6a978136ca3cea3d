// The editor's tools: words on buttons instead of signs, arrow keys between them, dialogs for addresses.

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

// Asks in a modal dialog; `fields` are elements with names. Answers null when it is given up.
function ask(title, fields, words) {
  const ok = element("button", { type: "submit", className: "ds-button", value: "ok", textContent: words.ok })
  const no = element("button", {
    type: "submit", className: "ds-button", value: "", textContent: words.cancel, formNoValidate: true,
  })
  no.dataset.variant = "secondary"
  const form = element("form", { method: "dialog" })
  form.append(element("h2", { textContent: title }))
  for (const { label, input } of fields) form.append(element("label", { className: "ds-label" }, label, input))
  form.append(element("div", { className: "body-editor-answers" }, ok, no))
  const dialog = element("dialog", { className: "ds-dialog body-editor-dialog" }, form)
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      answer(dialog.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null)
      dialog.remove()
    })
  })
}

function input(name, properties) {
  return element("input", { name, className: "ds-input", ...properties })
}

// The same addresses that body.py keeps.
const ADDRESS = "(https?:\\/\\/[^\\s\\/]|mailto:[^\\s@]+@|tel:\\+?[0-9]|\\/(?!\\/)|#)\\S*"

async function link(editor, words) {
  const before = editor.getAttributes("link").href ?? ""
  const address = input("href", { value: before, pattern: ADDRESS, title: words.addressHelp })
  // People type addresses as they are printed on posters.
  address.addEventListener("change", () => {
    if (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(address.value)) address.value = `https://${address.value}`
  })
  const fields = [{ label: words.address, input: address }]
  const isPlain = editor.state.selection.empty && !before
  if (isPlain) fields.push({ label: words.linkText, input: input("text", { required: true }) })
  const answer = await ask(words.link, fields, words)
  const chain = editor.chain().focus().extendMarkRange("link")
  if (answer === null) return
  if (!answer.href) chain.unsetLink().run()
  else if (isPlain) {
    const marks = [{ type: "link", attrs: { href: answer.href } }]
    editor.chain().focus().insertContent({ type: "text", text: answer.text, marks }).run()
  } else chain.setLink({ href: answer.href }).run()
}

async function image(editor, words, images) {
  if (images.length === 0) {
    await ask(words.image, [{ label: words.noImages, input: "" }], words)
    return
  }
  const choice = element("select", { name: "src", className: "ds-input" })
  for (const each of images) choice.append(new Option(each.name, each.src))
  const answer = await ask(words.image, [
    { label: words.imageFile, input: choice },
    { label: words.imageWords, input: input("alt", { required: true, maxLength: 500 }) },
    { label: words.caption, input: input("caption", { maxLength: 500 }) },
  ], words)
  if (answer === null) return
  const content = [{ type: "image", attrs: { src: answer.src, alt: answer.alt } }]
  if (answer.caption) content.push({ type: "caption", content: [{ type: "text", text: answer.caption }] })
  editor.chain().focus().insertContent({ type: "figure", content }).run()
}

const TOOLS = [
  { name: "heading2", run: (c) => c.toggleHeading({ level: 2 }), active: ["heading", { level: 2 }] },
  { name: "heading3", run: (c) => c.toggleHeading({ level: 3 }), active: ["heading", { level: 3 }] },
  { name: "bold", run: (c) => c.toggleBold(), active: ["bold"] },
  { name: "italic", run: (c) => c.toggleItalic(), active: ["italic"] },
  { name: "bullets", run: (c) => c.toggleBulletList(), active: ["bulletList"] },
  { name: "numbers", run: (c) => c.toggleOrderedList(), active: ["orderedList"] },
  { name: "quote", run: (c) => c.toggleBlockquote(), active: ["blockquote"] },
  { name: "callout", run: (c) => c.toggleWrap("callout"), active: ["callout"] },
  { name: "link", act: link, active: ["link"] },
  { name: "image", act: image, active: ["image"] },
  { name: "table", run: (c, end) => c.setTextSelection(end).insertTable({ rows: 3, cols: 3, withHeaderRow: true }), hiddenIn: "table" },
  { name: "addRow", run: (c) => c.addRowAfter(), onlyIn: "table" },
  { name: "addColumn", run: (c) => c.addColumnAfter(), onlyIn: "table" },
  { name: "deleteRow", run: (c) => c.deleteRow(), onlyIn: "table" },
  { name: "deleteColumn", run: (c) => c.deleteColumn(), onlyIn: "table" },
  { name: "mergeCells", run: (c) => c.mergeOrSplit(), onlyIn: "table" },
  { name: "headCell", run: (c) => c.toggleHeaderCell(), onlyIn: "table" },
  { name: "deleteTable", run: (c) => c.deleteTable(), onlyIn: "table" },
  { name: "line", run: (c, end) => c.setTextSelection(end).setHorizontalRule() },
  { name: "undo", run: (c) => c.undo() },
  { name: "redo", run: (c) => c.redo() },
]

function shown(tool, editor) {
  if (tool.onlyIn) return editor.isActive(tool.onlyIn)
  return !(tool.hiddenIn && editor.isActive(tool.hiddenIn))
}

function refresh(buttons, editor) {
  for (const [tool, button] of buttons) {
    button.hidden = !shown(tool, editor)
    if (tool.active) button.setAttribute("aria-pressed", String(editor.isActive(...tool.active)))
  }
  const visible = buttons.map(([, button]) => button).filter((button) => !button.hidden)
  const current = visible.find((button) => button.tabIndex === 0) ?? visible[0]
  for (const [, button] of buttons) button.tabIndex = button === current ? 0 : -1
}

function walk(event, bar) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }
  if (!(event.key in steps)) return
  const visible = [...bar.querySelectorAll("button:not([hidden])")]
  const place = visible.indexOf(document.activeElement) + steps[event.key]
  const next = visible[Math.min(Math.max(place, 0), visible.length - 1)]
  for (const button of visible) button.tabIndex = button === next ? 0 : -1
  next.focus()
  event.preventDefault()
}

export function toolbar(editor, words, images) {
  const bar = element("div", { className: "body-editor-tools" })
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", words.tools)
  const buttons = TOOLS.map((tool) => {
    const button = element("button", { type: "button", textContent: words[tool.name], tabIndex: -1 })
    button.dataset.tool = tool.name
    button.addEventListener("click", () => {
      if (tool.act) tool.act(editor, words, images())
      // What is inserted comes after the selection, never in its place.
      else tool.run(editor.chain().focus(), editor.state.selection.to).run()
    })
    return [tool, button]
  })
  bar.append(...buttons.map(([, button]) => button))
  bar.addEventListener("keydown", (event) => walk(event, bar))
  editor.on("transaction", () => refresh(buttons, editor))
  refresh(buttons, editor)
  return bar
}
