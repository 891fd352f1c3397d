/**
 * uPlot asks Intl for the page's language when it is loaded. Under the locale C, Chromium calls it "en-US@posix" and
 * WebKitGTK "C", which Intl refuses. To be imported before uPlot.
 */

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

if (!isLanguage(navigator.language)) {
  const [plain] = navigator.language.split('@');
  Object.defineProperty(navigator, 'language', { value: isLanguage(plain) ? plain : 'en', configurable: true });
}
