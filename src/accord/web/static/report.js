// Words that the reader selects in a report become the evidence of a new item.
(() => {
  "use strict";
  const place = (node, offset) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-start]");
    if (!piece) return null;
    // offsets of a page count UTF-16 units, those of a report count characters
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
    return Number(piece.dataset.start) + [...before].length;
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
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    adding.hidden = start === null || end === null || end <= start;
    if (!adding.hidden) {
      adding.querySelector("a").href = `/edits/add?report=${text.dataset.report}&start=${start}&end=${end}`;
    }
  };
  document.addEventListener("selectionchange", show);
})();
