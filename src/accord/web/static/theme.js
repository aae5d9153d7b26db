// The reader's choice of light or dark, set before anything is drawn.
(() => {
  const kept = localStorage.getItem("accord-theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
})();
