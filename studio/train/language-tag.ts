/**
 * uPlot asks Intl for the page's language when it is loaded. Under the locale C, Chromium calls it "en-US@posix", which
 * Intl refuses. To be imported before uPlot.
 */

try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  const [plain] = navigator.language.split('@');
  Object.defineProperty(navigator, 'language', { value: plain, configurable: true });
}
