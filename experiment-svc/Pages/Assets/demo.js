// Everything works without this: it offers titles while one types, and lets items glide to their new places.
"use strict";
(() => {
  const waitMs = 120;

  function name() {
    const named = new Set();
    for (const tile of document.querySelectorAll("[data-tile]")) {
      const id = tile.dataset.tile;
      // A name may be on a page once: the first place of an item has it.
      if (named.has(id)) continue;
      named.add(id);
      tile.style.viewTransitionName = CSS.escape(`item-${id}`);
    }
  }

  function suggest() {
    const field = document.querySelector("[data-suggest]");
    const list = field && document.getElementById(field.getAttribute("list"));
    if (!list) return;
    let timer = 0;
    let latest = 0;
    field.addEventListener("input", event => {
      // A title was chosen of the list: that is what is looked for.
      if (event.inputType === "insertReplacementText" || !event.inputType) { if ([...list.options].some(option => option.value === field.value)) { field.form.requestSubmit(); return; } }
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const turn = ++latest;
        try {
          const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(field.value)}`);
          const titles = answer.ok ? await answer.json() : [];
          if (turn === latest) list.replaceChildren(...titles.map(title => Object.assign(document.createElement("option"), { value: title })));
        } catch {
          // No suggestions then; searching goes on.
          list.replaceChildren();
        }
      }, waitMs);
    });
  }

  // A glide that cannot be made, as to a page that took long, is no fault: the page is there.
  for (const moment of ["pageswap", "pagereveal"]) {
    addEventListener(moment, event => {
      event.viewTransition?.ready.catch(() => {});
      event.viewTransition?.finished.catch(() => {});
    });
  }

  name();
  suggest();
})();
