/** Says where a long run is, on one line that is written over; only where somebody may be looking. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}
