// The staff's script. Every screen works without it; htmx swaps lists and saves drafts.
import "htmx.org";
