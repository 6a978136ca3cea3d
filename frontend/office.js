// The staff's script. Every screen works without it; it saves drafts, shows progress and guards double clicks.
import "./office/autosave.js";
import "./office/checking.js";
import "./office/countdown.js";
import "./office/drop.js";
import "./office/intake.js";
import "./office/leave.js";
import "./office/passkey.js";
import "./office/once.js";
import "./office/progress.js";
import "./office/redacting.js";
import "./office/signatories.js";
import "./office/ticks.js";
