// The room's updates: says when the last news came, and never lets old numbers look live.
(function () {
  "use strict";
  var LOST_AFTER_MS = 6000;
  var last = Date.now(), lost = false;
  function at(id) { return document.getElementById(id); }
  function heard(clock) {
    last = Date.now();
    if (at("heard")) { at("heard").textContent = clock; }
    if (at("live")) { at("live").textContent = "Live, last heard"; }
    if (lost) { window.location.reload(); }
  }
  function lose() {
    if (lost) { return; }
    lost = true;
    document.body.classList.add("lost");
    if (at("lost-at") && at("heard")) { at("lost-at").textContent = at("heard").textContent; }
    if (at("lost")) { at("lost").hidden = false; }
    if (at("live")) { at("live").textContent = "As it was at"; }
    var heading = at("room-heading");
    if (heading) {
      heading.textContent = heading.textContent
        .replace(" need you", " needed you").replace(" needs you", " needed you")
        .replace(" is taking it", " was taking it").replace(" are taking it", " were taking it")
        .replace(" have ", " had ").replace(" has ", " had ");
    }
  }
  document.addEventListener("htmx:afterRequest", function (event) {
    var answer = event.detail.xhr, clock = answer && answer.getResponseHeader("X-Room-Heard");
    if (clock) { heard(clock); return; }
    if (event.detail.successful) { window.location.reload(); }  // signed out: the sign-in page comes
  });
  window.setInterval(function () { if (Date.now() - last > LOST_AFTER_MS) { lose(); } }, 1000);
}());
