// What every page of the console shares: the language, signing out, the clock, the result line, asking the API.
// Never here: a page.

import { hourMinute, make, now } from "./hall.js";

const page = document.documentElement;
const byId = (id) => document.getElementById(id);

page.dataset.language = localStorage.getItem("hall.language") === "en" ? "en" : "vi";
page.lang = page.dataset.language;
byId("language").addEventListener("click", () => {
  page.dataset.language = page.dataset.language === "vi" ? "en" : "vi";
  page.lang = page.dataset.language;
  localStorage.setItem("hall.language", page.dataset.language);
});
byId("sign-out").addEventListener("click", async () => {
  await fetch("/api/session", { method: "DELETE" });
  location.assign("/sign-in");
});
setInterval(() => {
  const time = hourMinute(now());
  if (byId("time").textContent !== time) byId("time").textContent = time;
}, 500);

/** A text in both languages, of which the style sheet shows one. */
export const said = (vi, en) => {
  const both = document.createDocumentFragment();
  both.append(make("span", { class: "vi", lang: "vi" }, vi), make("span", { class: "en", lang: "en" }, en));
  return both;
};

/** The page's result line: `kind` is done, no or wait; null empties it. */
export function tell(kind, text) {
  const line = byId("result");
  line.className = `result ${kind ?? ""}`;
  line.replaceChildren(...(kind ? [said(text.vi, text.en)] : []));
  if (kind === "no") line.scrollIntoView({ block: "nearest" });
}

const UNREACHABLE = { vi: "Hệ thống không trả lời, xin thử lại.", en: "The controller does not answer; try again." };

/** Ask the API: `{ok}` or `{refusal}`; a session that is over leads to the sign-in and back. */
export async function ask(method, path, body, headers = {}) {
  const sent = body !== undefined && !(body instanceof Blob) ? JSON.stringify(body) : body;
  const type = body === undefined || body instanceof Blob ? {} : { "content-type": "application/json" };
  let answer;
  try {
    answer = await fetch(path, { method, body: sent, headers: { ...type, ...headers } });
  } catch {
    return { refusal: { code: "unreachable", text: UNREACHABLE } };
  }
  if (answer.status === 401) {
    location.assign(`/sign-in?why=sign_in_needed&next=${encodeURIComponent(location.pathname)}`);
    return new Promise(() => {});
  }
  const json = (answer.headers.get("content-type") ?? "").startsWith("application/json");
  const told = json ? await answer.json() : await answer.text();
  return answer.ok ? { ok: told } : { refusal: json ? told : { code: "unknown", text: UNREACHABLE } };
}

/** Ask, and tell a refusal in the result line; the answer, or null. */
export async function wanted(method, path, body, headers) {
  const answer = await ask(method, path, body, headers);
  if (answer.refusal) tell("no", answer.refusal.text);
  return answer.ok ?? null;
}

/** A moment of the API as date and time in the hall. */
export function moment(time) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(page.dataset.local);
  const zoneMs = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const at = new Date(Date.parse(time) + zoneMs);
  const two = (n) => String(n).padStart(2, "0");
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()} ${hourMinute(at)}`;
}
