// The brush's two handles, and the neighbours of what is pointed at. The page works without: by its fields and its links.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const track = () => document.querySelector("#brush .track");
  const days = () => track().dataset.days.split(" ").map((pair) => pair.split("/"));

  function ready() {
    const handles = document.querySelector("#brush .handles");
    if (handles) handles.hidden = false;
  }

  // While a handle moves: neither passes the other, the months between are marked, the day is told.
  function move(hand) {
    const [first, last] = [byId("brush-first"), byId("brush-last")];
    if (hand === first && +first.value > +last.value) first.value = last.value;
    if (hand === last && +last.value < +first.value) last.value = first.value;
    const every = days();
    first.setAttribute("aria-valuetext", every[first.value][0]);
    last.setAttribute("aria-valuetext", every[last.value][1]);
    document.querySelectorAll("#brush .track > svg > a").forEach((one, k) => {
      one.classList.toggle("in", k >= +first.value && k <= +last.value);
    });
  }

  // When it is let go: the fields take the days, and the page is asked anew.
  function settle() {
    const every = days();
    const form = byId("filters");
    form.elements.since.value = every[byId("brush-first").value][0];
    form.elements.until.value = every[byId("brush-last").value][1];
    form.elements.since.dispatchEvent(new Event("change", { bubbles: true }));
  }

  let waiting = 0;
  document.addEventListener("input", (event) => {
    if (event.target.matches("#brush input")) move(event.target);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#brush input")) return;
    clearTimeout(waiting); // keys change it step by step
    waiting = setTimeout(settle, 350);
  });

  function near(node) {
    const figure = document.querySelector(".network");
    if (!figure) return;
    figure.querySelectorAll(".near").forEach((one) => one.classList.remove("near"));
    figure.classList.toggle("has-near", Boolean(node));
    if (!node) return;
    const met = new Set([node.dataset.n]);
    figure.querySelectorAll("line").forEach((line) => {
      const ends = line.dataset.ends.split(" ");
      if (!ends.includes(node.dataset.n)) return;
      line.classList.add("near");
      ends.forEach((end) => met.add(end));
    });
    figure.querySelectorAll(".node").forEach((one) => one.classList.toggle("near", met.has(one.dataset.n)));
  }
  const pointed = (event) => near(event.target.closest ? event.target.closest(".network .node") : null);
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, pointed);

  ready();
  document.addEventListener("htmx:afterSwap", ready);
})();
