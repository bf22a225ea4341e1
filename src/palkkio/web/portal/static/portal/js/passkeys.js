// Passkeys: the browser's own dialogue. A form says with data-passkey what it does: add, authenticate or login.
const form = document.querySelector("form[data-passkey]");
const forms = window.allauth?.webauthn?.forms;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const told = form?.querySelector("[role=alert]");
  if (told) told.hidden = false;
});

if (form && forms && window.PublicKeyCredential) {
  form.hidden = false;
  const credential = form.querySelector("[name=credential]").id;
  const kind = form.dataset.passkey;
  if (kind === "add") {
    forms.addForm({ ids: { add: "passkey-button", passwordless: "passkey-passwordless", credential, data: "js_data" } });
  } else if (kind === "authenticate") {
    forms.authenticateForm({ ids: { authenticate: "passkey-button", credential, data: "js_data" } });
  } else {
    forms.loginForm({ ids: { login: "passkey-button", credential } });
  }
}
