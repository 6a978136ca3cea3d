"""What others may listen to.

`submission_approved` is sent inside the transaction of the last endorsement, with `submission` and `at`:
what a receiver writes (the publication's job) is there if and only if the approval is.
"""

from django.dispatch import Signal

submission_approved = Signal()
