// The set-up page of a new hall: its first technician. The code stands in the controller's log.

import { make, post } from "./hall.js";

const byId = (id) => document.getElementById(id);
const result = byId("result");

function say(kind, vi, en) {
  result.className = `result ${kind}`;
  result.replaceChildren(`${vi} `, make("span", { lang: "en" }, en));
}

byId("set-up")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (byId("password").value !== byId("again").value) {
    say("no", "Hai lần nhập mật khẩu không giống nhau.", "The two passwords are not alike.");
    return;
  }
  const button = event.submitter ?? document.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await post("/api/set-up", {
    code: byId("code").value,
    person: byId("user").value.trim(),
    secret: byId("password").value,
  });
  button.disabled = false;
  if (answer.ok) {
    location.assign("/sign-in");
    return;
  }
  const wait = answer.retryAfter ? ` (${answer.retryAfter} s)` : "";
  say("no", answer.refusal.text.vi + wait, answer.refusal.text.en + wait);
});
byId("code")?.focus();
