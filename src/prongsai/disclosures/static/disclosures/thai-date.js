// A calendar beside each input[data-thai-date]: Buddhist years, Thai months, keyboard as in the grid
// pattern. The server reads what is typed with or without it (prongsai.thai.dates.parse_date).
const OFFSET = 543
const MONTHS = [
  "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
  "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
]
const DAYS = ["อา.", "จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส."]
const FULL_DAYS = ["อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"]
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

const written = (day) => `${day.getDate()} ${MONTHS[day.getMonth()]} ${day.getFullYear() + OFFSET}`
const moved = (day, days) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days)

// The last day of the month is kept when the month is shorter: 31 January becomes 28 February.
function inMonth(day, year, month) {
  const last = new Date(year, month + 1, 0).getDate()
  return new Date(year, month, Math.min(day.getDate(), last))
}

// Reads only what this script and the server write; anything else opens on today.
function readDate(text) {
  const arabic = text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50)).trim()
  const long = arabic.match(/^(\d{1,2})\s*([^\d\s]+?)\s*(?:พ\.ศ\.\s*)?(\d{4})$/)
  const short = arabic.match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/)
  const found = long ? [long[1], MONTHS.indexOf(long[2]), long[3]] : short && [short[1], short[2] - 1, short[3]]
  if (!found || found[1] < 0 || found[1] > 11) return null
  const year = Number(found[2]) >= 2400 ? found[2] - OFFSET : Number(found[2])
  return inMonth(new Date(year, 0, Number(found[0])), year, found[1])
}

class Calendar {
  constructor(input) {
    this.input = input
    this.words = JSON.parse(input.dataset.words)
    this.button = element("button", { type: "button", className: "thai-date-open", textContent: this.words.open })
    this.button.setAttribute("aria-haspopup", "dialog")
    this.button.setAttribute("aria-label", `${this.words.open}: ${input.labels[0]?.textContent.trim() ?? ""}`)
    const frame = element("div", { className: "thai-date" })
    input.before(frame)
    frame.append(input, this.button)
    this.button.addEventListener("click", () => this.open())
  }

  open() {
    this.day = readDate(this.input.value) ?? new Date()
    this.month = element("select", { ariaLabel: this.words.month })
    MONTHS.forEach((name, number) => this.month.append(new Option(name, number)))
    this.year = element("input", { type: "number", ariaLabel: this.words.year, min: 2400, max: 2699 })
    this.grid = element("table", { className: "thai-date-grid" })
    const back = element("button", { type: "button", textContent: "‹", ariaLabel: this.words.previous })
    const on = element("button", { type: "button", textContent: "›", ariaLabel: this.words.next })
    const head = element("div", { className: "thai-date-head" }, back, this.month, this.year, on)
    const close = element("button", { type: "button", className: "ds-button", textContent: this.words.close })
    close.dataset.variant = "tertiary"
    this.dialog = element("dialog", { className: "ds-dialog thai-date-box" }, head, this.grid, close)
    this.dialog.setAttribute("aria-label", this.words.open)
    back.addEventListener("click", () => this.turn(-1))
    on.addEventListener("click", () => this.turn(1))
    close.addEventListener("click", () => this.dialog.close())
    for (const part of [this.month, this.year]) part.addEventListener("change", () => this.choosePage())
    this.grid.addEventListener("keydown", (event) => this.walk(event))
    this.dialog.addEventListener("close", () => { this.dialog.remove(); this.button.focus() })
    document.body.append(this.dialog)
    this.draw()
    this.dialog.showModal()
    this.focusDay()
  }

  turn(months) {
    this.day = inMonth(this.day, this.day.getFullYear(), this.day.getMonth() + months)
    this.draw()
  }

  choosePage() {
    if (!this.year.checkValidity() || !this.year.value) return
    this.day = inMonth(this.day, this.year.value - OFFSET, Number(this.month.value))
    this.draw()
  }

  walk(event) {
    if (event.key in STEPS) this.day = moved(this.day, STEPS[event.key])
    else if (event.key === "PageUp") this.day = inMonth(this.day, this.day.getFullYear(), this.day.getMonth() - 1)
    else if (event.key === "PageDown") this.day = inMonth(this.day, this.day.getFullYear(), this.day.getMonth() + 1)
    else return
    event.preventDefault()
    this.draw()
    this.focusDay()
  }

  focusDay() {
    this.grid.querySelector("button[tabindex='0']").focus()
  }

  choose(day) {
    this.input.value = written(day)
    this.input.dispatchEvent(new Event("input", { bubbles: true }))
    this.input.dispatchEvent(new Event("change", { bubbles: true }))
    this.dialog.close()
  }

  draw() {
    this.month.value = this.day.getMonth()
    this.year.value = this.day.getFullYear() + OFFSET
    const names = DAYS.map((name, number) => element("th", { scope: "col", abbr: FULL_DAYS[number], textContent: name }))
    const first = new Date(this.day.getFullYear(), this.day.getMonth(), 1)
    const start = moved(first, -first.getDay())
    const weeks = [0, 1, 2, 3, 4, 5].map((week) => this.week(moved(start, 7 * week)))
    const shown = weeks.filter(Boolean)
    this.grid.replaceChildren(element("thead", {}, element("tr", {}, ...names)), element("tbody", {}, ...shown))
  }

  week(start) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((number) => moved(start, number))
    if (!days.some((day) => day.getMonth() === this.day.getMonth())) return null
    return element("tr", {}, ...days.map((day) => this.cell(day)))
  }

  cell(day) {
    if (day.getMonth() !== this.day.getMonth()) return element("td")
    const button = element("button", { type: "button", textContent: day.getDate(), ariaLabel: written(day) })
    const isHere = day.getDate() === this.day.getDate()
    button.tabIndex = isHere ? 0 : -1
    button.setAttribute("aria-pressed", String(isHere))
    if (day.toDateString() === new Date().toDateString()) button.setAttribute("aria-current", "date")
    button.addEventListener("click", () => this.choose(day))
    return element("td", {}, button)
  }
}

function beginAll(root) {
  for (const input of root.querySelectorAll("input[data-thai-date]:not(.thai-date > input)")) new Calendar(input)
}

beginAll(document)
