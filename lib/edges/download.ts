/** Browsers read the file after the click has returned, Firefox perhaps only once the person has said where to. */
const READ_MS = 60_000;

/** Gives the person a file. It is made in this page, and no request is made for it. */
export function downloadFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_MS);
}
