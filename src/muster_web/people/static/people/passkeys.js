// Says on the page that a device refused, where the package would only write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("webauthn-refused");
  if (said) said.hidden = false;
});
