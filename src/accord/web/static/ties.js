// In the network, what is tied to the one under the pointer or in focus stands out; the rest steps back.
(() => {
  "use strict";
  const near = (event) => {
    const net = event.target.closest?.("[data-net]");
    for (const other of document.querySelectorAll("[data-net].asked")) if (other !== net) clear(other);
    if (!net) return;
    const on = event.target.closest("[data-node], [data-ends]");
    clear(net);
    if (!on) return;
    const node = on.dataset.node;
    const kept = new Set(node === undefined ? on.dataset.ends.split(" ") : [node]);
    net.classList.add("asked");
    for (const line of net.querySelectorAll("[data-ends]")) {
      const ends = line.dataset.ends.split(" ");
      if (node === undefined ? line === on : ends.includes(node)) {
        line.classList.add("near");
        for (const end of ends) kept.add(end);
      }
    }
    for (const one of net.querySelectorAll("[data-node]")) one.classList.toggle("near", kept.has(one.dataset.node));
  };
  const clear = (net) => {
    net.classList.remove("asked");
    for (const one of net.querySelectorAll(".near")) one.classList.remove("near");
  };
  document.addEventListener("pointerover", near);
  document.addEventListener("focusin", near);
})();
