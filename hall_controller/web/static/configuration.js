// The configuration page: look, check, see the difference, apply, go back to an older version.

import { make } from "./hall.js";
import { ask, moment, said, tell, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);
const text = byId("text");
/** The hall begins again within seconds; a Raspberry Pi may need a few more, and going back needs two starts. */
const PATIENCE_MS = 60_000;

let seen = null;
let checked = null;
let question = 0;
const DRAFT = "draft";

function numberLines() {
  const count = text.value.split("\n").length;
  if (Number(byId("lines").dataset.count) === count) return;
  byId("lines").dataset.count = count;
  byId("lines").textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
}

function edited() {
  numberLines();
  checked = null;
  byId("outcome").hidden = byId("mistakes").hidden = true;
  byId("undo").disabled = seen === null || text.value === seen.text;
}

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line - 1].length);
  const height = text.scrollHeight / lines.length;
  text.scrollTop = Math.max(0, (line - 4) * height);
}

function showMistakes(mistakes, inTheWay) {
  const shown = mistakes.map((mistake) => {
    const place = mistake.line ? make("button", { type: "button" }, said(`Dòng ${mistake.line}`, `Line ${mistake.line}`)) : make("span");
    if (mistake.line) place.addEventListener("click", () => goTo(mistake.line));
    return make("li", {}, place, make("span", {}, said(mistake.vi, mistake.text)));
  });
  shown.push(...inTheWay.map((one) => make("li", {}, make("span", {}, said("Hôm nay", "Today")), make("span", {}, said(one.vi, one.en)))));
  byId("mistakes-list").replaceChildren(...shown);
  byId("mistakes").hidden = shown.length === 0;
}

const KINDS = { "+": "added", "-": "removed", "@": "place" };

function showDifference(lines) {
  byId("difference").replaceChildren(...lines.map((line) => make("span", { class: KINDS[line[0]] ?? "" }, line)));
}

function show(answer) {
  checked = answer;
  if (answer.text !== text.value) {
    text.value = answer.text;
    numberLines();
  }
  showMistakes(answer.mistakes, answer.in_the_way);
  showDifference(answer.difference);
  byId("summary").replaceChildren(said(answer.summary_vi, answer.summary));
  const changes = answer.difference.length > 0;
  byId("outcome").hidden = !answer.good || !changes;
  byId("apply").disabled = !seen.writable;
  const count = answer.mistakes.length + answer.in_the_way.length;
  if (count) tell("no", { vi: `Có ${count} điều cần sửa.`, en: count === 1 ? "One thing is to be mended." : `${count} things are to be mended.` });
  else if (!changes) tell("done", { vi: "Không có lỗi, không có thay đổi.", en: "No mistakes, and no changes." });
  else if (!seen.writable) tell("no", { vi: `Không có lỗi, nhưng hệ thống không được ghi vào ${seen.file}: hãy sửa tệp trên máy rồi khởi động lại.`, en: `No mistakes, but the controller may not write ${seen.file}: change the file on the machine and restart the hall.` });
  else tell("done", { vi: "Không có lỗi: xem thay đổi rồi bấm Áp dụng.", en: "No mistakes: look at the changes, then apply them." });
}

/** Only an answer about what stands there now is shown: a check takes seconds, in which somebody may write on. */
export async function check(edit) {
  const asked = text.value;
  const mine = (question += 1);
  tell("wait", { vi: "Đang kiểm tra…", en: "Checking…" });
  const answer = await wanted("POST", "/api/configuration/check", { text: asked, ...(edit ? { edit } : {}) });
  if (!answer || mine !== question) return;
  if (text.value === asked) show(answer);
  else tell("no", { vi: "Nội dung đã đổi trong lúc kiểm tra: hãy kiểm tra lại.", en: "The text was changed meanwhile: check it again." });
}

/** What was written and not applied outlives a sign-in that is over, and a look at another page, in this window. */
function keepDraft() {
  if (seen && text.value !== seen.text) sessionStorage.setItem(DRAFT, text.value);
  else if (seen) sessionStorage.removeItem(DRAFT);
}

