// Passkeys: asks the machine (finger, face, code or key) and sends its answer with the form.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function withBytes(options) {
  const publicKey = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (publicKey.user) publicKey.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    publicKey[name] = publicKey[name]?.map((known) => ({ ...known, id: toBytes(known.id) }));
  }
  return publicKey;
}

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function options(form) {
  if (form.dataset.passkey !== "login") return JSON.parse(form.querySelector("script").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function ask(form) {
  const known = await options(form);
  if (form.dataset.passkey !== "create") {
    return navigator.credentials.get({ publicKey: withBytes(known.request_options) });
  }
  const publicKey = withBytes(known.creation_options);
  const alone = form.elements.passwordless?.checked;
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
    userVerification: alone ? "required" : "preferred",
  };
  return navigator.credentials.create({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      form.elements.credential.value = asJson(await ask(form));
      form.submit();
    } catch {
      // Cancelled, timed out, or no such key here: the page offers other ways.
      problem.hidden = false;
    }
  });
}
