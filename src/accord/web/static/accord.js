// What the pages do beyond links and forms: light or dark, keys, and the way through a list. Everything works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const dark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const button = $("[data-theme-button]");
  if (button) {
    const show = () => {
      button.setAttribute("aria-pressed", String(dark()));
      button.textContent = dark() ? "Light" : "Dark";
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      localStorage.setItem("accord-theme", root.dataset.theme);
      show();
    });
    show();
  }

  // the list of pages is open beside the page on a wide window, folded away on a narrow one
  const ways = $("[data-ways]");
  const wide = matchMedia("(min-width: 801px)");
  const fold = () => { if (ways) ways.open = wide.matches; };
  wide.addEventListener("change", fold);
  fold();

  // forms that write carry this server's secret, also when a script sends them
  const secret = $('meta[name="accord-csrf"]');
  document.addEventListener("htmx:config:request", (event) => {
    const headers = event.detail?.ctx?.request?.headers;
    if (headers && secret) headers["X-Accord-CSRF"] = secret.content;
  });

  const say = (words) => { const place = $("#said"); if (place) place.textContent = words; };
  document.addEventListener("htmx:after:swap", () => {
    const title = $("#main h1");
    if (title) say(title.textContent.trim());
  });

  // keys: off when the reader turned them off, and never while typing
  const off = () => localStorage.getItem("accord-keys") === "off";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let going = 0;
  const step = (by) => {
    const rows = $$("[data-row]");
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains("chosen"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (at >= 0) rows[at].classList.remove("chosen");
    next.classList.add("chosen");
    const link = $("a[href^='/items/']", next) || $("a", next);
    if (link) link.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || off() || typing(event.target)) return;
    if (Date.now() - going < 1200) {
      const way = $(`[data-go="${CSS.escape(event.key)}"]`);
      going = 0;
      if (way) { event.preventDefault(); way.click(); }
      return;
    }
    const does = {
      "/": () => $("#find")?.focus(),
      "g": () => { going = Date.now(); },
      "j": () => step(1),
      "k": () => step(-1),
      "?": () => { location.href = "/help"; },
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });

  const keys = $("[data-keys]");
  if (keys) {
    keys.checked = !off();
    keys.addEventListener("change", () => localStorage.setItem("accord-keys", keys.checked ? "on" : "off"));
  }
})();
