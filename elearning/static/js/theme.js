// Runs before the first paint, so that a chosen theme never flashes the other one. A plain script: modules run too late.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the device's own setting then decides.
}
