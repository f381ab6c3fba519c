// Puts the part of the link behind the "#" into its field, and takes it out of the address bar.
"use strict";
(() => {
  const code = document.getElementById("code");
  if (location.hash.length > 1 && code) {
    code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
})();
