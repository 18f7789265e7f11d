/* A visitor's own ticket on any telephone: told by a stream where there is one, else asked every few seconds, and honest
   when no answer comes. Plain scripting of 2009 on purpose: no telephone in a waiting hall is too old to be called. */

(function () {
  "use strict";

  var EVERY_MS = 5000;
  var AGAIN_MS = 1000; // while nothing is heard
  var PATIENCE_MS = 2000;
  var SILENCE_MS = 13000; // the controller speaks every five seconds
  var WORDS = {
    5: [["Rất không hài lòng", "Very dissatisfied"], ["Không hài lòng", "Dissatisfied"], ["Bình thường", "Neutral"], ["Hài lòng", "Satisfied"], ["Rất hài lòng", "Very satisfied"]],
    4: [["Rất không hài lòng", "Very dissatisfied"], ["Không hài lòng", "Dissatisfied"], ["Hài lòng", "Satisfied"], ["Rất hài lòng", "Very satisfied"]],
    3: [["Không hài lòng", "Dissatisfied"], ["Bình thường", "Neutral"], ["Hài lòng", "Satisfied"]],
    2: [["Không hài lòng", "Dissatisfied"], ["Hài lòng", "Satisfied"]]
  };
  var STAGES = {
    submit: ["Quý khách đánh giá việc tiếp nhận hồ sơ", "How was handing in your dossier?"],
    collect: ["Quý khách đánh giá việc giải quyết và trả kết quả", "How was your dossier settled and handed over?"],
    guidance: ["Quý khách đánh giá việc hướng dẫn", "How was the guidance?"]
  };
  var page = document.documentElement;
  var slip = byId("slip");
  var url = "/api/tickets/" + encodeURIComponent(slip.getAttribute("data-code"));
  var heardAt = 0;
  var lastHeard = null;
  var streams = false;
  var final = false;
  var state = "";
  var sound = null;
  var title = document.title;
  var asking = false;
  var listenedAt = 0;
  var again = 0;

  function byId(id) {
    return document.getElementById(id);
  }

  function fill(element, vi, en) {
    while (element.firstChild) element.removeChild(element.firstChild);
    if (!vi) return element;
    element.appendChild(document.createTextNode(vi));
    var english = document.createElement("span");
    english.lang = "en";
    english.appendChild(document.createTextNode(en));
    element.appendChild(english);
    return element;
  }

  function two(n) {
    return (n < 10 ? "0" : "") + n;
  }

  function range(low, high) {
    if (typeof low !== "number" || typeof high !== "number") return null;
    var from = Math.floor(low / 300) * 5;
    var to = Math.max(5, Math.ceil(high / 300) * 5);
    if (from === 0) return ["Chờ dưới " + to + " phút", "Under " + to + " minutes"];
    if (to - from <= 5) return ["Chờ khoảng " + to + " phút", "About " + to + " minutes"];
    return ["Chờ " + from + "–" + to + " phút", from + "–" + to + " minutes"];
  }

  function line(text) {
    return fill(document.createElement("p"), text[0], text[1]);
  }

  function showPlace(ticket) {
    var more = byId("more");
    fill(more, "", "");
    if (ticket.ahead === null) return;
    more.appendChild(line(ticket.ahead ? ["Còn " + ticket.ahead + " người trước quý khách", ticket.ahead + " ahead of you"] : ["Sắp đến lượt quý khách", "You are next"]));
    var wait = ticket.ahead ? range(ticket.wait_low_s, ticket.wait_high_s) : null;
    if (wait) more.appendChild(line(wait));
  }

  function chime() {
    if (navigator.vibrate) navigator.vibrate([500, 200, 500, 200, 800]);
    if (!sound) return;
    for (var n = 0; n < 6; n++) {
      var tone = sound.createOscillator();
      tone.frequency.value = n % 2 ? 660 : 880;
      tone.connect(sound.destination);
      tone.start(sound.currentTime + n * 0.45);
      tone.stop(sound.currentTime + n * 0.45 + 0.35);
    }
  }

  function rate(score) {
    var wish = new XMLHttpRequest();
    wish.open("POST", url + "/rating");
    wish.setRequestHeader("content-type", "application/json");
    wish.onload = function () {
      if (wish.status < 300) return ask();
      if (wish.status >= 500) return wish.onerror();
      var said = JSON.parse(wish.responseText);
      fill(byId("asked"), said.text.vi, said.text.en);
    };
    wish.onerror = function () {
      fill(byId("asked"), "Chưa gửi được, xin thử lại", "Not sent; please try again");
    };
    wish.send(JSON.stringify({ score: score, request_id: "page-" + score + "-" + new Date().getTime() }));
  }

  function scoreButton(score, words, levels) {
    var button = document.createElement("button");
    button.type = "button";
    button.setAttribute("data-score", score);
    var dots = document.createElement("span");
    dots.className = "dots";
    dots.setAttribute("aria-hidden", "true");
    dots.appendChild(document.createTextNode(new Array(score + 1).join("●") + new Array(levels - score + 1).join("○")));
    fill(button, words[0], words[1]);
    button.insertBefore(dots, button.firstChild);
    button.onclick = function () {
      rate(score);
    };
    return button;
  }

  function showRating(ticket) {
    var form = byId("rating");
    var levels = ticket.rating_levels;
    if (!ticket.can_rate || !WORDS[levels]) {
      form.hidden = true;
      return;
    }
    if (!form.hidden) return;
    var asked = STAGES[ticket.stage] || ["Quý khách đánh giá: " + ticket.purpose_name.vi, "Please rate: " + ticket.purpose_name.en];
    fill(byId("asked"), asked[0], asked[1]);
    var scores = byId("scores");
    while (scores.firstChild) scores.removeChild(scores.firstChild);
    for (var score = levels; score > 0; score--) scores.appendChild(scoreButton(score, WORDS[levels][score - 1], levels));
    form.hidden = false;
  }

  function show(ticket) {
    var called = ticket.state === "calling";
    var desk = ticket.counter_name && (called || ticket.state === "serving" || ticket.state === "held");
    byId("number").hidden = false;
    fill(byId("number"), "", "").appendChild(document.createTextNode(ticket.number));
    fill(byId("what"), ticket.purpose_name.vi || "Số của quý khách", ticket.purpose_name.en || "Your number");
    byId("desk").hidden = !desk;
    if (desk) fill(byId("desk"), "Quầy " + ticket.counter_name, "Counter " + ticket.counter_name);
    if (ticket.state === "completed" && ticket.rated) fill(byId("said"), "Cảm ơn quý khách đã đánh giá", "Thank you for your rating");
    else fill(byId("said"), ticket.text.vi, ticket.text.en);
    showPlace(ticket);
    showRating(ticket);
    page.className = called ? "called" : "";
    page.setAttribute("data-state", ticket.state);
    document.title = called ? "▶ " + ticket.number + " · Quầy " + ticket.counter_name : title;
    byId("bell").hidden = Boolean(sound) || !window.AudioContext || ticket.earlier || ticket.state !== "waiting";
    if (called && state !== "calling") chime();
    state = ticket.state;
    final = ticket.earlier || state === "voided" || (state === "completed" && ticket.rated);
  }

  function heard() {
    heardAt = new Date().getTime();
    lastHeard = new Date();
    byId("stale").hidden = true;
  }

  function lost() {
    if (!lastHeard) lastHeard = new Date();
    var since = two(lastHeard.getHours()) + ":" + two(lastHeard.getMinutes());
    fill(byId("stale"), "Mất kết nối từ " + since + ", thông tin có thể đã cũ", "No connection since " + since + "; this may be out of date");
    byId("stale").hidden = false;
    page.className = "";
    clearTimeout(again);
    again = setTimeout(ask, AGAIN_MS);
  }

  function ask() {
    if (asking) return;
    asking = true;
    var request = new XMLHttpRequest();
    request.open("GET", url);
    request.timeout = PATIENCE_MS;
    request.onload = function () {
      asking = false;
      if (request.status >= 500) return lost();
      var said = JSON.parse(request.responseText);
      heard();
      if (request.status === 200) {
        show(said);
        listen();
      } else {
        fill(byId("said"), said.text.vi, said.text.en);
        byId("number").hidden = true;
        final = request.status === 404;
      }
    };
    request.onerror = request.ontimeout = function () {
      asking = false;
      lost();
    };
    request.send();
  }

  function listen() {
    var now = new Date().getTime();
    if (streams || final || !window.EventSource || now - listenedAt < EVERY_MS) return;
    listenedAt = now;
    var source = new EventSource(url + "/stream");
    streams = true;
    source.onmessage = function (event) {
      heard();
      show(JSON.parse(event.data));
      if (final) source.close();
    };
    source.addEventListener("beat", heard);
    source.onerror = function () {
      source.close();
      streams = false;
      ask(); // one stream too many, or the end of the server: a question tells
    };
  }

  byId("bell").onclick = function () {
    sound = new window.AudioContext();
    byId("bell").hidden = true;
    if (sound.resume) sound.resume();
  };

  ask();
  setInterval(function () {
    var silent = new Date().getTime() - heardAt;
    if (final) return;
    if (streams && silent > SILENCE_MS) streams = false;
    if (!streams) ask();
  }, EVERY_MS);
})();
