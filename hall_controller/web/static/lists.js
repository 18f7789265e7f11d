// Assignments and the list of procedures. An assignment is an edit of hall.toml: it is seen and applied on the page
// of the configuration, so there is one way in for every setting.

import { make } from "./hall.js";
import { said, tell, wanted } from "./technician.js";

const byId = (id) => document.getElementById(id);
const today = document.documentElement.dataset.local.slice(0, 10);

function carryOver(edit) {
  sessionStorage.setItem("edit", JSON.stringify(edit));
  location.assign("/technician/configuration");
}

const dayOf = (day) => (day ? day.split("-").reverse().join("/") : "…");

function row(one, index, agencies) {
  const day = make("input", { type: "date", value: today, "aria-label": "Ngày cuối · Last day" });
  const end = make("button", { type: "button" }, said("Kết thúc", "End"));
  end.addEventListener("click", () => carryOver({ end: { index, day: day.value } }));
  const over = one.last_day !== null && one.last_day < today;
  return make(
    "tr",
    { class: over ? "quiet" : "" },
    make("th", { scope: "row" }, one.counter),
    make("td", {}, agencies[one.agency] ?? one.agency),
    make("td", {}, agencies[one.staffing] ?? one.staffing ?? ""),
    make("td", { class: "whole" }, one.officer ?? ""),
    make("td", { class: "days" }, `${dayOf(one.first_day)} – ${dayOf(one.last_day)}`),
    make("td", {}, [one.reason, one.decision].filter(Boolean).join("; ")),
    make("td", { class: "end" }, ...(over ? [] : [day, end])),
  );
}

async function look() {
  const seen = await wanted("GET", "/api/configuration");
  if (!seen) return;
  const checked = await wanted("POST", "/api/configuration/check", { text: seen.text });
  if (!checked?.people) return;
  const agencies = Object.entries(checked.people.agencies).map(([id, name]) => make("option", { value: id }, `${name} (${id})`));
  byId("agency").replaceChildren(...agencies);
  byId("staffing").replaceChildren(make("option", { value: "" }, "Chính cơ quan đó · The same"), ...agencies.map((one) => one.cloneNode(true)));
  byId("officers").replaceChildren(...checked.people.officers.map((id) => make("option", { value: id })));
  byId("assignments").replaceChildren(...checked.people.assignments.map((one, index) => row(one, index, checked.people.agencies)));
}

byId("from").value = today;
byId("assign").addEventListener("submit", (event) => {
  event.preventDefault();
  const value = (id) => byId(id).value.trim();
  const add = { counter: value("counter"), agency: value("agency"), staffing: value("staffing"), officer: value("officer"), from: value("from"), reason: value("why"), decision: value("decision") };
  carryOver({ add: value("to") ? { ...add, to: value("to") } : add });
});

const KINDS = { "+": "added", "-": "removed", "~": "changed" };

/** The file's text; null when it was changed on the disk since it was chosen, after which browsers refuse to read it. */
async function textOf(file) {
  try {
    return await file.text();
  } catch {
    byId("csv").value = "";
    byId("compare").disabled = byId("replace").disabled = true;
    tell("no", { vi: "Tệp đã được sửa sau khi chọn: hãy chọn lại tệp.", en: "The file was changed after you chose it: choose it again." });
    return null;
  }
}

async function send(path) {
  const file = byId("csv").files[0];
  tell("wait", { vi: "Đang đọc danh mục…", en: "Reading the list…" });
  const text = await textOf(file);
  const told = text === null ? null : await wanted("POST", path, { text });
  if (!told || byId("csv").files[0] !== file) return; // another one was chosen meanwhile
  const wrong = told.mistakes.length > 0;
  byId("list-difference").hidden = told.difference.length === 0;
  byId("list-difference").replaceChildren(...told.difference.map((line) => make("span", { class: KINDS[line[0]] ?? "" }, line)));
  byId("list-mistakes").hidden = !wrong;
  byId("list-mistakes").replaceChildren(...told.mistakes.map((mistake, i) => make("li", {}, said(told.mistakes_vi[i] ?? mistake, mistake))));
  byId("list-said").replaceChildren(said(told.change_vi, [told.sentence, told.change].filter(Boolean).join(" ")));
  byId("replace").disabled = wrong || told.taken;
  if (wrong) tell("no", { vi: `Danh mục có ${told.mistakes.length} lỗi.`, en: told.mistakes.length === 1 ? "The list has one mistake." : `The list has ${told.mistakes.length} mistakes.` });
  else if (told.taken) tell("done", { vi: "Danh mục mới được dùng trong vài giây nữa.", en: "The new list holds in a few seconds." });
  else tell("done", { vi: "Không có lỗi: xem thay đổi rồi bấm Dùng danh mục này.", en: "No mistakes: look at the changes, then use it." });
}

byId("csv").addEventListener("change", () => {
  byId("compare").disabled = byId("csv").files.length === 0;
  byId("replace").disabled = true;
  byId("list-difference").hidden = byId("list-mistakes").hidden = true;
  byId("list-said").replaceChildren();
  tell(null);
});
byId("compare").addEventListener("click", () => send("/api/procedures/check"));
byId("replace").addEventListener("click", () => send("/api/procedures/replace"));
await look();
