/* A guide's contents say where one is, and its terms their meaning where they stand. Nothing here is needed: the contents
   are links, and so are the terms, to the glossary below. */
(() => {
  "use strict";
  const contents = document.querySelector(".contents--beside");
  const links = new Map([...(contents?.querySelectorAll("a[href^='#']") ?? [])].map((link) => [link.hash.slice(1), link]));

  function follow() {
    // The last part that begins above the upper third of the window is the one that is being read.
    const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const current = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3).at(-1) ?? parts[0];
    for (const [id, link] of links) {
      if (id !== current?.id) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "location");
        const box = contents.getBoundingClientRect(), place = link.getBoundingClientRect();
        if (place.top < box.top || place.bottom > box.bottom) contents.scrollTop += place.top - box.top - box.height / 2;
      }
    }
  }
  if (links.size) {
    let waits = false;
    addEventListener("scroll", () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => { waits = false; follow(); });
    }, { passive: true });
    follow();
  }

  if (!document.querySelector("a.term") || !HTMLElement.prototype.showPopover) return;
  const note = document.createElement("div");
  note.className = "term-note";
  note.popover = "manual";
  note.setAttribute("aria-hidden", "true"); // read out as the link's description already
  document.body.append(note);
  let shown = null;
  let timer = 0;

  function show(link) {
    clearTimeout(timer);
    if (shown === link) return;
    const entry = document.querySelector(link.hash);
    if (!entry) return;
    shown = link;
    note.replaceChildren(...[...entry.children].map((part) => {
      const line = document.createElement("p");
      line.className = part.localName === "dt" ? "term-note__term" : "term-note__definition";
      line.textContent = part.textContent;
      return line;
    }));
    note.showPopover();
    const place = link.getClientRects()[0], size = note.getBoundingClientRect(), gap = 8;
    const above = place.bottom + gap + size.height > innerHeight && place.top > size.height + gap;
    note.style.insetInlineStart = `${Math.max(gap, Math.min(place.left, document.documentElement.clientWidth - size.width - gap))}px`;
    note.style.insetBlockStart = `${above ? place.top - gap - size.height : place.bottom + gap}px`;
  }
  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown = null;
    note.hidePopover();
  }
  // Time to move the pointer from the word to its note.
  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
  const term = (event) => event.target.closest?.("a.term");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    if (term(event)) { clearTimeout(timer); timer = setTimeout(() => show(term(event)), 120); }
    else if (note.contains(event.target)) clearTimeout(timer);
    else if (shown && document.activeElement !== shown) later();
    else if (!shown) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => { if (term(event)?.matches(":focus-visible")) show(term(event)); });
  document.addEventListener("focusout", (event) => { if (term(event) === shown) hide(); });
  document.addEventListener("pointerdown", (event) => { if (!term(event) && !note.contains(event.target)) hide(); });
  // A tap tells the meaning, the next one leads to the glossary.
  document.addEventListener("click", (event) => {
    const link = term(event);
    if (!link || event.pointerType === "mouse" || event.detail === 0 || shown === link) return hide();
    event.preventDefault();
    show(link);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", () => { if (shown && document.activeElement !== shown) hide(); }, { passive: true });
})();
