// Words that the reader selects in a report become the evidence of a new item.
(() => {
  "use strict";
  // Where a boundary of the selection stands in the report. Offsets of a page count UTF-16 units, a report's characters.
  const place = (text, node, offset) => {
    let end = null;
    for (const piece of text.querySelectorAll("[data-start]")) {
      const within = document.createRange();
      within.selectNodeContents(piece);
      const side = within.comparePoint(node, offset);
      if (side < 0) return Number(piece.dataset.start);
      if (side === 0) {
        within.setEnd(node, offset);
        return Number(piece.dataset.start) + [...within.toString()].length;
      }
      end = Number(piece.dataset.start) + [...piece.textContent].length;
    }
    return end;
  };
  const show = () => {
    const text = document.querySelector("[data-report]");
    const adding = document.querySelector("[data-adding]");
    if (!text || !adding) return;
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) {
      adding.hidden = true;
      return;
    }
    const range = chosen.getRangeAt(0);
    const start = place(text, range.startContainer, range.startOffset);
    const end = place(text, range.endContainer, range.endOffset);
    adding.hidden = start === null || end === null || end <= start;
    if (!adding.hidden) {
      adding.querySelector("a").href = `/edits/add?report=${text.dataset.report}&start=${start}&end=${end}`;
    }
  };
  document.addEventListener("selectionchange", show);
})();
