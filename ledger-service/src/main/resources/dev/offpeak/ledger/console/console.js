"use strict";
// Two small helps; every page works without them: "/" goes to the search, and what is shown is renewed while it is live.
(function () {
  const EVERY = 5000;
  const find = document.getElementById("find");
  const button = document.getElementById("live");
  let live = true;
  try { live = localStorage.getItem("live") !== "no"; } catch (e) { /* storage is switched off */ }

  document.addEventListener("keydown", function (event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (find && event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
    }
  });

  function show() {
    button.hidden = false;
    button.textContent = live ? "Live: pause" : "Paused: go live";
    button.setAttribute("aria-pressed", String(live));
  }

  if (!button) { return; }
  const current = document.querySelector("nav [aria-current=page]");
  if (current && current.offsetLeft > innerWidth / 2) { current.closest("nav").scrollLeft = current.offsetLeft - 40; }

  button.addEventListener("click", function () {
    live = !live;
    try { localStorage.setItem("live", live ? "yes" : "no"); } catch (e) { /* as above */ }
    show();
  });

  async function renew() {
    const main = document.getElementById("main");
    if (!live || document.hidden || main.contains(document.activeElement) || String(getSelection())) {
      return;
    }
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("main");
      if (fresh && fresh.innerHTML !== main.innerHTML) {
        const moved = Array.from(main.querySelectorAll(".scroll"), (table) => table.scrollLeft);
        main.replaceWith(fresh);
        fresh.querySelectorAll(".scroll").forEach((table, i) => { table.scrollLeft = moved[i] || 0; });
      }
      document.getElementById("standing").replaceWith(page.getElementById("standing"));
    } catch (e) {
      document.getElementById("standing").textContent = "The ledger-service does not answer.";
    }
  }

  show();
  if (button && !document.querySelector("main form[method=post], main [data-still]")) {
    setInterval(renew, EVERY);
  }
})();
