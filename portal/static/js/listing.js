/* The listing's own niceties; nothing here is needed. A field finds values in long facets without asking the server,
   the page's title follows the results, and a map that was folded stays so. */
(() => {
  "use strict";

  // What was ticked before this script was there is asked for now; htmx starts with a timer of its own, before this one.
  setTimeout(() => {
    const form = document.getElementById("listing-form");
    const ticked = [...(form?.querySelectorAll("input[type=checkbox]") ?? [])].some((box) => box.checked !== box.defaultChecked);
    if (ticked) form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const SINGLE = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d" };
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[œæßøłđ]/g, (letter) => SINGLE[letter]);
  // Umlauts are also found written out: "moebel" finds "Möbel".
  const writtenOut = (text) => plain(text.toLowerCase().normalize("NFC").replace(/[äöü]/g, (letter) => `${{ "ä": "a", "ö": "o", "ü": "u" }[letter]}e`));

  const finders = () => document.querySelectorAll("#listing .finder__input");
  const isFinder = (element) => Boolean(element?.classList?.contains("finder__input"));
  // Lists that a field has unfolded, by id: they fold again when it is emptied.
  const unfolded = new Set();

  function find(input, speak) {
    const facet = input.closest(".facet");
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const values = [...facet.querySelectorAll(".facet__value")];
    for (const value of values) {
      const name = value.querySelector(".facet__name").textContent;
      const forms = [plain(name), writtenOut(name)];
      value.hidden = !words.every((word) => forms.some((form) => form.includes(word)));
    }
    const more = facet.querySelector(".facet__more");
    if (more && words.length && !more.open) {
      unfolded.add(more.id);
      more.open = true;
    } else if (more && !words.length && unfolded.delete(more.id) && !more.querySelector("input:checked")) {
      more.open = false;
    }
    facet.classList.toggle("facet--finding", words.length > 0);
    const left = values.filter((value) => !value.hidden).length;
    const { left: some, none } = input.dataset;
    const status = facet.querySelector(".finder__left");
    const text = !words.length ? "" : left ? some.replace("#", left) : none;
    if (speak || status.textContent !== text) status.textContent = text;
  }

  document.addEventListener("input", (event) => {
    if (!isFinder(event.target)) return;
    event.stopPropagation();
    find(event.target, true);
  }, true);
  // The form asks the server at every change inside it, and is sent by Enter: this field is none of its own.
  for (const name of ["change", "search"]) {
    document.addEventListener(name, (event) => {
      if (!isFinder(event.target)) return;
      event.stopPropagation();
      find(event.target, false);
    }, true);
  }
  document.addEventListener("keydown", (event) => {
    if (!isFinder(event.target)) return;
    if (event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape" || !event.target.value) return;
    event.preventDefault();
    event.target.value = "";
    find(event.target, true);
  }, true);

  // New results come with every value shown and every map unfolded; in the same turn, before anything is painted.
  let folded = [];
  document.addEventListener("htmx:before:swap", () => {
    folded = [...document.querySelectorAll("#listing details.map:not([open])")].map((map) => map.id);
  });
  document.addEventListener("htmx:before:settle", (event) => {
    if (event.target.id !== "listing") return;
    for (const id of folded) document.getElementById(id)?.removeAttribute("open");
    for (const input of finders()) if (input.value) find(input, false);
  });

  // Only the results are loaded; the title that a whole page would have had comes with them.
  document.addEventListener("htmx:after:settle", (event) => {
    const title = document.getElementById("results")?.dataset.title;
    if (event.target.id === "listing" && title) document.title = title;
  });

  // A page restored by the browser keeps what was typed.
  for (const input of finders()) if (input.value) find(input, false);
})();
