/* Suggestions below the search fields: the WAI-ARIA combobox with a list box. Nothing here is needed: without scripts,
   offline or when the server is at a loss, a field with data-suggest is the plain field of a plain form.
   data-suggest: the address to ask; data-suggest-in: the types of the listing the field belongs to. */
(() => {
  "use strict";
  const DELAY = 120; // milliseconds without a key before the server is asked
  const LEAST = 2; // letters
  const LONGEST = 200; // as the server cuts it
  const KEPT = 60; // answers remembered while the page is open

  const answers = new Map(); // address → answer, the last used last
  const fields = new WeakMap(); // input → its Suggest
  let current = null; // the one that is being typed in

  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  function remember(address, answer) {
    answers.delete(address);
    answers.set(address, answer);
    if (answers.size > KEPT) answers.delete(answers.keys().next().value);
    return answer;
  }

  async function ask(address, signal) {
    const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
    if (!response.ok) throw new Error(`${response.status}`);
    return remember(address, await response.json());
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  /* Text nodes and <mark>s, never mark-up from the answer. */
  function pieces(className, parts, language) {
    const line = element("span", className);
    if (language) line.lang = language;
    for (const [text, isMatch] of parts) line.append(isMatch ? element("mark", "suggest__match", text) : text);
    return line;
  }

  class Suggest {
    constructor(input) {
      this.input = input;
      this.options = [];
      this.active = -1;
      this.list = element("div", "suggest");
      this.list.id = `${input.id}-suggestions`;
      this.list.setAttribute("role", "listbox");
      this.list.hidden = true;
      // The focus stays in the field while an option is pressed.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", () => this.close());
      input.addEventListener("input", (event) => event.isComposing || this.typed());
      input.addEventListener("compositionend", () => this.typed());
      input.addEventListener("keydown", (event) => this.pressed(event));
      input.addEventListener("blur", () => this.close());
      this.mount();
      // What was typed before this script was there.
      if (document.activeElement === input && input.value !== input.defaultValue) this.typed();
    }

    /* Again after htmx has replaced what is around the field: it takes away what the server did not write. */
    mount() {
      this.input.type = "text"; // a field for searching may not be a combobox (https://www.w3.org/TR/html-aria/)
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, autocomplete: "off" };
      for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
      this.input.setAttribute("aria-expanded", String(!this.list.hidden));
      const box = this.input.closest(".search-box");
      if (this.list.parentElement !== box) box.append(this.list);
    }

    get text() {
      return this.input.value.trim().replace(/\s+/g, " ").slice(0, LONGEST);
    }

    get address() {
      const query = new URLSearchParams({ q: this.text });
      if (this.input.dataset.suggestIn) query.set("listing", this.input.dataset.suggestIn);
      return `${this.input.dataset.suggest}?${query}`;
    }

    typed() {
      current = this;
      this.choose(-1);
      this.stop();
      if (this.text.length < LEAST) return this.close();
      const known = answers.get(this.address);
      if (known) this.show(remember(this.address, known));
      else this.timer = setTimeout(() => this.request(), DELAY);
    }

    stop() {
      clearTimeout(this.timer);
      this.controller?.abort();
      this.controller = null;
    }

    async request() {
      this.stop();
      const controller = (this.controller = new AbortController());
      const address = this.address;
      try {
        const answer = answers.get(address) ?? (await ask(address, controller.signal));
        // Only what was asked for last, and only while somebody is still there.
        if (this.controller !== controller || document.activeElement !== this.input || address !== this.address) return;
        this.show(answer);
      } catch {
        if (this.controller === controller) this.close();
      }
    }

    show({ items, action, label, announcement }) {
      if (!action) return this.close();
      this.list.setAttribute("aria-label", label);
      this.options = [...items.map((item) => this.option(item)), this.everywhere(action)];
      this.options.forEach((option, number) => { option.id = `${this.list.id}-${number}`; });
      this.list.replaceChildren(...this.options);
      this.list.scrollTop = 0;
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.choose(-1);
      status.textContent = announcement;
    }

    close() {
      this.stop();
      if (this.list.hidden) return;
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.choose(-1);
      status.textContent = "";
    }

    /* As a field for searching does by itself. */
    empty() {
      this.input.value = "";
      this.typed();
    }

    link(url, className) {
      const option = element("a", className);
      option.href = url;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }

    option(item) {
      const option = this.link(this.narrowed(item), "suggest__option");
      const name = element("span", "suggest__name");
      name.append(pieces("suggest__title", item.parts, item.lang));
      if (item.note) name.append(" ", pieces("suggest__note", item.note, item.note_lang));
      const kind = [item.type, item.detail].filter(Boolean).join(" · ");
      option.append(name, element("span", "visually-hidden", ", "), element("span", "suggest__kind", kind));
      return option;
    }

    everywhere(action) {
      const option = this.link(action.url, "suggest__option suggest__option--everywhere");
      const icon = this.input.form.querySelector(".search-box__button .icon")?.cloneNode(true);
      if (icon) option.append(icon);
      option.append(element("span", "suggest__name", action.title));
      return option;
    }

    /* In a listing a term is one more filter: what is chosen there stays, the words give way. */
    narrowed(item) {
      if (!item.facet || !this.input.dataset.suggestIn) return item.url;
      const [facet, slug] = item.facet;
      const form = this.input.form;
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        const isKept = value !== "" || form.querySelector(`[name="${CSS.escape(name)}"][data-keep-empty]`);
        if (name !== this.input.name && isKept && !query.getAll(name).includes(value)) query.append(name, value);
      }
      if (!query.getAll(facet).includes(slug)) query.append(facet, slug);
      return `${item.url.split("?", 1)[0]}?${query}`;
    }

    /* -1: none, what is typed is what counts. */
    choose(number) {
      this.options[this.active]?.setAttribute("aria-selected", "false");
      this.active = number;
      const option = this.options[number];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    pressed(event) {
      // What is pressed while an input method composes a word belongs to it.
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
      const isOpen = !this.list.hidden;
      const last = this.options.length - 1;
      const moves = {
        ArrowDown: this.active === last ? -1 : this.active + 1,
        ArrowUp: this.active === -1 ? last : this.active - 1,
        // The ends of the list only from within it: else they are the ends of what is typed.
        ...(this.active >= 0 && !event.shiftKey && { Home: 0, End: last }),
      };
      if (isOpen && event.key === "ArrowUp" && event.altKey) this.close();
      else if (isOpen && event.key in moves) this.choose(moves[event.key]);
      else if (!isOpen && event.key === "ArrowDown" && this.text.length >= LEAST) this.request();
      else if (isOpen && event.key === "Escape") this.close();
      else if (event.key === "Escape" && this.input.value) this.empty();
      else if (isOpen && event.key === "Enter" && this.active >= 0) this.options[this.active].click();
      else return this.left(event.key);
      event.preventDefault();
    }

    /* Keys that keep their own meaning. */
    left(key) {
      if (key === "Tab" || key === "Enter") this.close();
      else if (key === "ArrowLeft" || key === "ArrowRight" || key === "Home" || key === "End") this.choose(-1);
    }
  }

  function mountAll() {
    for (const input of document.querySelectorAll("input[data-suggest]")) {
      if (fields.has(input)) fields.get(input).mount();
      else fields.set(input, new Suggest(input));
    }
  }

  mountAll();
  document.addEventListener("submit", () => current?.close(), true);
  document.addEventListener("htmx:before:swap", () => current?.close());
  document.addEventListener("htmx:after:settle", mountAll);
  // A page that comes back from the browser's own store shows no old list.
  window.addEventListener("pagehide", () => current?.close());
})();
