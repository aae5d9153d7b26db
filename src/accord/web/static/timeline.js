// Looking nearer at a picture of days: drag, wheel and keys ask for other days, the words under it say what a mark is.
(() => {
  "use strict";
  const EPOCH = 719163; // the ordinal of 1970-01-01
  let timer = 0;
  let live = null; // ends what listens for a picture that is gone
  let back = null; // where the focus goes when the new picture is there

  const iso = (day) => new Date((day - EPOCH) * 86400000).toISOString().slice(0, 10);
  const within = (day) => Math.min(3652059, Math.max(1, day));

  // asks for a stretch of days as a click on a link would, so that it can be sent and gone back from
  const go = (root, first, last) => {
    const [from, to] = [first, last].map((day) => within(Math.round(day)));
    const link = document.createElement("a");
    const base = root.dataset.base;
    link.href = `${base}${base.includes("?") ? "&" : "?"}since=${iso(from)}&until=${iso(Math.max(from, to))}`;
    link.hidden = true;
    for (const [name, value] of [["get", link.href], ["target", "#main"], ["select", "#main"], ["swap", "outerHTML"], ["push-url", "true"]]) {
      link.setAttribute(`hx-${name}`, value);
    }
    root.append(link);
    back = "[data-time]";
    window.htmx?.process(link);
    link.click();
  };

  // moves what is drawn to where it will be, until the new picture comes
  const mover = (svg, first, days) => {
    const every = [];
    for (const name of ["x", "x1", "x2", "width"]) {
      for (const one of svg.querySelectorAll(`[${name}$="%"]`)) {
        const at = parseFloat(one.getAttribute(name));
        if (at < 100 || !one.matches(".edge")) every.push([one, name, at]);
      }
    }
    return (from, to) => {
      const scale = days / (to + 1 - from);
      const shift = ((first - from) / (to + 1 - from)) * 100;
      for (const [one, name, at] of every) {
        one.setAttribute(name, `${name === "width" ? at * scale : at * scale + shift}%`);
      }
    };
  };

  const start = (root) => {
    const svg = root.querySelector("svg.time");
    const first = Number(root.dataset.first), last = Number(root.dataset.last), days = last - first + 1;
    const chosen = svg.querySelector(".chosen");
    const share = (event) => {
      const box = svg.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    };
    live?.abort();
    live = new AbortController();
    const { signal } = live;
    let from = first, to = last, move = null, held = null, dragged = false;

    const show = (a, b) => {
      from = a; to = b;
      move ??= mover(svg, first, days);
      move(from, to);
      clearTimeout(timer);
      timer = setTimeout(() => go(root, from, to), 350);
    };
    const zoom = (factor, at) => {
      const wide = Math.min(3652058, Math.max(1, (to - from + 1) * factor));
      const day = from + at * (to - from + 1);
      show(day - at * wide, day - at * wide + wide - 1);
    };

    svg.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch") return;
      held = share(event); dragged = false;
    });
    addEventListener("pointermove", (event) => {
      if (held === null) return;
      const [a, b] = [held, share(event)].sort((x, y) => x - y);
      dragged ||= (b - a) * svg.clientWidth > 6;
      if (!dragged) return;
      chosen.setAttribute("visibility", "visible");
      chosen.setAttribute("x", `${a * 100}%`);
      chosen.setAttribute("width", `${(b - a) * 100}%`);
    }, { signal });
    addEventListener("pointerup", (event) => {
      if (held === null) return;
      const [a, b] = [held, share(event)].sort((x, y) => x - y);
      held = null;
      if (dragged) go(root, Math.floor(first + a * days), Math.max(Math.floor(first + a * days), Math.ceil(first + b * days) - 1));
    }, { signal });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => { if (dragged) { event.preventDefault(); dragged = false; } }, true);

    // without the focus, or a pinch, the wheel scrolls the page as it does everywhere
    root.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !root.contains(document.activeElement)) return;
      event.preventDefault();
      zoom(2 ** (Math.sign(event.deltaY) * Math.min(1, Math.abs(event.deltaY) / 200)), share(event));
    }, { passive: false });

    const spots = [...svg.querySelectorAll("a.spot")];
    const rove = (spot) => { for (const one of spots) one.setAttribute("tabindex", one === spot ? "0" : "-1"); };
    rove(spots[0]);
    const look = (key) => {
      const link = document.querySelector(`[data-look="${key}"]`);
      if (link) { back = "[data-time]"; link.click(); }
      return Boolean(link);
    };
    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = spots.indexOf(document.activeElement);
      const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (at >= 0 && step) {
        const next = spots[Math.min(spots.length - 1, Math.max(0, at + step))];
        rove(next); next.focus();
      } else if (!look(event.key === "=" ? "+" : event.key)) return;
      event.preventDefault();
    });
  };

  // the words of the mark under the pointer or in focus
  const tell = (event) => {
    const spot = event.target.closest?.("svg a.spot");
    const place = document.querySelector("[data-caption]");
    if (place && spot) place.textContent = spot.getAttribute("aria-label");
  };
  document.addEventListener("pointerover", tell);
  document.addEventListener("focusin", tell);

  const begin = () => {
    for (const root of document.querySelectorAll("[data-time]")) {
      if (root.dataset.ready) continue;
      root.dataset.ready = "yes";
      start(root);
    }
    for (const help of document.querySelectorAll("[data-help]")) help.hidden = false;
    if (back) { document.querySelector(back)?.focus({ preventScroll: true }); back = null; }
  };
  document.addEventListener("htmx:after:swap", begin);
  begin();
})();
