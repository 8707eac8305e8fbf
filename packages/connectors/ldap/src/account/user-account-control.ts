/** Bits of `userAccountControl` ([MS-ADTS] 2.2.16). */
export const accountControl = {
  disabled: 0x2n,
  /** The policy need not be satisfied: the account may be enabled without a password. */
  passwordNotRequired: 0x20n,
  /** A person's account. */
  normalAccount: 0x200n,
  /** A computer's. */
  workstation: 0x1000n,
} as const;

/** Reads the attribute; undefined for what is no number. */
export function accountControlOf(text: string | undefined): bigint | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}

export function isDisabled(control: bigint): boolean {
  return (control & accountControl.disabled) !== 0n;
}

/** The same account disabled or enabled; every other bit stays as it is. */
export function withDisabled(control: bigint, disabled: boolean): bigint {
  return disabled ? control | accountControl.disabled : control & ~accountControl.disabled;
}
