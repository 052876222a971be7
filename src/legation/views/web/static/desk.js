// Keys, theme, and small comforts. Every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept */ } };
  const recall = (name) => { try { return localStorage.getItem(name) || ""; } catch { return ""; } };

  function turnTheme() {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    remember("legation-theme", root.dataset.theme);
  }

  function help() {
    const dialog = document.getElementById("help");
    dialog.open ? dialog.close() : dialog.showModal();
  }

  // Lists: the links that j and k go through, in the order of the page.
  const links = () => [...document.querySelectorAll(
    "ol.events li a[href], ol.claims > li > .source a, ol.log a, ol.queue a.open, tbody tr td:first-child a, .row > a"
  )].filter((link) => link.offsetParent !== null);

  function step(by) {
    const every = links();
    if (!every.length) return;
    const at = every.indexOf(document.activeElement);
    const next = every[Math.min(Math.max(at + by, 0), every.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function press(selector) {
    const found = document.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  }

  let waiting = 0; // "g" was pressed: the next key names a room
  const KEYS = {
    "/": () => document.getElementById("find").focus(),
    "?": help,
    j: () => step(1),
    k: () => step(-1),
    n: () => press(".pager a[rel=next]"),
    p: () => press(".pager a[rel=first]"),
    f: () => { const first = document.querySelector(".filters input, .filters select"); if (first) first.focus(); },
    d: turnTheme,
    g: () => { waiting = Date.now(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inField = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && inField) { inField.blur(); return; }
    if (inField || document.querySelector("dialog[open]") && event.key !== "?") return;
    if (Date.now() - waiting < 1500) {
      waiting = 0;
      const room = [...document.querySelectorAll("nav.side a[data-key]")].find((a) => a.dataset.key === event.key);
      if (room) { event.preventDefault(); room.click(); return; }
    }
    // A page's own keys come first: a button with data-press="a" is pressed by a.
    const own = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
    if (own) { event.preventDefault(); own.click(); return; }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) turnTheme();
    if (event.target.closest("[data-help]")) help();
  });

  // Who rules: asked once, kept in this browser.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-author]")) remember("legation-author", event.target.value);
  });
  const greet = () => document.querySelectorAll("[data-author]").forEach((field) => {
    if (!field.value) field.value = recall("legation-author");
  });
  greet();
  document.addEventListener("htmx:afterSwap", greet);

  // Empty filters stay out of the address.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
    setTimeout(() => { for (const field of event.target.elements) field.disabled = false; }, 0);
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    for (const name of Object.keys(event.detail.parameters)) {
      const value = event.detail.parameters[name];
      if (Array.isArray(value)) event.detail.parameters[name] = value.filter(Boolean);
      if (!value || Array.isArray(value) && !value.some(Boolean)) delete event.detail.parameters[name];
    }
  });
  // A filter that can't be is told on the page that says so.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.requestConfig.verb === "get") location.assign(event.detail.pathInfo.finalRequestPath);
  });

  // Files dropped on a field's frame go into the field.
  document.addEventListener("dragover", (event) => { if (event.target.closest("[data-drop]")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const frame = event.target.closest("[data-drop]");
    if (!frame) return;
    event.preventDefault();
    frame.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
})();
