// Before the page is drawn: light or dark as chosen here, else as the system says.
(() => {
  try {
    const chosen = localStorage.getItem("legation-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch { /* no storage: the system's choice stands */ }
})();
