// The slider over days: shows the day while it moves, asks for it when it rests.
(() => {
  "use strict";
  const day = (slider) => slider.closest("form").dataset.days.split(" ")[Number(slider.value)];
  document.addEventListener("input", (event) => {
    const slider = event.target.closest?.("[data-slider]");
    if (!slider) return;
    slider.closest("form").querySelector("output").textContent = day(slider);
    slider.setAttribute("aria-valuetext", day(slider));
  });
  document.addEventListener("change", (event) => {
    const slider = event.target.closest?.("[data-slider]");
    if (!slider) return;
    const form = slider.closest("form");
    form.elements.until.value = day(slider);
    form.dispatchEvent(new Event("slid", { bubbles: true }));
  });
})();
