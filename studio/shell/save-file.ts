/** Saves a text where the browser puts what it downloads. */
export function saveFile(name: string, text: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // Later, as some browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
