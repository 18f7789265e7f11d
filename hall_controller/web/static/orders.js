// What a technician tells a kiosk's page: show which one you are, show all your colours, load yourself again.
// The page shows it for some seconds over everything else and then goes on where it was. Never here: what a page does.

const SHOWN_MS = 6000;

let cover = null;
let ends = 0;

/** Do what `{command, kiosk}` says. */
export function obey(order) {
  if (order.command === "reboot") {
    location.reload();
    return;
  }
  cover?.remove();
  cover = document.createElement("div");
  cover.className = `order order-${order.command === "test" ? "test" : "identify"}`;
  cover.setAttribute("role", "status");
  const name = document.createElement("p");
  name.textContent = order.kiosk;
  const size = document.createElement("p");
  size.className = "order-note";
  size.textContent = `${innerWidth} × ${innerHeight} · Aa Ăă Đđ Ơơ Ưư ệ ữ ẳ · 0123456789`;
  cover.append(name, size);
  document.body.append(cover);
  clearTimeout(ends);
  ends = setTimeout(() => cover.remove(), SHOWN_MS);
}