function takeDraft() {
  const draft = sessionStorage.getItem(DRAFT);
  if (!seen || draft === null || draft === seen.text) return;
  text.value = draft;
  edited();
  tell("done", { vi: "Thay đổi chưa áp dụng vẫn còn đây: hãy kiểm tra, hoặc bỏ thay đổi.", en: "What you changed and did not apply is still here: check it, or discard it." });
}

/** Why there is a version; what the controller says of its own doing is English. */
function whyOf(version) {
  if (version.took_back) return said(`Bản ${version.took_back} không khởi động được, bản trước được dùng lại.`, version.reason);
  return version.person ? version.reason : said("hall.toml được sửa trên máy.", version.reason);
}

function showVersions() {
  byId("versions").replaceChildren(
    ...seen.versions.map((version) => {
      const now = version.number === seen.version;
      const back = make("button", { type: "button", "data-version": version.number }, said("Xem và dùng lại", "Look, use again"));
      back.addEventListener("click", () => use(version.number));
      return make(
        "li",
        { class: now ? "now" : "" },
        make("b", {}, said(`Bản ${version.number}`, `Version ${version.number}`), now ? said(" · đang dùng", " · holds") : null),
        make("span", { class: "quiet" }, `${moment(version.at)}${version.person ? ` · ${version.person}` : ""}`),
        version.reason ? make("span", {}, whyOf(version)) : null,
        now ? null : back,
      );
    }),
  );
}

async function use(number) {
  const old = await wanted("GET", `/api/configuration/versions/${number}`);
  if (old === null) return;
  text.value = old;
  edited();
  byId("reason").value = document.documentElement.dataset.language === "en" ? `back to version ${number}` : `trở lại bản ${number}`;
  await check();
}

async function look() {
  seen = await wanted("GET", "/api/configuration");
  if (seen === null) return;
  text.value = seen.text;
  byId("file").textContent = seen.file;
  edited();
  showVersions();
}

/** Wait until the hall runs with that version, or with a newer one because that did not start. */
async function until(version) {
  const began = performance.now();
  while (performance.now() - began < PATIENCE_MS) {
    await new Promise((done) => setTimeout(done, 300));
    const answer = await ask("GET", "/api/configuration");
    if (answer.ok && answer.ok.running >= version) return ((performance.now() - began) / 1000).toFixed(1);
  }
  return null;
}

byId("apply-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!checked?.good) return;
  byId("apply").disabled = text.readOnly = true;
  tell("wait", { vi: "Đang áp dụng, hệ thống khởi động lại…", en: "Applying; the hall begins again…" });
  const wish = { text: text.value, based_on: seen.version, reason: byId("reason").value.trim() };
  const answer = await wanted("POST", "/api/configuration/apply", wish);
  byId("apply").disabled = false;
  text.readOnly = answer !== null && answer.version !== null;
  if (answer === null) return;
  if (answer.version === null) {
    show(answer.checked);
    return;
  }
  const seconds = await until(answer.version);
  text.readOnly = false;
  byId("reason").value = "";
  if (seconds === null) {
    tell("no", { vi: "Hệ thống chưa trả lời lại: xem màn hình và nhật ký của máy.", en: "The hall has not come back: look at the machine and its log." });
    return;
  }
  await look();
  const number = answer.version;
  if (seen.versions.find((version) => version.took_back === number)) {
    tell("no", { vi: `Bản ${number} không khởi động được: bản trước đang được dùng lại.`, en: `The hall did not start with version ${number}: the one before holds again.` });
  } else {
    tell("done", { vi: `Bản ${number} đang được dùng, sau ${seconds} giây.`, en: `Version ${number} holds, after ${seconds} s.` });
  }
});
byId("check").addEventListener("click", () => check());
byId("undo").addEventListener("click", () => {
  text.value = seen.text;
  edited();
  tell(null);
});
text.addEventListener("input", edited);
text.addEventListener("scroll", () => { byId("lines").scrollTop = text.scrollTop; });
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    check();
  }
});
addEventListener("pagehide", keepDraft);
await look();
takeDraft();
const edit = sessionStorage.getItem("edit");
if (edit) {
  sessionStorage.removeItem("edit");
  await check(JSON.parse(edit));
}
