// Asks "Are you still there?" two minutes before the console locks. The server keeps the time; this only warns, and
// has what was typed kept for whoever typed it, also when they press Lock.
"use strict";
(() => {
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const box = document.getElementById("idle");
  if (!box) return;
  const seconds = Number(box.dataset.seconds), warning = 120, report = 60;
  let ends = Date.now() + seconds * 1000, told = Date.now(), typedIn = null, busy = false;
  const left = () => Math.round((ends - Date.now()) / 1000);
  const post = (url, fields) => fetch(url, {
    method: "POST", credentials: "same-origin", redirect: "manual",
    body: new URLSearchParams([["csrf_token", box.dataset.token], ["once", crypto.randomUUID()], ...fields]),
  }).catch(() => {});
  const here = () => {
    told = Date.now();
    ends = told + seconds * 1000;
    if (box.open) box.close();
    return post("/still-here", []);
  };
  // Whoever types or presses something is there; the server hears of it once a minute.
  const used = (event) => {
    if (event.type === "input" && event.target.form && !box.contains(event.target)) typedIn = event.target.form;
    if (!box.open && Date.now() - told > report * 1000) here();
  };
  for (const what of ["keydown", "pointerdown", "input"]) addEventListener(what, used, { passive: true });
  const typed = () => {
    if (!typedIn || !typedIn.isConnected) return [];
    const secret = new Set([...typedIn.querySelectorAll("input[type=password]")].map((field) => field.name));
    return [...new FormData(typedIn)]
      .filter(([name, value]) => typeof value === "string" && !secret.has(name))
      .map(([name, value]) => ["f." + name, value]);
  };
  // What was typed is kept before the page locks, by hand or by itself; a slow answer does not hold the lock up.
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (!typedIn || form.getAttribute("action") !== "/lock") return;
    event.preventDefault();
    await Promise.race([post("/keep", typed()), new Promise((done) => setTimeout(done, 1000))]);
    form.submit();
  });
  const ask = async () => {  // another tab may have been used meanwhile
    const answer = await fetch("/idle", { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!answer) return;
    ends = answer.ok ? Date.now() + (await answer.json()).left * 1000 : Date.now();
  };
  const look = async () => {
    if (busy || left() > warning) return;
    busy = true;
    await ask();
    if (left() > warning) {
      if (box.open) box.close();
    } else if (left() <= 5) {
      box.querySelector("form").requestSubmit();
    } else {
      if (!box.open) box.showModal();
      document.getElementById("idle-left").textContent = left() > 60 ? "2 minutes" : "1 minute";
    }
    busy = false;
  };
  document.getElementById("idle-here").addEventListener("click", here);
  box.addEventListener("cancel", here);
  setInterval(look, 4000);
})();
