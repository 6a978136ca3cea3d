// Turns each textarea[data-body-editor] into an editor of the allowed HTML (body.py). Without this
// script the textarea works as it is. No inline style or script is made, so a strict policy holds.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Image, Italic, Link, ListItem, Node, OrderedList, Paragraph, Table, TableCell,
  TableHeader, TableRow, Text,
} from "../django_prose_editor/editor.js"
import { toolbar } from "./body-toolbar.js"

const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "aside" }],
  renderHTML: () => ["aside", { class: "callout" }, 0],
})

const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "image caption?",
  isolating: true,
  draggable: true,
  parseHTML: () => [{ tag: "figure" }],
  renderHTML: () => ["figure", 0],
})

const Caption = Node.create({
  name: "caption",
  content: "inline*",
  isolating: true,
  parseHTML: () => [{ tag: "figcaption" }],
  renderHTML: () => ["figcaption", 0],
})

// A heading cell says which way it heads: screen readers ask for it.
const HeadingCell = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: "col" } }
  },
})

const extensions = [
  Document, Paragraph, Text, Bold, Italic, HardBreak, History, Dropcursor, Gapcursor,
  Heading.configure({ levels: [2, 3] }),
  BulletList, OrderedList, ListItem, Blockquote, HorizontalRule, Callout, Figure, Caption, Image,
  Link.configure({ enableTarget: false, autolink: false, protocols: ["http", "https", "mailto", "tel"] }),
  Table.configure({ resizable: false }), TableRow, HeadingCell, TableCell,
]

function spoken(textarea) {
  const label = textarea.labels[0]
  const attributes = { role: "textbox", "aria-multiline": "true", lang: "th", class: "body-editor-text" }
  if (label) attributes["aria-label"] = label.textContent.trim()
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name)
  }
  return attributes
}

function begin(textarea) {
  const frame = document.createElement("div")
  frame.className = "body-editor"
  textarea.before(frame)
  const editor = new Editor({
    element: frame,
    injectCSS: false,
    extensions,
    content: textarea.value,
    editable: !textarea.disabled && !textarea.readOnly,
    editorProps: { attributes: spoken(textarea) },
    onUpdate({ editor: changed }) {
      textarea.value = changed.isEmpty ? "" : changed.getHTML()
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  if (editor.isEditable) {
    const words = JSON.parse(textarea.dataset.words)
    frame.prepend(toolbar(editor, words, () => JSON.parse(textarea.dataset.images || "[]")))
  }
  textarea.hidden = true
  textarea.labels[0]?.addEventListener("click", () => editor.commands.focus())
  textarea.form?.addEventListener("reset", () => editor.commands.setContent(textarea.defaultValue))
  return editor
}

function beginAll(root) {
  for (const textarea of root.querySelectorAll("textarea[data-body-editor]:not([hidden])")) {
    begin(textarea)
  }
}

beginAll(document)
