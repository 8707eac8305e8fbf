/** A password as `unicodePwd` takes it: UTF-16LE in double quotes ([MS-ADTS] 3.1.1.3.1.5, LDAP sheet 5.7, L60). */
export function unicodePassword(password: string): Uint8Array {
  return Buffer.from(`"${password}"`, 'utf16le');
}
