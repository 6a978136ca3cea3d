"""The reference page of the detectors, made from the table; a test compares the two."""

from prongsai.screening.detectors import DETECTORS, Detector
from prongsai.screening.examples import Example

_HEAD = """# Detectors

Made from `src/prongsai/screening/detectors.py` by
`python -m prongsai.screening.reference > docs/reference/detectors.md`. Word lists and thresholds are data in
`src/prongsai/screening/data/*.toml`; a change of either makes earlier screenings void.

Severity: `block` may not go out until it is removed, redacted or allowed on a named legal ground; `decide` waits
for a screener's decision; `advise` is only shown. Where several stand, the words around the passage choose. Who
worked on the content decides none of its findings. A finding never decides or deletes anything by itself.

A decision that lets a personal datum stand is carried over to the next revision, for the same datum in the same
kind of place. One about a secrecy mark holds for the same page of the same file, or the same passage of a text.

Hidden text is found by how it is hidden, and read by all other detectors as well; it blocks where it holds a
personal datum, whatever this table says (the properties of a file only advise). On pages read by machine a
number that was not read for certain waits for a decision, so that it never passes for one that belongs to nobody.

What is seen in pictures (faces, cards with a face, signatures, seals) is looked for on pages read by machine, and in
pictures that stand on other pages and in office documents. Nobody is recognised, and no age is guessed. A decision
about it holds for the same place of the same page of the same file. A card by its shape alone never blocks, because
many a photograph has that shape; with the words of an ID card on it, `id_card_copy` blocks. A signature only advises
where an official's post stands beneath it.

A municipality adds its own words in files of the same names and shapes (`names.toml`, `lists.toml`, …) in
`screening/` of the data folder, or in the folder that `PRONGSAI_SCREENING_DATA` names: lists grow, single values
take the place of ours, and `elections.toml` holds the windows around elections. Earlier screenings become void.

All examples (`data/examples/detectors.toml`) are invented; tests run every one.

| detector | label | family | severity | what the officer reads | legal basis | finds, for example | and not |
|---|---|---|---|---|---|---|---|
"""
# What a finder may say instead of the severity in the table, by the words around.
_ALSO = {
    "national_id": "block, decide",
    "scanned_id": "decide, block",
    "mobile_phone": "decide, block",
    "age": "advise, decide",
    "signature": "decide, advise",
    "private_name": "advise, decide, block",
}
_LABELS = {
    "sensitive_fact": "HEALTH, DISABILITY, POVERTY, CRIME, RELIGION",
    "form_field": "RELIGION, HEALTH",
}
_LONGEST = 60


def page() -> str:
    return _HEAD + "".join(_row(detector) for detector in DETECTORS)


def _row(detector: Detector) -> str:
    cells = (
        f"`{detector.name}`",
        _LABELS.get(detector.name, detector.label) or "–",
        detector.family,
        _ALSO.get(detector.name, detector.severity),
        f"{detector.explanation_th} {detector.remark_th}".strip(),
        "; ".join(detector.legal_basis),
        _shown(detector.examples.found),
        _shown(detector.examples.not_found),
    )
    return f"| {' | '.join(cells)} |\n"


def _shown(examples: tuple[Example, ...]) -> str:
    """The first example with a text, in one line; what is known beside a text is not shown."""
    texts = [" ".join(example.text.split()) for example in examples]
    text = next((text for text in texts if text), "")
    shortened = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
    return f"`{shortened}`" if shortened else "–"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 -- printing the page is what it does
