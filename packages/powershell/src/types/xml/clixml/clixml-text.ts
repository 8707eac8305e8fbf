// Everything but what is printable as one unit: halves of characters count by themselves.
const special = /[^ -~\xa0-\ud7ff\ue000-\uffff]|_(?=[xX])/g;

/** Text as Clixml writes it: control characters, halves of characters and what looks like such a form as `_x000A_`. */
export function encodeClixml(text: string): string {
  return text.replace(special, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

/** The text that was meant. */
export function decodeClixml(text: string): string {
  return text.includes('_x') || text.includes('_X')
    ? text.replace(/_[xX]([0-9a-fA-F]{4})_/g, (_all, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : text;
}
