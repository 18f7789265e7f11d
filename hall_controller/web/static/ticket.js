// A visitor's own ticket on a telephone: asked again every few seconds, and honest when no answer comes.

const EVERY_MS = 5000;

const slip = document.getElementById("slip");
const number = document.getElementById("number");

function say(id, vi, en) {
  const english = document.createElement("span");
  english.className = "en";
  english.lang = "en";
  english.textContent = en;
  document.getElementById(id).replaceChildren(...(vi ? [vi, english] : []));
}

function show(ticket) {
  number.textContent = ticket.number;
  slip.classList.toggle("now", ticket.state === "calling");
  if (ticket.counter_name && ["calling", "serving", "held"].includes(ticket.state)) {
    say("said", `${ticket.text.vi} · Quầy ${ticket.counter_name}`, `${ticket.text.en} · Counter ${ticket.counter_name}`);
  } else {
    say("said", ticket.text.vi, ticket.text.en);
  }
  if (ticket.ahead === null) {
    say("more", "", "");
  } else {
    const minutes = ticket.estimated_wait_s === null ? null : Math.max(5, Math.ceil(ticket.estimated_wait_s / 300) * 5);
    say(
      "more",
      `Còn ${ticket.ahead} người trước quý khách${minutes === null ? "" : `, khoảng ${minutes} phút`}`,
      `${ticket.ahead} ahead of you${minutes === null ? "" : `, about ${minutes} minutes`}`,
    );
  }
}

async function ask() {
  try {
    const answer = await fetch(`/api/tickets/${encodeURIComponent(slip.dataset.code)}`, { signal: AbortSignal.timeout(EVERY_MS) });
    const said = await answer.json();
    if (answer.ok) show(said);
    if (said.earlier) return;
    else say("said", said.text.vi, said.text.en);
  } catch {
    say("more", "Mất kết nối, thông tin có thể đã cũ", "No connection; this may be out of date");
  }
  setTimeout(ask, EVERY_MS);
}

ask();
