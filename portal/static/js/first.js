/* In the page itself: says that scripts run, so that nothing moves later, and brings them when the page is drawn. Nothing
   that is read waits for them. Whoever is quicker than that asks for them with the first touch. */
((page, { src }) => {
  page.documentElement.classList.add("has-scripts");
  // How this reader likes lists of members, before any is drawn (portal.js has the switch).
  try { page.documentElement.dataset.view = localStorage.view ?? ""; } catch { /* a browser that keeps nothing */ }
  const bring = () => {
    if (page.querySelector(`script[src="${src}"]`)) return;
    page.head.append(Object.assign(page.createElement("script"), { src }));
  };
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(bring)));
  for (const touch of ["focusin", "pointerdown"]) addEventListener(touch, bring);
})(document, document.currentScript.dataset);
