/* Makes listings pleasant; nothing here is needed. htmx replaces the content of #listing, this keeps what a reader has
   done (open drawers, focus), says the new count, and loads the page the plain way when something goes wrong. */
(() => {
  "use strict";
  let open = new Set();
  let jump = false;

  // Words in the search field count when they are sent, not when the field is left: the form listens for every change.
  document.addEventListener("change", (event) => { if (event.target.id === "listing-q") event.stopPropagation(); }, true);

  // Escape folds the menu or the filters and gives the focus back to what opened them. In a search field with words in
  // it, it empties the field first, as browsers do.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || (event.target.type === "search" && event.target.value)) return;
    const fold = event.target.closest?.("details.menu[open], details.drawer[open]");
    if (!fold) return;
    fold.open = false;
    fold.querySelector(":scope > summary").focus();
  });

  const listing = () => document.getElementById("listing");

  // Members as cards or as a compact list: a matter of taste, so this browser remembers it and the address does not.
  const root = document.documentElement;
  const showView = () => document.querySelector("[data-view-switch]")?.setAttribute("aria-pressed", String(root.dataset.view === "list"));
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-view-switch]")) return;
    root.dataset.view = root.dataset.view === "list" ? "" : "list";
    try { localStorage.view = root.dataset.view; } catch { /* for this page only, then */ }
    showView();
  });
  document.addEventListener("htmx:after:settle", showView);
  showView();

  // A form sends every empty field; the address should hold only what was chosen.
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = event.detail.ctx;
    if (event.target.id !== "listing-form" || !(request.body instanceof FormData)) return;
    for (const name of new Set(request.body.keys())) {
      const values = request.body.getAll(name).filter((value) => value !== "");
      const keep = event.target.querySelector(`input[type="hidden"][name="${CSS.escape(name)}"][data-keep-empty]`);
      request.body.delete(name);
      if (!values.length && keep) values.push("");
      values.forEach((value) => request.body.append(name, value));
    }
  });

  document.addEventListener("htmx:before:request", (event) => {
    if (!listing()?.contains(event.target)) return;
    jump = Boolean(event.target.closest("[data-listing-jump]"));
    // Emptied first: the same count again is said again.
    document.getElementById("listing-status")?.replaceChildren();
    listing().setAttribute("aria-busy", "true");
  });

  // A refused or broken answer is never drawn into the listing: the browser goes there itself and shows what it gets.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.status < 400) return;
    event.preventDefault();
    window.location.assign(ctx.request.action);
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx, error } = event.detail;
    listing()?.removeAttribute("aria-busy");
    if (ctx && error?.name !== "AbortError" && listing()?.contains(ctx.sourceElement)) window.location.assign(ctx.request.action);
  });

  document.addEventListener("htmx:before:swap", () => {
    open = new Set([...document.querySelectorAll("#listing details[open]")].map((element) => element.id));
  });

  // Fires in the same turn as the swap, before anything is painted.
  document.addEventListener("htmx:before:settle", (event) => {
    if (event.target.id !== "listing") return;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    // A box that was clicked keeps its own state, whatever its attribute says now: the attribute is right.
    for (const box of event.target.querySelectorAll("input[type=checkbox]")) box.checked = box.hasAttribute("checked");
  });

  document.addEventListener("htmx:after:settle", (event) => {
    if (event.target.id !== "listing") return;
    const title = document.getElementById("results-title");
    const status = document.getElementById("listing-status");
    event.target.removeAttribute("aria-busy");
    if (status) status.textContent = document.getElementById("results")?.dataset.announcement ?? "";
    if (jump) {
      title?.focus({ preventScroll: true });
      title?.scrollIntoView({ block: "start" });
    } else if (!document.activeElement || document.activeElement === document.body) {
      title?.focus({ preventScroll: true });
    }
    jump = false;
  });
})();
