"""The reference page of the detectors, made from the table; a test compares the two."""

from prongsai.screening.detectors import DETECTORS, Detector

_HEAD = """# Detectors

Made from `src/prongsai/screening/detectors.py` by
`python -m prongsai.screening.reference > docs/reference/detectors.md`. Word lists and thresholds are data in
`src/prongsai/screening/data/*.toml`; a change of either makes earlier screenings void.

Severity: `block` may not go out until it is removed, redacted or allowed on a named legal ground; `decide` waits
for a screener's decision; `advise` is only shown. Where several stand, the words around the passage choose. Who
worked on the content decides none of its findings. A finding never decides or deletes anything by itself.

A decision that lets a personal datum stand is carried over to the next revision, for the same datum in the same
kind of place. One about a secrecy mark holds for the same page of the same file, or the same passage of a text.

| detector | label | family | severity | what the officer reads | legal basis |
|---|---|---|---|---|---|
"""
# What a finder may say instead of the severity in the table, by the words around.
_ALSO = {"national_id": "block, decide", "private_name": "advise, decide, block"}
_LABELS = {"sensitive_fact": "HEALTH, DISABILITY, POVERTY, CRIME, RELIGION"}


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
    )
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 -- printing the page is what it does
